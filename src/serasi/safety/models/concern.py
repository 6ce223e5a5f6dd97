from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.people.models import Person
from serasi.safety.enums import PAST_THE_UNIT, About, Harm, StepKind
from serasi.safety.models.policies import CONCERN_POLICY, STEP_POLICY
from serasi.safety.querysets import ConcernQuerySet, ConcernStepQuerySet


@tracked
class Concern(Record):
    """Someone fears for the safety of somebody. About the staff or the unit itself, it goes past the unit.

    It is raised by who works there, or by a resident: then ``resident`` is the reporter and ``raised_by`` only who, or
    which tablet, passed it on. Where it stands is what its steps say.
    """

    personal = Classified(
        none="id unit goes_to raised_at happened_on",
        general="raised_by resident about_user",
        specific="about about_words harm account",
    )
    row_policy = CONCERN_POLICY
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: a unit with a history is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: who had to act stays known.
    goes_to = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("ditujukan kepada"))
    about = models.CharField(_("tentang siapa"), max_length=8, choices=About)
    # PROTECT: whom it was about stays known. Never sees it, wherever else this user is posted.
    about_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    about_words = models.CharField(_("nama atau cirinya"), max_length=150, blank=True)
    harm = models.CharField(_("apa yang dikhawatirkan"), max_length=9, choices=Harm)
    happened_on = models.DateField(_("sejak kapan"), null=True, blank=True)
    account = models.TextField(pgettext_lazy("kekhawatiran", "ceritakan"))
    # PROTECT: authorship stays.
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: as above.
    resident = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField()

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("kekhawatiran keselamatan")
        ordering: ClassVar = ["-raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(account=""),
                name="safety_concern_says_what",
                violation_error_message=_("Ceritakan apa yang Anda khawatirkan."),
            ),
            models.CheckConstraint(
                condition=~Q(about__in=PAST_THE_UNIT) | ~Q(unit=F("goes_to")),
                name="safety_concern_goes_past_the_unit",
                violation_error_message=_("Kekhawatiran tentang petugas atau unit tidak ditangani unit itu sendiri."),
            ),
            models.CheckConstraint(
                condition=Q(about__in=About.values, harm__in=Harm.values),
                name="safety_concern_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_harm_display()

    @property
    def is_past_the_unit(self) -> bool:
        return self.unit_id != self.goes_to_id


@tracked
class ConcernStep(Record):
    """What the receiver did with a concern. ``acted`` is for the receivers alone; the rest the reporter reads too."""

    personal = Classified(none="id concern kind written_at", general="written_by", specific="text")
    row_policy = STEP_POLICY
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: part of the concern.
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="steps")
    kind = models.CharField(_("langkah"), max_length=12, choices=StepKind)
    text = models.TextField(pgettext_lazy("kekhawatiran", "keterangan"), blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ConcernStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind"],
                condition=Q(kind__in=[StepKind.ACKNOWLEDGED, StepKind.CLOSED]),
                name="safety_concern_is_received_and_closed_once",
                violation_error_message=_("Langkah ini sudah dicatat."),
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.ACKNOWLEDGED) | ~Q(text=""),
                name="safety_step_says_what",
                violation_error_message=_("Tulis apa yang dilakukan, atau apa jawabannya."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
