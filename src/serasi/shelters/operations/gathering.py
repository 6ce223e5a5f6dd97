"""Opening a gathering, letting helpers in, numbers for a phone, closing with everyone accounted for."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, acting, operation, require
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Region
from serasi.shelters.models import MOST_TAG, Arrival, Gathering, Helper, TagRange
from serasi.shelters.permissions import OPEN_GATHERING, REGISTER_ARRIVAL

RANGE = 100
"""Numbers for one phone: a long evening of one person, so that there are enough without signal."""
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 6
MOST_NAMED = 20


class GatheringClosed(Refused):
    message = _("Penampungan ini sudah ditutup.")


class StillHere(Refused):
    """Someone is not accounted for; the message says who, by number."""

    def __init__(self, tags: list[int]) -> None:
        self.tags = tuple(tags)
        shown = ", ".join(str(tag) for tag in tags[:MOST_NAMED]) + (" …" if len(tags) > MOST_NAMED else "")
        super().__init__(_("%(count)d orang belum diteruskan: nomor %(tags)s.") % {"count": len(tags), "tags": shown})


class WrongCode(Refused):
    message = _("Tidak ada penampungan yang terbuka dengan kode ini.")


class NoMoreTags(Refused):
    message = _("Nomor di penampungan ini sudah habis. Buka penampungan baru.")


def hold(gathering: Gathering, *, alone: bool = False) -> Gathering:
    """The gathering as it stands, for as long as the transaction lasts; many may hold it, or one ``alone``."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended('shelters' || %s, 0))", [str(gathering.pk)])
    gathering.refresh_from_db(fields=["closed_at", "closed_by"])
    return gathering


def hold_open(gathering: Gathering) -> Gathering:
    """As `hold`. Raises GatheringClosed."""
    if not hold(gathering).is_open:
        raise GatheringClosed
    return gathering


@operation(OPEN_GATHERING, creates=Gathering)
def open_gathering(
    *,
    id: UUID,
    unit: Unit,
    kind: str,
    place: str,
    by: User,
    at: datetime,
    region: Region | None = None,
    capacity: int | None = None,
) -> Gathering:
    """From now on people may be registered here."""
    require(by, OPEN_GATHERING, on=unit)
    if unit.closed_on is not None:
        raise Refused(_("Unit ini sudah ditutup. Pilih unit lain."), field="unit")
    return Gathering.objects.create(
        id=id,
        unit=unit,
        kind=kind,
        place=place.strip(),
        region=region,
        capacity=capacity,
        join_code="".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH)),
        opened_at=at,
        opened_by=by,
    )


@operation(REGISTER_ARRIVAL)
def join_gathering(*, code: str, by: User, at: datetime) -> Gathering:
    """Let in who knows the code; they may here what their role may in their own unit. Raises WrongCode."""
    with acting(User.objects.system(), "shelters.gathering.join"):
        wanted = code.strip().upper()
        found = Gathering.objects.open().filter(join_code=wanted).select_related("unit").first() if wanted else None
    if found is None:
        raise WrongCode(field="code")
    Helper.objects.get_or_create(gathering=found, user=by, defaults={"id": uuid7(), "joined_at": at})
    return found


@operation(REGISTER_ARRIVAL, creates=TagRange)
def reserve_tags(*, id: UUID, gathering: Gathering, by: User, at: datetime) -> TagRange:
    """The next hundred numbers, for one phone. Raises NoMoreTags."""
    require(by, REGISTER_ARRIVAL, on=gathering)
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    latest = TagRange.objects.filter(gathering=gathering).order_by("-last").values_list("last", flat=True).first() or 0
    if latest + RANGE > MOST_TAG:
        raise NoMoreTags
    return TagRange.objects.create(
        id=id, gathering=gathering, first=latest + 1, last=latest + RANGE, given_to=by, given_at=at
    )


@operation(OPEN_GATHERING)
def close_gathering(*, gathering: Gathering, by: User, at: datetime) -> Gathering:
    """Everyone who came is accounted for, and nobody comes any more. Raises StillHere, GatheringClosed."""
    require(by, OPEN_GATHERING, on=gathering)
    if not hold(gathering, alone=True).is_open:
        raise GatheringClosed
    left = list(Arrival.objects.filter(gathering=gathering).here().order_by("tag").values_list("tag", flat=True))
    if left:
        raise StillHere(left)
    Gathering.objects.filter(pk=gathering.pk).update(closed_at=at, closed_by=by)
    gathering.closed_at, gathering.closed_by = at, by
    return gathering
