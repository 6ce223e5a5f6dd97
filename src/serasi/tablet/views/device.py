"""How a device knows that it is a tablet: a token in a cookie, of which the register keeps the hash."""

import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from serasi.tablet.models import Tablet

COOKIE: Final = "serasi_tablet"
KEPT_DAYS: Final = 400
"""As long as browsers keep a cookie at most; after that the device is made a tablet anew."""
SECONDS: Final = 300
"""How long a tablet stays with the one who opened it, when nobody touches it."""


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def remember(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def tablet_of(request: HttpRequest) -> Tablet | None:
    """The tablet that this device is, as long as it has not been closed."""
    token = request.COOKIES.get(COOKIE, "")
    if not token or len(token) > 100:
        return None
    return Tablet.objects.open().filter(token_hash=hash_of(token)).select_related("unit").first()
