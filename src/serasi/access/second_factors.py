"""What someone has besides a password, read for the pages that show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from serasi.access.models import User


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """The authenticator app, passkeys, and how many recovery codes are left (None: never made)."""

    app_since: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int | None

    @property
    def any(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)


def factors_of(user: User) -> SecondFactors:
    """One query."""
    app_since, codes_left, passkeys = None, None, []
    for authenticator in Authenticator.objects.filter(user_id=user.pk).order_by("created_at"):
        wrapped: Any = authenticator.wrap()
        match authenticator.type:
            case Authenticator.Type.TOTP:
                app_since = authenticator.created_at
            case Authenticator.Type.RECOVERY_CODES if isinstance(wrapped, RecoveryCodes):
                codes_left = len(wrapped.get_unused_codes())
            case Authenticator.Type.WEBAUTHN:
                passkeys.append(
                    Passkey(authenticator.pk, wrapped.name, authenticator.created_at, authenticator.last_used_at)
                )
            case _:
                pass
    return SecondFactors(app_since, tuple(passkeys), codes_left)
