from functools import lru_cache
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role, UserKind
from serasi.access.models.record import Classified, Record, tracked
from serasi.access.scope import Post, Scope, today
from serasi.common.statements import Given, Statement

SYSTEM_ID = UUID("00000000-0000-7000-8000-000000000001")
"""The actor of what nobody signed in asked for: start-up, reference data, sign-in itself, timed jobs."""


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def system(self) -> "User":
        """The system's own user; made by the first migration."""
        return self.get(pk=SYSTEM_ID)


@tracked
class User(Record, AbstractBaseUser):
    """Someone who signs in: staff, a partner, a student, or a resident with an access of their own."""

    personal = Classified(none="id kind is_active language revision", general="email full_name", secret="password")

    last_login = None  # sign-ins are events, not a column

    email = models.EmailField(
        _("alamat surel"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("Surel ini sudah dipakai.")},
    )
    full_name = models.CharField(_("nama lengkap"), max_length=150)
    kind = models.CharField(max_length=10, choices=UserKind, default=UserKind.PERSON)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    is_active = models.BooleanField(_("aktif"), default=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("akun")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="access_email_is_lower_case"),
            models.CheckConstraint(condition=~Q(full_name=""), name="access_user_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def refresh_scope(self) -> Self:
        """Forget the cached scope, after a posting of this user changed."""
        self.__dict__.pop("_scope", None)
        return self

    @property
    def scope(self) -> Scope:
        """What this user may do today; read once per request (one query)."""
        cached: Any = self.__dict__.get("_scope")
        if cached is None:
            cached = self.__dict__["_scope"] = self._read_scope()
        return cached  # type: ignore[no-any-return]

    def _read_scope(self) -> Scope:
        if self.pk == SYSTEM_ID:
            return Scope((), is_system=True)
        if not self.is_active:
            return Scope(())
        rows = _posts_in_force().ask(user=self.pk, on=today())
        return Scope(tuple(Post(Role(role), *facts) for role, *facts in rows))


@lru_cache
def _posts_in_force() -> Statement:
    """What every page asks first: the facts of `Post`, of one user's postings on one day."""
    postings: Any = User._meta.get_field("postings").related_model
    held = postings.objects.in_force(Given("on", models.DateField())).filter(user=Given("user", models.UUIDField()))
    facts = ("unit_id", "unit__short_name", "unit__path", "may_approve_own", "unit__time_zone")
    return Statement(held.order_by("unit__path", "role").values_list("role", *facts))
