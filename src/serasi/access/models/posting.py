from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role
from serasi.access.models.record import Classified, Record, tracked
from serasi.access.models.unit import Unit
from serasi.access.models.user import User
from serasi.access.scope import Guard
from serasi.common.statements import Given


class PostingQuerySet(models.QuerySet["Posting"]):
    def in_force(self, on: date | Given) -> Self:
        return self.filter(period__contains=on)

    def not_ended(self, on: date) -> Self:
        """In force on that day, or to come."""
        return self.filter(Q(period__endswith__gt=on) | Q(period__endswith__isnull=True))

    def visible_to(self, user: User) -> Self:
        """One's own, and those at the units whose staff one rules over."""
        managed = Unit.objects.reached_by(user, "access.posting.manage")
        return self.filter(Q(user=user) | Q(unit__in=managed))


@tracked
class Posting(Record):
    """A user holds a role at a unit for a period; it ends by itself, and nothing outlives it."""

    personal = Classified(none="id role unit period may_approve_own", general="user")

    # PROTECT: who was posted where stays known for ever; users are switched off, not deleted.
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("petugas"), related_name="postings")
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    # PROTECT: a unit with a history of staff is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    period = DateRangeField(_("masa tugas"))
    may_approve_own = models.BooleanField(_("boleh menyetujui miliknya sendiri"), default=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("penugasan")
        constraints = [
            ExclusionConstraint(
                name="access_posting_does_not_overlap",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("unit"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Orang ini sudah memegang peran yang sama di unit ini pada masa tersebut."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="access_posting_has_a_start",
                violation_error_message=_("Masa tugas harus punya tanggal mulai sebelum tanggal selesai."),
            ),
        ]

    @property
    def starts_on(self) -> date:
        return self.period.lower  # type: ignore[no-any-return]

    @property
    def last_day(self) -> date | None:
        """The last day in force; None while no end is known."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.unit}"
