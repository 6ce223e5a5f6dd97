"""Lists as offices hand them over, people who stand on them, and a worker that works at once."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from serasi.access.models import User
from serasi.access.operations.work import run_work
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.entitlements.models import Delivery, Entry
from serasi.entitlements.operations import check_people, receive_delivery
from serasi.entitlements.operations.delivery import HandOver
from serasi.institutions.models import Region
from serasi.people import operations as people
from serasi.people.models import Person

KK: Final = "3175100101150001"
HEADERS: Final = ("NIK", "NO KK", "NAMA", "TGL LAHIR", "KOMPONEN PKH", "KECAMATAN", "KABUPATEN", "PROVINSI")
PLACE: Final = ("Cipayung", "Jakarta Timur", "DKI Jakarta")
BUDI: Final = ("Budi Santoso", date(1980, 6, 15))
_REGIONS: Final = (
    ("31", "DKI Jakarta", 1, None),
    ("31.75", "Kota Administrasi Jakarta Timur", 2, "31"),
    ("31.75.10", "Cipayung", 3, "31.75"),
    ("31.75.10.1001", "Cipayung", 4, "31.75.10"),
    ("31.75.09", "Ciracas", 3, "31.75"),
)


def regions() -> None:
    Region.objects.bulk_create(
        (Region(code=code, name=name, level=level, parent_id=up, edition="uji") for code, name, level, up in _REGIONS),
        ignore_conflicts=True,
    )


def nik(serial: int, born: date = BUDI[1], *, sex: str = "L") -> str:
    return f"317510{born.day + (40 if sex == 'P' else 0):02}{born.month:02}{born.year % 100:02}{serial:04}"


def csv_of(*rows: Sequence[str], headers: Sequence[str] = HEADERS, delimiter: str = ";") -> bytes:
    return "\n".join(delimiter.join(row) for row in (headers, *rows)).encode()


def row(number: str = "", kk: str = KK, *, name: str = BUDI[0], born: date = BUDI[1], component: str = "") -> list[str]:
    """A row under `HEADERS`."""
    return [number, kk, name, f"{born:%d/%m/%Y}", component, *PLACE]


def handed_over(**facts: Any) -> HandOver:
    given: dict[str, Any] = {
        "programme": "pkh",
        "period": "2026-07",
        "source": "Dinas Sosial DKI Jakarta",
        "purpose": "Memeriksa bantuan penghuni",
        "bast_number": "BAST/12/2026",
        "until": now().date() + timedelta(days=90),
    }
    return HandOver(**given | facts)


def received(
    world: World,
    content: bytes,
    *,
    by: User | None = None,
    file_name: str = "daftar.csv",
    unit: Any = None,
    **facts: Any,
) -> Delivery:
    regions()
    return receive_delivery(
        id=uuid7(),
        unit=unit or world.panti,
        given=handed_over(**facts),
        file_name=file_name,
        content=io.BytesIO(content),
        by=by or world.head,
        at=now(),
    )


def work_off(delivery: Delivery, at: datetime | None = None) -> None:
    assert delivery.loading is not None
    while run_work(work_id=delivery.loading.pk, run=uuid7(), clock=lambda: at or now()):
        pass


def loaded(world: World, content: bytes, **facts: Any) -> Delivery:
    """Received and loaded to the end."""
    delivery = received(world, content, **facts)
    work_off(delivery)
    return seen(delivery, world.head)


def seen(delivery: Delivery, by: User) -> Delivery:
    """The delivery as it now is."""
    with as_user(by):
        return Delivery.objects.select_related("unit", "loading").get(pk=delivery.pk)


def entries_of(delivery: Delivery) -> list[Entry]:
    """All of them, as only the system sees them."""
    with as_user(User.objects.system()):
        return list(Entry.objects.filter(delivery=delivery).order_by("number"))


def registered(
    world: World,
    name: str = BUDI[0],
    *,
    born: date | None = BUDI[1],
    number: str = "",
    kk: str = "",
    by: User | None = None,
    **facts: Any,
) -> Person:
    """Somebody of the register, with the numbers that are known."""
    card = people.FamilyCard(number=kk, relation="kepala_keluarga") if kk else None
    return make_person(world, name, birth_date=born, nik=number, family_card=card, by=by, **facts)


def checked(world: World, *whom: Person, by: User | None = None) -> int:
    return check_people(people=[one.pk for one in whom], purpose="Memeriksa bantuan", by=by or world.owner, at=now())
