"""How a unit turns."""

from serasi.access.models import Unit
from serasi.cycles.models import CyclePractice


def practice_of(unit: Unit) -> CyclePractice:
    """What the unit set for itself, or the usual, unsaved (1 query)."""
    return CyclePractice.objects.filter(unit=unit).first() or CyclePractice(unit=unit)
