from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, tracked
from serasi.cases.enums import Phase


class StageSet(models.Model):
    """A way of naming and ordering the stages of a case: "ATENSI nasional", "DKI". Loaded from files."""

    personal = Classified(none="code name edition source")

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=80)
    edition = models.CharField(max_length=40)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return gettext(self.name)


class Stage(models.Model):
    """One stage of a set, the common phase it stands for, what must exist before leaving it, and where it may lead.

    ``requires`` is asked when going on to a stage in ``leads_to``; ``admits_with`` when coming in from before or by an
    early end; going back to one of ``steps_back_to`` asks a reason; ``ends_early_at`` is the way of an unplanned end.
    """

    personal = Classified(
        none="code stage_set order name phase requires admits_with leads_to steps_back_to ends_early_at document hint"
    )

    code = models.CharField(max_length=80, primary_key=True)  # "<stage set>.<stage>"
    # CASCADE: a stage has no life outside its set.
    stage_set = models.ForeignKey(StageSet, models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    phase = models.CharField(max_length=20, choices=Phase)
    requires = ArrayField(models.CharField(max_length=40), default=list)
    admits_with = ArrayField(models.CharField(max_length=40), default=list)
    leads_to = ArrayField(models.CharField(max_length=80), default=list)
    steps_back_to = ArrayField(models.CharField(max_length=80), default=list)
    ends_early_at = ArrayField(models.CharField(max_length=80), default=list)
    hint = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["stage_set", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage_set", "order"],
                name="cases_stage_order_is_unique",
                deferrable=models.Deferrable.DEFERRED,  # an edition may put stages in another order
            ),
        ]

    def __str__(self) -> str:
        return gettext(self.name)


class Component(models.Model):
    """One of the ATENSI components of an edition (seven since Permensos 7/2021)."""

    personal = Classified(none="code number name edition valid_from valid_until items source")

    code = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    edition = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    items = ArrayField(models.CharField(max_length=120), default=list)
    source = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["edition", "number"]

    def __str__(self) -> str:
        return gettext(self.name)


@tracked
class Practice(Record):
    """How one unit works: its stage set, its components, the terms it sets itself."""

    personal = Classified(
        none="id unit stage_set components consent_withdrawal_hours referral_answer_days aftercare_months revision"
    )

    # CASCADE: settings of the unit.
    unit = models.OneToOneField(Unit, models.CASCADE, related_name="practice")
    # PROTECT: open cases walk on this set.
    stage_set = models.ForeignKey(StageSet, models.PROTECT, related_name="+")
    components = ArrayField(models.CharField(max_length=60), default=list)
    consent_withdrawal_hours = models.PositiveSmallIntegerField(
        _("batas menindaklanjuti penarikan persetujuan (jam)"), default=72
    )
    referral_answer_days = models.PositiveSmallIntegerField(_("batas menjawab rujukan (hari)"), default=3)
    aftercare_months = ArrayField(models.PositiveSmallIntegerField(), default=list)
    revision = RevisionField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(referral_answer_days__gt=0), name="cases_practice_answers_referrals_in_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.stage_set}"
