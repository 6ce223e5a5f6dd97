from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, RevisionField, Unit, User, tracked
from serasi.capacity.enums import Answer, Leaving, Tonight, Way
from serasi.cases.models import CasePart
from serasi.cases.models.part import CasePartQuerySet
from serasi.residence.enums import Property
from serasi.residence.models import Stay


class WaitingQuerySet(CasePartQuerySet["Waiting"]):
    def open(self) -> Self:
        """Who still waits: neither left the list nor came to live there since."""
        here = Stay.objects.filter(
            person=OuterRef("case__person"), unit=OuterRef("case__unit"), period__startswith__gte=OuterRef("written_at")
        )
        return self.filter(~Exists(here), left_at=None)

    def of(self, unit: Unit) -> Self:
        return self.filter(case__unit=unit)


@tracked
class Waiting(CasePart):
    """Someone waits for a place in the unit of their file. Being admitted there ends it by itself."""

    personal = Classified(
        none="id case written_by written_at left_at left_by revision",
        specific="tonight needs reason leaving left_reason",
    )

    tonight = models.CharField(_("malam ini tidur di"), max_length=6, choices=Tonight)
    needs = ArrayField(
        models.CharField(max_length=12, choices=Property), verbose_name=_("kebutuhan tempat"), default=list, blank=True
    )
    reason = models.CharField(_("mengapa perlu tinggal di lembaga"), max_length=300)
    left_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    left_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    leaving = models.CharField(_("selesai menunggu karena"), max_length=9, choices=Leaving, blank=True)
    left_reason = models.CharField(_("penjelasan"), max_length=300, blank=True)
    revision = RevisionField()

    objects = WaitingQuerySet.as_manager()  # type: ignore[misc]  # knows who still waits

    class Meta:
        verbose_name = _("daftar tunggu")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(left_at=None),
                name="capacity_case_waits_once",
                violation_error_message=_("Orang ini sudah ada di daftar tunggu."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="capacity_waiting_has_a_reason",
                violation_error_message=_("Tulis mengapa ia perlu tinggal di lembaga."),
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_by=None, leaving="")
                | Q(left_at__isnull=False, left_by__isnull=False) & ~Q(leaving=""),
                name="capacity_leaving_is_whole",
                violation_error_message=_("Tulis bagaimana masa menunggunya selesai."),
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=Property.values),
                name="capacity_waiting_needs_are_known",
                violation_error_message=_("Kebutuhan tempat ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_tonight_display()}"


@tracked
class Attempt(CasePart):
    """What was tried instead of a place in an institution, and what came of it."""

    personal = Classified(none="id case waiting written_by written_at way", specific="answer account")

    # PROTECT: what was tried while waiting stays with it.
    waiting = models.ForeignKey(Waiting, models.PROTECT, related_name="attempts")
    way = models.CharField(_("yang dicoba"), max_length=9, choices=Way)
    answer = models.CharField(_("hasilnya"), max_length=12, choices=Answer)
    account = models.CharField(_("penjelasan"), max_length=300)

    class Meta:
        verbose_name = _("upaya di luar lembaga")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(account=""),
                name="capacity_attempt_is_told",
                violation_error_message=_("Tulis apa yang dicoba dan dengan siapa."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.get_answer_display()}"
