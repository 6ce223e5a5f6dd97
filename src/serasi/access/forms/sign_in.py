# mypy: disallow-subclassing-any=False
# allauth brings no types; what it gives to be subclassed is Any.
"""The forms of sign-in: allauth's own, in our words. Each is named in the settings ACCOUNT_FORMS and MFA_FORMS."""

import logging
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import SerasiForm, TextField

_log = logging.getLogger(__name__)
PASSWORD_HINT = _("Paling sedikit 12 huruf atau angka. Beberapa kata yang hanya Anda tahu lebih kuat daripada simbol.")
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "width-small", "maxlength": 24}


def _describe(field: forms.Field, label: Any, *, required: Any, help_text: Any = "", **attrs: Any) -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _take_short_domains(field: forms.Field) -> None:
    """Installations without a domain, the demonstration world among them, sign in with names like `peksos@demo`."""
    wrong = _("Tulis surel lengkap, misalnya nama@lembaga.go.id.")
    field.validators = [EmailValidator(wrong, allowlist=["localhost", "demo"])]
    field.error_messages["invalid"] = wrong


def _refusal(error: Exception, words: Any) -> Exception:
    """Whatever the libraries of passkeys stumble over, forgery or nonsense, is one refusal; too many are told apart."""
    _log.info("a passkey was refused: %s", type(error).__name__)
    is_known = isinstance(error, ValidationError) and getattr(error, "code", "") != "incorrect_code"
    return error if is_known else ValidationError(words)


class _Plain:
    fields: dict[str, forms.Field]
    """Shared look: no colons, no required attribute that would stop a form before our own message."""

    marks_optional: ClassVar[bool] = False
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.describe()

    def describe(self) -> None: ...


class LoginForm(_Plain, account.LoginForm):
    def describe(self) -> None:
        _describe(self.fields["login"], _("Surel"), required=_("Isi surel."), autocomplete="username", maxlength=254)
        _describe(self.fields["password"], _("Kata sandi"), required=_("Isi kata sandi."))
        _take_short_domains(self.fields["login"])

    def clean_login(self) -> str:
        return str(super().clean_login()).lower()


class ReauthenticateForm(_Plain, account.ReauthenticateForm):
    def describe(self) -> None:
        _describe(self.fields["password"], _("Kata sandi"), required=_("Isi kata sandi."))


class _NewPassword(_Plain):
    def describe(self) -> None:
        _describe(
            self.fields["password1"], _("Kata sandi baru"), required=_("Isi kata sandi baru."), help_text=PASSWORD_HINT
        )
        _describe(
            self.fields["password2"], _("Ulangi kata sandi baru"), required=_("Ketik kata sandi baru sekali lagi.")
        )

    def clean(self) -> Any:
        cleaned: Any = super().clean()  # type: ignore[misc]  # allauth's form stands behind in the order of classes
        form: Any = self
        first, second_time = cleaned.get("password1"), form.data.get(form.add_prefix("password2"))
        if first and second_time and first != second_time:
            form.errors.pop("password2", None)
            form.add_error("password2", ValidationError(_("Kedua kata sandi tidak sama. Ketik ulang.")))
        return cleaned


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    def describe(self) -> None:
        _describe(self.fields["oldpassword"], _("Kata sandi sekarang"), required=_("Isi kata sandi sekarang."))
        super().describe()


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    def describe(self) -> None:
        _describe(self.fields["email"], _("Surel"), required=_("Isi surel."), autocomplete="username")
        _take_short_domains(self.fields["email"])


class AuthenticateForm(_Plain, second.AuthenticateForm):
    def describe(self) -> None:
        _describe(
            self.fields["code"],
            _("Kode"),
            required=_("Isi kode."),
            help_text=_("Enam angka dari aplikasi autentikator, atau salah satu kode pemulihan Anda."),
            **CODE_ATTRS,
        )


class ReauthenticateSecondForm(_Plain, second.ReauthenticateForm):
    def describe(self) -> None:
        _describe(self.fields["code"], _("Kode"), required=_("Isi kode."), **CODE_ATTRS)


class ActivateTOTPForm(_Plain, totp.ActivateTOTPForm):
    def describe(self) -> None:
        _describe(
            self.fields["code"],
            _("Kode dari aplikasi"),
            required=_("Isi kode enam angka yang tampil di aplikasi."),
            **CODE_ATTRS,
        )


class DeactivateTOTPForm(_Plain, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(_Plain, recovery.GenerateRecoveryCodesForm):
    pass


class AddWebAuthnForm(_Plain, webauthn.AddWebAuthnForm):
    def describe(self) -> None:
        _describe(
            self.fields["name"],
            _("Nama kunci"),
            required=_("Isi nama kunci."),
            help_text=_("Supaya Anda mengenalinya nanti, misalnya “HP saya”."),
        )
        self.fields["credential"].error_messages["required"] = _(
            "Peramban belum memberikan kunci. Tekan “Pasang kunci sandi”, lalu ikuti petunjuk peranti Anda."
        )
        if "passwordless" in self.fields:
            _describe(
                self.fields["passwordless"],
                _("Pakai juga untuk masuk tanpa kata sandi"),
                required="",
                help_text=_("Peranti akan meminta sidik jari, wajah, atau PIN."),
            )
            self.fields["passwordless"].initial = True

    def clean(self) -> Any:
        try:
            return super().clean()
        except Exception as error:
            raise _refusal(error, _("Kunci dari peranti ini tidak dapat dipakai. Coba lagi.")) from error


class _KnownPasskey(_Plain):
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # allauth's form stands behind
        except Exception as error:
            raise _refusal(error, _("Kunci sandi ini tidak dikenal di sini. Pakai cara lain.")) from error


class LoginWebAuthnForm(_KnownPasskey, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(_KnownPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(_KnownPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class EditWebAuthnForm(_Plain, webauthn.EditWebAuthnForm):
    def describe(self) -> None:
        _describe(self.fields["name"], _("Nama kunci"), required=_("Isi nama kunci."), maxlength=60)


class UnlockForm(SerasiForm):
    """The password again, after the screen locked itself; what was being sent travels along, sealed."""

    with_id = False

    password = TextField(label=_("Kata sandi"), max_length=200)
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget = forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True}
        )
