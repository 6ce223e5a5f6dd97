"""Where an interview was held is said in words: somebody finds the village in the list of regions."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.access.permissions import may
from serasi.common.identifiers import uuid7
from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Region
from serasi.people.enums import AddressKind
from serasi.people.models import Address
from serasi.people.operations import Place, add_address
from serasi.people.permissions import EDIT
from serasi.surveys.models import Interview, Settled
from serasi.surveys.operations.interview import hold
from serasi.surveys.operations.reading import bring_back, take_out
from serasi.surveys.permissions import SETTLE


@operation(SETTLE)
def find_village(*, interview: Interview, village: Region, by: User, at: datetime) -> Interview:
    """The interview counts in this village from now on; what was answered stays as it is. The same again is the same.

    Whoever became a person of the register from it, with an address in words, lives there too.
    """
    require(by, SETTLE, on=interview.survey)
    if village.level != RegionLevel.VILLAGE:
        raise Refused(_("Pilih desa atau kelurahan, bukan wilayah yang lebih luas."), field="village")
    hold(interview)
    held = (
        Interview.objects.standing().select_related("survey__unit", "survey__edition").filter(pk=interview.pk).first()
    )
    if held is None:
        raise Refused(_("Wawancara ini sudah dibatalkan atau diganti."))
    if held.village_id == village.pk:
        return held
    if held.village_id is not None:
        raise Refused(_("Desa wawancara ini sudah diketahui."), field="village")
    take_out(held)
    Interview.objects.filter(pk=held.pk).update(village=village, village_found_by=by, village_found_at=at)
    held.village, held.village_found_by, held.village_found_at = village, by, at
    bring_back(held)
    _move_in(held, village, by=by, at=at)
    return held


def _move_in(held: Interview, village: Region, *, by: User, at: datetime) -> None:
    """People of the interview whose home is known in words alone."""
    today = held.survey.unit.day_at(at)
    people = Settled.objects.filter(interview=held).values("person")
    homes = Address.objects.filter(person__in=people, kind=AddressKind.DOMICILE, region=None, period__contains=today)
    for home in homes.select_related("person"):
        if may(by, EDIT, on=home.person):
            add_address(
                id=uuid7(),
                person=home.person,
                kind=AddressKind.DOMICILE,
                place=Place(village.pk, home.line, home.rt, home.rw),
                since=today,
                by=by,
                at=at,
            )
