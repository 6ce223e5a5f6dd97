from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import PLAUSIBLE, Measure, Plausible
from serasi.daily.models.correcting import Correctable, correction_is_whole
from serasi.daily.models.policies import OF_VITALS, of_stay
from serasi.daily.querysets import SEE_VITALS, VitalSignsQuerySet, VitalsResponseQuerySet
from serasi.residence.models import Stay


def not_plausible(measure: str, plausible: Plausible) -> Any:
    """What is said of a number that can only be a typing mistake."""
    return format_lazy(
        _("{label} harus antara {least} dan {most} {unit}. Periksa angkanya."),
        label=Measure(measure).label,
        least=plausible.least,
        most=plausible.most,
        unit=plausible.unit,
    )


@tracked
class VitalSigns(Correctable):
    """What was measured of one resident at one moment; what was not measured is empty.

    ``beyond`` names the measures that lay outside the unit's limits as they were when this was written. They ask that
    somebody looks, and say nothing of an illness. A correction replaces the whole of it.
    """

    personal = Classified(
        none="id unit written_at superseded_at replaces",
        general="written_by superseded_by",
        specific="stay measured_at temperature systolic diastolic pulse respiration saturation glucose weight height"
        " beyond remark superseded_reason",
    )
    row_policy = of_stay(SEE_VITALS)
    database_functions: ClassVar[str] = kept("daily_vitalsigns")

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: what was measured of someone stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="vital_signs")
    measured_at = models.DateTimeField(_("waktu diukur"))
    temperature = models.DecimalField(Measure.TEMPERATURE.label, max_digits=3, decimal_places=1, null=True, blank=True)
    systolic = models.PositiveSmallIntegerField(Measure.SYSTOLIC.label, null=True, blank=True)
    diastolic = models.PositiveSmallIntegerField(Measure.DIASTOLIC.label, null=True, blank=True)
    pulse = models.PositiveSmallIntegerField(Measure.PULSE.label, null=True, blank=True)
    respiration = models.PositiveSmallIntegerField(Measure.RESPIRATION.label, null=True, blank=True)
    saturation = models.PositiveSmallIntegerField(Measure.SATURATION.label, null=True, blank=True)
    glucose = models.PositiveSmallIntegerField(Measure.GLUCOSE.label, null=True, blank=True)
    weight = models.DecimalField(Measure.WEIGHT.label, max_digits=4, decimal_places=1, null=True, blank=True)
    height = models.PositiveSmallIntegerField(Measure.HEIGHT.label, null=True, blank=True)
    beyond = ArrayField(models.CharField(max_length=11, choices=Measure), default=list, blank=True)
    remark = models.CharField(_("keterangan"), max_length=200, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = VitalSignsQuerySet.as_manager()

    class Meta:
        verbose_name = _("tanda vital")
        ordering: ClassVar = ["-measured_at"]
        constraints: ClassVar = [
            *(
                models.CheckConstraint(
                    condition=Q((measure.value, None)) | Q((f"{measure}__range", (one.least, one.most))),
                    name=f"daily_vitals_{measure}_is_plausible",
                    violation_error_message=not_plausible(measure, one),
                )
                for measure, one in PLAUSIBLE.items()
            ),
            models.CheckConstraint(
                condition=Q(
                    *((f"{measure}__isnull", False) for measure in Measure.values),
                    _connector=Q.OR,
                ),
                name="daily_vitals_say_something",
                violation_error_message=_("Isi paling sedikit satu hasil ukur."),
            ),
            models.CheckConstraint(
                condition=Q(diastolic=None) | Q(systolic__isnull=False, diastolic__lt=F("systolic")),
                name="daily_vitals_pressures_fit",
                violation_error_message=_(
                    "Tekanan darah ditulis atas dan bawah; yang bawah harus lebih kecil daripada yang atas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(measured_at__lte=F("written_at")),
                name="daily_vitals_have_been_measured",
                violation_error_message=_("Waktu ukur belum tiba."),
            ),
            correction_is_whole("daily_vitals_correction_is_whole"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stay", "-measured_at"], name="daily_vitals_by_stay"),
            models.Index(
                fields=["unit", "-measured_at"],
                condition=Q(superseded_at=None) & ~Q(beyond=[]),
                name="daily_vitals_beyond",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measured_at:%Y-%m-%d %H.%M}"

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)

    @property
    def values(self) -> Iterator[tuple[Measure, Decimal | int]]:
        """What was measured, in the order of the form."""
        return ((one, value) for one in Measure if (value := getattr(self, one)) is not None)

    @property
    def words(self) -> str:
        """Everything that was measured, in one line."""
        return self._told(dict(self.values))

    @property
    def beyond_words(self) -> str:
        """What lay beyond the limits of the unit, in one line."""
        return self._told({one: value for one, value in self.values if one in self.beyond})

    def _told(self, values: dict[Measure, Decimal | int]) -> str:
        """Both pressures as people write them: 120/80 mmHg."""
        said = {one: f"{one.label} {PLAUSIBLE[one].words(value)}" for one, value in values.items()}
        if said.keys() >= {Measure.SYSTOLIC, Measure.DIASTOLIC}:
            del said[Measure.DIASTOLIC]
            unit = PLAUSIBLE[Measure.SYSTOLIC].unit
            said[Measure.SYSTOLIC] = f"{gettext('Tekanan darah')} {self.systolic}/{self.diastolic} {unit}"
        return ", ".join(said.values())


@tracked
class VitalsResponse(Record):
    """What was done about measures that lay outside the limits: measured again, taken to the puskesmas, rung the
    family. The first ends the waiting; more may follow."""

    personal = Classified(none="id unit vital_signs written_at", general="written_by", specific="words")
    row_policy = OF_VITALS
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: as of the measurement.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: what was done is told by what was measured.
    vital_signs = models.ForeignKey(VitalSigns, models.PROTECT, related_name="responses")
    words = models.CharField(_("yang dilakukan"), max_length=500)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = VitalsResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindak lanjut tanda vital")
        ordering: ClassVar = ["written_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="daily_vitals_response_says_something",
                violation_error_message=_("Tulis yang dilakukan."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def guard_for(self, user: User) -> Guard:
        return self.vital_signs.guard_for(user)
