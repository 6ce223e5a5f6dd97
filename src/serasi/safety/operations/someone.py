"""Who is meant: a resident, chosen by their stay, or someone else in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, acting
from serasi.residence.models import Stay
from serasi.safety.enums import Part


class NotOfThisHouse(Refused):
    message = _("Orang ini bukan penghuni unit ini. Pilih dari daftar, atau tulis siapa orangnya.")


@dataclass(frozen=True, slots=True)
class Someone:
    """What is typed of someone in an incident: a stay of the house or words, their part, what came to them."""

    part: Part
    stay_id: UUID | None = None
    words: str = ""
    injury: str = ""
    treatment: str = ""


def stay_of(unit: Unit, stay_id: UUID) -> Stay:
    """A stay in this house, with its person, asked with whole sight: a carer may name by their tag whom they may not
    know. Raises NotOfThisHouse."""
    with acting(User.objects.system(), "safety.someone.look"):
        stay = Stay.objects.select_related("person").filter(pk=stay_id, unit=unit).first()
    if stay is None:
        raise NotOfThisHouse(field="stay_id")
    return stay
