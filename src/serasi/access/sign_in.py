# mypy: disallow-subclassing-any=False
# allauth brings no types; what it gives to be subclassed is Any.
"""How people sign in: what allauth is told beyond its settings."""

import base64
import math
import re
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import SECOND_FACTOR_ROLES, SignInKind
from serasi.access.models import User
from serasi.access.operations.sign_ins import record_sign_in
from serasi.access.operations.users import choose_password
from serasi.common.encryption import keyring

SECRET_CONTEXT = "access.second_factor"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SEEN_AT = "serasi_seen_at"
LOCKED = "serasi_locked"
HAS_SECOND_FACTOR = "serasi_has_second_factor"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by heads and administrators, never by whoever finds the page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini dimatikan. Hubungi kepala unit atau administrator."),
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_code": _("Kode tidak cocok atau sudah kedaluwarsa. Ketik kode yang sedang tampil."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "invalid_password_reset": _("Tautan ini tidak berlaku lagi. Mintalah yang baru."),
        "password_min_length": _("Kata sandi terlalu pendek."),
        "rate_limited": _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
        "same_as_current": _("Kata sandi baru harus berbeda dari yang sekarang."),
        "too_many_login_attempts": _("Terlalu banyak percobaan yang gagal. Coba lagi nanti."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(locked_out_message(request, key), code="too_many_login_attempts") from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        if user is not None:
            self._record(request, user, SignInKind.REFUSED)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session[SEEN_AT] = time.time()
        self._record(request, user, SignInKind.IN, method=methods_of(request))

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever signed in a moment ago has just said who they are, and is not asked again at once."""
        proved_at = max(
            (record["at"] for record in get_authentication_records(self.request, self.request.user)), default=0
        )
        return bool(time.time() - proved_at >= account_settings.REAUTHENTICATION_TIMEOUT)

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return bool(found is not None and found.pk == user.pk)

    def set_password(self, user: Any, password: str) -> None:
        choose_password(user=user, password=password, by=User.objects.system(), at=timezone.now())

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any
    ) -> None:
        """A refusal in our own words is said; the pages say the rest themselves, and allauth's notes stay unsaid."""
        if message:
            super().add_message(request, level, message=message)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Any:
        return super().render_mail(template_prefix, email, context | {"site_name": "Serasi"}, headers)

    def _record(self, request: HttpRequest, user: User, kind: SignInKind, *, method: str = "") -> None:
        record_sign_in(
            user=user,
            kind=kind,
            method=method,
            address=self.get_client_ip(request),
            browser=browser_of(request.headers.get("User-Agent", "")),
            at=timezone.now(),
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed with the installation's keys; who must have one keeps one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Peran Anda wajib memakai verifikasi dua langkah. Pasang yang baru dulu, lalu hapus yang ini."
        ),
        "incorrect_code": _("Kode tidak cocok atau sudah kedaluwarsa. Ketik kode yang sedang tampil."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(keyring().seal(text, context=SECRET_CONTEXT)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open(base64.b64decode(encrypted_text), context=SECRET_CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exclude(pk=authenticator.pk)
        is_needed = authenticator.type in SECOND_FACTORS and needs_second_factor(user)
        return not is_needed or bool(others.exists())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = urlsplit(f"//{self.request.get_host()}").hostname or "localhost"
        return {"id": host, "name": "Serasi"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Kunci sandi") if number == 1 else gettext("Kunci sandi %(number)d") % {"number": number}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The account page lists every factor and every sign-in; there may be no mail server."""


def needs_second_factor(user: User) -> bool:
    """Whether a role of this user sees or rules over so many that a password alone is not enough."""
    return not settings.SERASI_DEMO and not SECOND_FACTOR_ROLES.isdisjoint(user.scope.roles)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists())


def methods_of(request: HttpRequest) -> str:
    """How this session proved who it is, in the codes of allauth: password, mfa."""
    records = get_authentication_records(request, request.user)
    return "+".join(dict.fromkeys(str(r.get("type") or r.get("method")) for r in records))[:40]


def invitation_url(request: HttpRequest, user: User) -> str:
    """The address at which the owner of an account chooses a password; it works once, for three days."""
    key = EmailAwarePasswordResetTokenGenerator().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return request.build_absolute_uri(path)


def locked_out_message(request: HttpRequest, key: str) -> str:
    """How long someone who failed too often must wait: until the oldest failure that counts is forgotten."""
    now, wait = time.time(), 60.0
    for rate in ratelimit.parse_rates(account_settings.RATE_LIMITS.get("login_failed")):
        cache_key = ratelimit.get_cache_key(request, app="allauth.account", action="login_failed", rate=rate, key=key)
        history: list[float] = cache.get(cache_key, [])
        if len(history) >= rate.amount:
            wait = max(wait, history[rate.amount - 1] + rate.duration - now)
    minutes = max(1, math.ceil(wait / 60))
    return ngettext(
        "Terlalu banyak percobaan yang gagal. Demi keamanan, coba lagi dalam %(minutes)d menit.",
        "Terlalu banyak percobaan yang gagal. Demi keamanan, coba lagi dalam %(minutes)d menit.",
        minutes,
    ) % {"minutes": minutes}


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


def browser_of(agent: str) -> str:
    """ "Chrome, Android": enough for people to know their own devices by, and no more."""
    names = [next((name for mark, name in kinds if mark in agent), "") for kinds in (_BROWSERS, _SYSTEMS)]
    if not names[1] and re.search("Linux|X11", agent):
        names[1] = "Linux"
    return ", ".join(name for name in names if name)
