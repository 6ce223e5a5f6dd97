"""Sukirman: two records found to be one man, and to be two after all. And pairs that nobody has looked at yet."""

from datetime import datetime, timedelta

from serasi.people.enums import AddressKind, AliasKind, IdentityState
from serasi.people.models import Person
from serasi.people.operations import Place, add_alias, change_person, merge_people, undo_merge
from serasi.start.world.persons import register
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import World

KEY = "sukirman"


def sukirman(world: World, begins: datetime) -> None:
    """Yusuf merges a man found in the market with one known from last year; the family comes: it was his brother."""
    yusuf, unit = world.users["rekan"], world.units[SENTRA]
    known = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=unit,
        by=yusuf,
        at=begins,
        full_name="Muhammad Sukirman",
        sex="L",
        birth_year_from=world.today.year - 55,
        birth_year_to=world.today.year - 53,
        identity_state=IdentityState.STATED,
        education="tamat_sd",
        religion="islam",
        marital="cerai_mati",
        kinds=["pemulung"],
        places={AddressKind.ORIGIN: Place("32.16", "Kampung Contoh Rawa")},
    )
    found = _found_in_the_market(world, "sukiman", yusuf.email, days=70, name="Moh. Sukiman")
    at = world.past(60, 11)
    merge = merge_people(
        id=world.id(KEY, at),
        kept=known,
        absorbed=found,
        take=("description",),
        by=yusuf,
        at=at,
        reason="Nama dan umur cocok, sama-sama dari Kampung Contoh Rawa, bekas luka di alis kiri.",
        kept_revision=known.revision,
        absorbed_revision=found.revision,
    )
    undone_at = world.past(41, 9, 30)
    undo_merge(
        merge=merge,
        reason="Keluarga datang membawa KK: Sukiman adalah adik Sukirman. Dua orang, kembar mirip.",
        by=world.users["supervisor"],
        at=undone_at,
    )


def merged_for_good(world: World, begins: datetime) -> None:
    """An old lady was written down twice in one week; the merge stands."""
    wulan, unit = world.users["wulan"], world.units[SENTRA]
    first = register(
        world,
        "karsinah",
        id=world.person_id("karsinah"),
        unit=unit,
        by=wulan,
        at=begins,
        full_name="Karsinah",
        sex="P",
        birth_year_from=1950,
        birth_year_to=1954,
        identity_state=IdentityState.STATED,
        kinds=["lanjut_usia_telantar"],
    )
    second = _found_in_the_market(world, "karsinah:2", wulan.email, days=116, name="Mbok Karsinah", sex="P")
    at = world.past(115, 15)
    merge_people(
        id=world.id("karsinah", at),
        kept=first,
        absorbed=second,
        take=("description",),
        by=wulan,
        at=at,
        reason="Orang yang sama, didaftarkan dua kali oleh petugas pagi dan malam.",
        kept_revision=first.revision,
        absorbed_revision=second.revision,
    )


def alike(world: World, begins: datetime) -> None:
    """Three pairs that look alike and wait for somebody to compare them."""
    gunawan, unit = world.users["gunawan"], world.units[SENTRA]
    pairs = (
        ("Suharto Wibisono", "Soeharto Wibisono", "L", 1961),
        ("Nur Khasanah", "Noer Hasanah", "P", 1987),
        ("Dedi Kurniawan", "Dedy Kurniawan", "L", 1999),
    )
    for number, (name, other, sex, year) in enumerate(pairs):
        register(
            world,
            "alike",
            id=world.person_id("alike" if number == 0 else f"alike:{number}"),
            unit=unit,
            by=gunawan,
            at=begins + timedelta(minutes=20 * number),
            full_name=name,
            sex=sex,
            birth_year_from=year - 1,
            birth_year_to=year + 1,
            identity_state=IdentityState.STATED,
            kinds=["gelandangan"],
        )
        _found_in_the_market(
            world, f"alike:{number}:2", gunawan.email, days=15 + number, name=other, sex=sex, year=year
        )


def _found_in_the_market(
    world: World, key: str, by: str, *, days: int, name: str, sex: str = "L", year: int = 0
) -> Person:
    """Someone who could not speak when registered, and says a name some days later."""
    worker, unit, at = world.users[by.removesuffix("@demo")], world.units[SENTRA], world.past(days, 19, 40)
    person = register(
        world,
        key,
        id=world.person_id(key),
        unit=unit,
        by=worker,
        at=at,
        sex=sex,
        description=f"{'Laki-laki' if sex == 'L' else 'Perempuan'}, bekas luka di alis kiri, ditemukan di Pasar Tambun",
        identity_state=IdentityState.UNKNOWN,
        no_nik_reason="identitas_belum_diketahui",
        birth_year_from=(year or world.today.year - 54) - 4,
        birth_year_to=(year or world.today.year - 54) + 4,
        places={AddressKind.FOUND: Place("32.16", "Pasar Tambun")},
        kinds=["gelandangan"],
    )
    told_at = at + timedelta(days=2)
    change_person(
        person=person,
        revision=person.revision,
        full_name=name,
        identity_state=IdentityState.STATED,
        by=worker,
        at=told_at,
    )
    add_alias(
        id=world.id(key, told_at),
        person=person,
        name=name.rsplit(maxsplit=1)[-1][:4],
        kind=AliasKind.STREET,
        by=worker,
        at=told_at,
    )
    return person
