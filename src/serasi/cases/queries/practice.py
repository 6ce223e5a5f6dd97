"""How a unit works, by its own settings or those of the nearest unit above it."""

from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Length

from serasi.access.models import Unit
from serasi.cases import reference
from serasi.cases.models import LetterSeries, Practice, Stage

DEFAULT_STAGE_SET = "atensi_nasional"


@dataclass(frozen=True, slots=True)
class UnitPractice:
    """The settings in force for a unit, whether its own, inherited or the national default."""

    stage_set: str
    components: tuple[str, ...]
    consent_withdrawal_hours: int
    referral_answer_days: int
    aftercare_months: tuple[int, ...]


def practice_of(unit: Unit) -> UnitPractice:
    """One query."""
    found = (
        Practice.objects.alias(wanted=Value(unit.path))
        .filter(wanted__startswith=F("unit__path"))
        .order_by(Length("unit__path").desc())
        .first()
    )
    months = tuple(visit.months for visit in reference.aftercare_visits())
    if found is None:
        return UnitPractice(DEFAULT_STAGE_SET, tuple(reference.components().codes), 72, 3, months)
    return UnitPractice(
        found.stage_set_id,
        tuple(found.components) or tuple(reference.components().codes),
        found.consent_withdrawal_hours,
        found.referral_answer_days,
        tuple(found.aftercare_months) or months,
    )


def letter_pattern_of(unit: Unit, year: int) -> str:
    """How the unit numbers its letters in a year, else as it did last; the general pattern when it never did."""
    found = LetterSeries.objects.filter(unit=unit, year__lte=year).order_by("-year", "kind").first()
    return found.pattern if found else str(LetterSeries._meta.get_field("pattern").get_default())


def first_stage(stage_set: str) -> Stage:
    return Stage.objects.filter(stage_set=stage_set).select_related("stage_set").earliest("order")
