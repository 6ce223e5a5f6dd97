from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import Answer, RoundKind
from serasi.daily.models.policies import of_stay, of_unit
from serasi.daily.querysets import RoundEntryQuerySet, RoundQuerySet
from serasi.residence.models import Stay, Ward


@tracked
class Round(Record):
    """One question asked of everybody present in a ward: a meal, a bath, sleep. ``usual`` was answered for all of whom
    nothing else was said."""

    personal = Classified(none="id unit ward kind taken_at usual written_at", general="written_by")
    row_policy = of_unit()
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as above.
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="rounds")
    kind = models.CharField(_("putaran"), max_length=9, choices=RoundKind)
    taken_at = models.DateTimeField(_("waktu"))
    usual = models.CharField(_("jawaban bagi semua"), max_length=9, choices=Answer)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("putaran")
        ordering: ClassVar = ["-taken_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_at__lte=F("written_at")),
                name="daily_round_has_happened",
                violation_error_message=_("Waktu putaran ini belum tiba."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RoundKind.values, usual__in=Answer.values),
                name="daily_round_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ward", "-taken_at"], name="daily_round_by_ward")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class RoundEntry(Record):
    """What a round found of one resident: a fact of this person, also where it was the answer for all."""

    personal = Classified(none="id unit round", specific="stay answer note")
    row_policy = of_stay()
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: as of the round.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: the entries are the round.
    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    # PROTECT: what was done for someone stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="round_entries")
    answer = models.CharField(_("jawaban"), max_length=9, choices=Answer)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)

    objects = RoundEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("isian putaran")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "stay"],
                name="daily_one_entry_in_a_round",
                violation_error_message=_("Seorang penghuni dicatat dua kali dalam satu putaran."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values),
                name="daily_entry_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
