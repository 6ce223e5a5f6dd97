"""What the files say of living in a house: whom they help there, from when to when; and of some, where they went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.cases.enums import Approach, TeamPart
from serasi.cases.models import ApproachPeriod, Case, HandOver, TeamMember, Termination
from serasi.residence.enums import Ending, MovementKind
from serasi.start.world.world import JAKARTA, World

ENDINGS: Final = {
    "bekerja_mandiri": Ending.WORK,
    "dirujuk_selesai": Ending.INSTITUTION,
    "meninggal": Ending.DIED,
    "pergi_tanpa_izin": Ending.NOT_RETURNED,
    "hilang_kontak": Ending.NOT_RETURNED,
    "mengundurkan_diri": Ending.INDEPENDENT,
    "persetujuan_ditarik": Ending.INDEPENDENT,
    "proses_hukum": Ending.OTHER,
}
"""How a stay ends when the file does; else the person goes to the family."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What a file says of living in a house: from when to when, in whose care, and how it ended."""

    case: Case
    manager: User
    begins: datetime
    ends: datetime | None
    ending: str


@dataclass(frozen=True, slots=True)
class Script:
    """What is told of someone elsewhere: when they went where, in days before now, and when they came back."""

    outings: Sequence[tuple[MovementKind, float, float | None]]
    needs: bool = False


_SCRIPTS: Final[Mapping[str, Script]] = {
    "mbah-painem": Script([(MovementKind.HOSPITAL, 12.3, 9.9)], needs=True),
    "bagas": Script([(MovementKind.ABSCONDED, 0.1, None)]),
}


def scripts_of(world: World) -> dict[UUID, Script]:
    """By person."""
    return {world.person_id(key): script for key, script in _SCRIPTS.items()}


def episodes_of(
    world: World, units: Collection[str], dice: Random, *, besides: Collection[UUID]
) -> dict[UUID, list[Episode]]:
    """What the files of these units say of living there, by person and in order; ``besides`` those who are drawn."""
    with world.looking():
        periods = (
            ApproachPeriod.objects.filter(
                approach=Approach.RESIDENTIAL, case__unit__code__in=units, case__person__merged_into=None
            )
            .exclude(case__person__in=besides)
            .select_related("case__unit", "case__person")
            .order_by("period", "case__number")
        )
        managers = {
            member.case_id: member.user
            for member in TeamMember.objects.filter(part=TeamPart.MANAGER).select_related("user").order_by("period")
        }
        reasons = dict(Termination.objects.exclude(approved_at=None).values_list("case", "reason"))
        handed = dict(HandOver.objects.filter(case__closed_at__isnull=False).values_list("case", "handed_at"))
        episodes: dict[UUID, list[Episode]] = {}
        for period in periods:
            case, manager = period.case, world.known(managers[period.case_id])
            until = [moment for moment in (period.period.upper, handed.get(case.pk), case.closed_at) if moment]
            if case.person.died_on is not None:
                until.append(datetime.combine(case.person.died_on, time(11), JAKARTA))
            begins = period.period.lower + timedelta(minutes=dice.randint(30, 150))
            ends = min(until) if until else None
            if (ends is None or ends > begins + timedelta(hours=3)) and begins < world.now:
                ending = ENDINGS.get(reasons.get(case.pk, ""), Ending.FAMILY)
                episodes.setdefault(case.person_id, []).append(Episode(case, manager, begins, ends, ending))
    return episodes
