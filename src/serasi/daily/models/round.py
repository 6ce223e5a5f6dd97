from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import Answer, RoundKind
from serasi.daily.models.correcting import Correctable, correction_is_whole
from serasi.daily.models.policies import of_stay, of_unit
from serasi.daily.querysets import RoundEntryQuerySet, RoundQuerySet
from serasi.residence.models import Stay, Ward


@tracked
class Round(Correctable):
    """One question asked of everybody present in a ward: a meal, a bath, sleep. ``usual`` was answered for all of whom
    nothing else was said. Superseded, the whole of it was not made: its entries say nothing any more."""

    personal = Classified(
        none="id unit ward kind taken_at usual written_at superseded_at",
        general="written_by superseded_by superseded_reason",
    )
    row_policy = of_unit()
    database_functions: ClassVar[str] = kept("daily_round")

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
            correction_is_whole("daily_round_correction_is_whole"),
        ]
        indexes: ClassVar = [models.Index(fields=["ward", "-taken_at"], name="daily_round_by_ward")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class RoundEntry(Correctable):
    """What a round found of one resident: a fact of this person, also where it was the answer for all."""

    personal = Classified(
        none="id unit round superseded_at replaces",
        general="superseded_by",
        specific="stay answer note superseded_reason",
    )
    row_policy = of_stay()
    database_functions: ClassVar[str] = kept("daily_roundentry")

    # PROTECT: as of the round.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: the entries are the round.
    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    # PROTECT: what was done for someone stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="round_entries")
    answer = models.CharField(_("jawaban"), max_length=9, choices=Answer)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = RoundEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("isian putaran")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "stay"],
                condition=Q(superseded_at=None),
                name="daily_one_entry_in_a_round",
                violation_error_message=_("Seorang penghuni dicatat dua kali dalam satu putaran."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values),
                name="daily_entry_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
            correction_is_whole("daily_entry_correction_is_whole"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)
