"""Settings, read from the environment; `serasi check` explains each one that is wrong.

SERASI_HOME     the folder an installation owns (default: `var` beside the working tree)
DATABASE_URL    postgresql://owner:password@host:port/name; the `serasi` command supplies the embedded server
SERASI_DB_ROLE  `owner` for commands that change the schema; everything else runs as the role `serasi_app`
SERASI_HOSTS    host names that the site answers to, separated by commas (default: this machine alone)
SERASI_DEMO     `1` inside the demonstration world (one-factor sign-in for the invented staff)
SERASI_EXCHANGE_ID        how other registries address this one (`receiver_id` of the DCI standard; default: serasi)
SERASI_EXCHANGE_LOOPBACK  `1` where peers on this very machine may be answered over http, for trials
"""

import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from serasi.cli.home import data_folder
from serasi.common.keyring import load_or_create_keyring

SERASI_VERSION = version("serasi")
SERASI_HOME = data_folder()
SERASI_HOME.mkdir(parents=True, exist_ok=True)
SERASI_DEMO = os.environ.get("SERASI_DEMO") == "1"
DEBUG = os.environ.get("SERASI_DEBUG") == "1"

KEYRING = load_or_create_keyring(SERASI_HOME / "keys.json")
SECRET_KEY = KEYRING.session_key
SERASI_FIELD_KEYS = KEYRING.field_keys
SERASI_HASH_KEY = KEYRING.hash_key

ALLOWED_HOSTS = [h.strip() for h in os.environ.get("SERASI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SERASI_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "serasi.common",
    "serasi.access",
    "serasi.institutions",
    "serasi.people",
    "serasi.cases",
    "serasi.cycles",
    "serasi.assessments",
    "serasi.residence",
    "serasi.daily",
    "serasi.safety",
    "serasi.foyer",
    "serasi.shelters",
    "serasi.capacity",
    "serasi.surveys",
    "serasi.fieldwork",
    "serasi.entitlements",
    "serasi.tablet",
    "serasi.interop",
    "serasi.exchange",
    "serasi.web",
    "serasi.start",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "serasi.access.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "serasi.access.middleware.SignedInMiddleware",
    "serasi.common.private_words.PrivateWordsMiddleware",
    "serasi.access.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "serasi.urls"
WSGI_APPLICATION = "serasi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "serasi.access.context.lock",
                "serasi.access.context.outbox",
                "serasi.web.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "serasi.common.forms.SerasiRenderer"


def database(url: str, role: str | None) -> dict[str, Any]:
    """Django's settings for one PostgreSQL address; `role` is taken on at connection."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not re.fullmatch(r"/[^/]+", parts.path):
        raise ValueError("DATABASE_URL must look like postgresql://user:password@host:port/name")
    # Statements are planned once a connection, not once a page: with row policies, planning is most of a page's time.
    options: dict[str, Any] = {"application_name": "serasi", "server_side_binding": True, "prepare_threshold": 2}
    if role:
        options["options"] = f"-c role={role} -c plan_cache_mode=force_generic_plan"  # one plan, whatever the values
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": options,
        "TEST": {"NAME": os.environ.get("SERASI_TEST_DB", "serasi_test")},
    }


APPLICATION_ROLE = "serasi_app"
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL", "postgresql://serasi@127.0.0.1:5432/serasi"),
        None if os.environ.get("SERASI_DB_ROLE") == "owner" else APPLICATION_ROLE,
    )
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "serasi.access.sign_in.AccountAdapter"
# A shift of a hundred begins at once, behind one address of the office.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/m/ip,5/15m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/masuk/?keluar=1"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {
    "login": "serasi.access.forms.sign_in.LoginForm",
    "reauthenticate": "serasi.access.forms.sign_in.ReauthenticateForm",
    "change_password": "serasi.access.forms.sign_in.ChangePasswordForm",
    "reset_password": "serasi.access.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "serasi.access.forms.sign_in.ResetPasswordKeyForm",
}
MFA_ADAPTER = "serasi.access.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "serasi.access.forms.sign_in.AuthenticateForm",
    "reauthenticate": "serasi.access.forms.sign_in.ReauthenticateSecondForm",
    "activate_totp": "serasi.access.forms.sign_in.ActivateTOTPForm",
    "deactivate_totp": "serasi.access.forms.sign_in.DeactivateTOTPForm",
    "generate_recovery_codes": "serasi.access.forms.sign_in.GenerateRecoveryCodesForm",
    "add_webauthn": "serasi.access.forms.sign_in.AddWebAuthnForm",
    "authenticate_webauthn": "serasi.access.forms.sign_in.AuthenticateWebAuthnForm",
    "login_webauthn": "serasi.access.forms.sign_in.LoginWebAuthnForm",
    "reauthenticate_webauthn": "serasi.access.forms.sign_in.ReauthenticateWebAuthnForm",
    "edit_webauthn": "serasi.access.forms.sign_in.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Serasi"
SERASI_IDLE_MINUTES = 20
SERASI_EXCHANGE_ID = os.environ.get("SERASI_EXCHANGE_ID", "serasi")
SERASI_EXCHANGE_LOOPBACK = os.environ.get("SERASI_EXCHANGE_LOOPBACK") == "1"

SESSION_COOKIE_AGE = 60 * 60 * 10  # one long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SERASI_HTTPS = os.environ.get("SERASI_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERASI_HTTPS
SECURE_SSL_REDIRECT = SERASI_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if SERASI_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "serasi.web.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024  # more than any form takes: no upload touches a disk unsealed
MEDIA_ROOT = SERASI_HOME / "uploads"
PROCRASTINATE_IMPORT_PATHS: list[str] = []

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = SERASI_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "serasi.common.storage.SealedStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False

EMAIL_BACKEND = os.environ.get("SERASI_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("SERASI_FROM_EMAIL", "serasi@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "serasi.common.logs.WithoutContent",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What an exception says may hold a name: addresses, and exceptions' kinds and places only.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "serasi": {"level": "INFO"},
        "serasi.postgres": {"level": "WARNING"},
    },
}
