"""Who came in, was refused or left. Written by the pages of sign-in; only ever added."""

from datetime import datetime

from serasi.access.enums import SignInKind
from serasi.access.models import SignIn, User


def record_sign_in(*, user: User, kind: SignInKind, method: str, address: str, browser: str, at: datetime) -> SignIn:
    return SignIn.objects.create(user=user, kind=kind, method=method, address=address, browser=browser[:60], at=at)
