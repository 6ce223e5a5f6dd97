from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.foyer.enums import Living, MeasureMoment, Occupation
from serasi.foyer.models.agreement import Agreement
from serasi.foyer.models.policies import OF_AGREEMENT
from serasi.foyer.querysets import OfAgreementQuerySet


@tracked
class Measure(Record):
    """How life goes at entry, at exit and 12 months after: the three moments of the Foyer outcome study.

    Hangs on the earliest agreement of a chain: it is about the whole time. The two scales are self-said, 1 to 5.
    """

    personal = Classified(
        none="id agreement moment written_at",
        general="written_by",
        specific="taken_date living occupation income savings contacts health confidence note",
    )
    row_policy = OF_AGREEMENT
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: what came of it stays known.
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="measures")
    moment = models.CharField(_("saat"), max_length=5, choices=MeasureMoment)
    taken_date = models.DateField(_("diukur tanggal"))
    living = models.CharField(_("tinggal di mana"), max_length=8, choices=Living)
    occupation = models.CharField(_("sekolah atau kerja"), max_length=8, choices=Occupation)
    income = models.PositiveIntegerField(_("penghasilan sebulan"))
    savings = models.PositiveIntegerField(_("tabungan"))
    contacts = models.PositiveSmallIntegerField(_("orang yang dapat dihubungi bila ada masalah"))
    health = models.PositiveSmallIntegerField(_("kesehatan (1–5)"))
    confidence = models.PositiveSmallIntegerField(_("rasa percaya diri (1–5)"))
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengukuran")
        ordering: ClassVar = ["taken_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "moment"],
                name="foyer_each_moment_is_measured_once",
                violation_error_message=_("Pengukuran ini sudah dicatat."),
            ),
            models.CheckConstraint(
                condition=Q(health__range=(1, 5), confidence__range=(1, 5)),
                name="foyer_measure_scales_are_1_to_5",
                violation_error_message=_("Pilih angka 1 sampai 5."),
            ),
            models.CheckConstraint(
                condition=Q(
                    moment__in=MeasureMoment.values, living__in=Living.values, occupation__in=Occupation.values
                ),
                name="foyer_measure_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return str(MeasureMoment(self.moment).label)

    def guard_for(self, user: User) -> Guard:
        return self.agreement.guard_for(user)
