"""Accounts: making, changing, switching off. Nobody signs up; whoever leads a unit makes accounts for its staff."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role, UserKind
from serasi.access.models import Posting, User
from serasi.access.operations.device import NotAllowed, Refused, acting, operation, save_changes
from serasi.access.permissions import grantable_roles
from serasi.access.scope import today


class EmailTaken(Refused):
    message = _("Surel ini sudah dipakai akun lain. Cari orangnya di daftar petugas, lalu tambahkan penugasan.")


class NotYourself(Refused):
    message = _("Akun sendiri diatur di halaman Akun, atau oleh orang lain yang berwenang.")


@operation("access.posting.manage", creates=User)
def create_user(*, id: UUID, email: str, full_name: str, by: User, at: datetime, language: str = "id") -> User:
    """Make an account without a password; its owner chooses one through an invitation. Raises EmailTaken."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise EmailTaken(field="email")
    user = User(id=id, email=email, full_name=full_name, language=language)
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


def open_reader(*, name: str, at: datetime) -> User:
    """Part of an operation: an account in whose name an outside system stands in the reading log. Nobody signs in with
    it, it holds no posting, and no page of staff lists it."""
    with acting(User.objects.system(), "access.users.open_reader"):
        reader = User(kind=UserKind.SYSTEM, full_name=name[:150], is_active=False)
        reader.email = f"{reader.pk.hex}@reader.localhost"
        reader.set_unusable_password()
        reader.save(force_insert=True)
    return reader


@operation("access.posting.manage")
def change_user(
    *, user: User, email: str, full_name: str, language: str, revision: int, by: User, at: datetime
) -> User:
    """Change name, address or language of someone whose postings one rules over. Raises EmailTaken, Conflict."""
    require_over(by, user)
    email = email.strip().lower()
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise EmailTaken(field="email")
    save_changes(user, revision=revision, email=email, full_name=full_name, language=language)
    return user


@operation("access.posting.manage")
def deactivate_user(*, user: User, by: User, at: datetime) -> User:
    """Switch an account off at once, whatever its postings say; an open session dies with its next click."""
    require_over(by, user)
    return _switch(user, is_active=False)


@operation("access.posting.manage")
def reactivate_user(*, user: User, by: User, at: datetime) -> User:
    """Switch an account on again; its postings count as before."""
    require_over(by, user)
    return _switch(user, is_active=True)


@operation("access.posting.manage")
def reset_password(*, user: User, by: User, at: datetime) -> User:
    """Take the password away, so that only a new invitation lets its owner in; open sessions end."""
    require_over(by, user)
    if not user.is_active:
        raise Refused(_("Akun ini dimatikan. Aktifkan dulu, lalu buat undangan."))
    user.set_unusable_password()
    save_changes(user, revision=user.revision, password=user.password)
    return user


@operation("access.posting.manage")
def take_off_second_factor(*, user: User, by: User, at: datetime) -> User:
    """Take app, passkeys and recovery codes off the account of someone who lost them all; the password stays.

    Whoever must have a second factor is led to a new one before anything else.
    """
    require_over(by, user)
    Authenticator.objects.filter(user_id=user.pk).delete()
    save_changes(user, revision=user.revision)
    return user


def choose_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """The owner sets a password of their own; the system does it for whoever holds a valid invitation."""
    _require_own(by, user)
    with acting(by, "access.users.choose_password"):
        user.set_password(password)
        User.objects.filter(pk=user.pk).update(password=user.password, revision=user.revision + 1)
        user.revision += 1
    return user


def choose_language(*, user: User, language: str, by: User, at: datetime) -> User:
    """The owner chooses the language of the screen."""
    _require_own(by, user)
    with acting(by, "access.users.choose_language"):
        User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)
        user.language = language
    return user


def require_over(by: User, user: User) -> None:
    """Assert that `by` rules over every posting of this user that has not ended (else the ended ones).

    So the head of a panti cannot take over the account of an administrator who also has a posting there.
    Someone without any posting belongs to whoever may post at all.
    """
    if by.scope.is_system:
        return
    if by.pk == user.pk:
        raise NotYourself
    if user.kind == UserKind.SYSTEM:
        raise NotAllowed
    postings = list(Posting.objects.filter(user=user).select_related("unit"))
    now = today()
    running = [p for p in postings if p.last_day is None or p.last_day >= now]
    if not postings:
        if Role.ADMINISTRATOR not in by.scope.roles:
            raise NotAllowed
        return
    for posting in running or postings:
        if Role(posting.role) not in grantable_roles(by, posting.unit.path):
            raise NotAllowed(
                _("Orang ini juga bertugas sebagai %(role)s di %(unit)s, di luar kewenangan Anda.")
                % {"role": posting.get_role_display(), "unit": posting.unit}
            )


def _require_own(by: User, user: User) -> None:
    if by.pk != user.pk and not by.scope.is_system:
        raise NotAllowed


def _switch(user: User, *, is_active: bool) -> User:
    User.objects.filter(pk=user.pk).exclude(is_active=is_active).update(is_active=is_active, revision=user.revision + 1)
    user.refresh_from_db()
    return user.refresh_scope()
