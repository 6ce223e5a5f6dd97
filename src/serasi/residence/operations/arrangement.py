"""A whole house at once, from a list: what is new is added, what is said otherwise is changed, nothing is removed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.residence.models import Bed, Building, Room, Ward
from serasi.residence.operations.drawing import hold
from serasi.residence.permissions import BUILD_HOUSE
from serasi.residence.queries.arrangement import Arrangement, Key, Wanted, arrangement, standing
from serasi.residence.queries.days import day_at


class NamesWhatIsClosed(Refused):
    """A line of the list names a part of the house that has been closed."""


@operation(BUILD_HOUSE)
def arrange_house(*, unit: Unit, wanted: Sequence[Wanted], by: User, at: datetime) -> Arrangement:
    """Bring a house into line with a list; the same list again changes nothing. Raises NamesWhatIsClosed."""
    require(by, BUILD_HOUSE, on=unit)
    hold(unit)
    house = standing(unit, at)
    found = arrangement(house=house, wanted=wanted)
    if found.closed:
        line, part = found.closed[0]
        words = _("Baris %(row)d: %(name)s sudah ditutup. Hapus barisnya, atau beri nama lain.")
        raise NamesWhatIsClosed(words % {"row": line.number, "name": part})
    places = Counter(key[:-1] for parts in (house.buildings, house.wards, house.rooms, house.beds) for key in parts)

    def next_place(key: Key) -> int:
        places[key[:-1]] += 1
        return places[key[:-1]]

    buildings, wards, rooms = dict(house.buildings), dict(house.wards), dict(house.rooms)
    for key, line in found.buildings.items():
        buildings[key] = Building(id=uuid7(), unit=unit, name=line.building, position=next_place(key))
    for key, line in found.wards.items():
        wards[key] = Ward(
            id=uuid7(), unit=unit, building=buildings[key[:1]], name=line.ward, sex=line.sex or "",
            position=next_place(key),
        )  # fmt: skip
    for key, line in found.rooms.items():
        rooms[key] = Room(id=uuid7(), ward=wards[key[:2]], name=line.room, position=next_place(key))
    in_service = DateRange(day_at(unit, at), None)
    beds = [
        Bed(
            id=uuid7(), room=rooms[key[:3]], label=line.bed, properties=list(line.properties or ()),
            position=next_place(key), in_service=in_service,
        )
        for key, line in found.beds.items()
    ]  # fmt: skip
    Building.objects.bulk_create(buildings[key] for key in found.buildings)
    Ward.objects.bulk_create(wards[key] for key in found.wards)
    Room.objects.bulk_create((rooms[key] for key in found.rooms), batch_size=1_000)
    Bed.objects.bulk_create(beds, batch_size=1_000)
    for ward, line in found.other_wards.values():
        Ward.objects.filter(pk=ward.pk).update(sex=line.sex, revision=F("revision") + 1)
    for bed, line in found.other_beds.values():
        Bed.objects.filter(pk=bed.pk).update(properties=list(line.properties or ()), revision=F("revision") + 1)
    return found
