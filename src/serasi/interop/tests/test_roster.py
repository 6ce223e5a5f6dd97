"""A roster from upload to people: twice, newer, after a break, cancelled, mapped anew, decided row by row."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.operations.work import run_work
from serasi.common.identifiers import uuid7
from serasi.interop.enums import RosterState
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations import (
    FaultyRowsRemain,
    NotNow,
    RosterUnreadable,
    cancel_roster,
    decide_other,
    decide_same,
    decide_skip,
    map_columns,
    save_roster,
)
from serasi.interop.operations import saving as saving_work
from serasi.interop.tests.conftest import House
from serasi.interop.tests.factories import (
    AT,
    nik,
    outcomes,
    read,
    rows_of,
    save,
    seen,
    upload,
    work_off,
    workbook,
)
from serasi.people.enums import IdentityState
from serasi.people.models import Distinction, Person, PersonKind, PersonUnit
from serasi.people.operations import NewPerson, register_people, register_person

pytestmark = pytest.mark.django_db

HEAD = ["NO", "NAMA", "NIK", "TGL LAHIR", "L/P", "JENIS PMKS"]
BUDI = [1, "Budi Santoso", nik(1), "15/06/1980", "L", "Gelandangan"]
SITI = [2, "Siti Aminah", "", "17/08/1950", "P", "LUT"]
WRONG = [3, "Agus Salim", "", "31/02/1980", "L", ""]


def people(user: User) -> list[str]:
    with acting(user, "test"):
        return sorted(Person.objects.visible_to(user).values_list("full_name", flat=True))


def known(name: str, *, by: User, unit: Unit, **facts: Any) -> Person:
    facts.setdefault("identity_state", IdentityState.STATED)
    facts.setdefault("sex", "L")
    if "nik" not in facts:
        facts.setdefault("no_nik_reason", "tidak_membawa_dokumen")
    return register_person(id=uuid7(), new=NewPerson(full_name=name, **facts), unit=unit, by=by, at=AT)


def kinds(person: Person, by: User) -> list[str]:
    with acting(by, "test"):
        return sorted(PersonKind.objects.filter(person=person).values_list("kind_id", flat=True))


def units(person: Person, by: User) -> list[str]:
    with acting(User.objects.system(), "test"):
        return sorted(PersonUnit.objects.filter(person=person, until_at=None).values_list("unit__code", flat=True))


# --- from upload to people


def test_a_roster_makes_people(house: House) -> None:
    roster = read(workbook([HEAD, BUDI, SITI]), by=house.owner, unit=house.unit)
    assert (roster.state, people(house.owner)) == (RosterState.READ, [])
    assert outcomes(roster, house.owner) == {2: "new", 3: "new"}

    roster = save(roster, by=house.owner)

    assert roster.state is RosterState.SAVED
    assert roster.saving is not None
    assert (roster.saving.done, roster.saving.total) == (2, 2)
    assert roster.saving.result == {"new": 2, "known": 0, "waiting": 0}
    assert people(house.owner) == ["Budi Santoso", "Siti Aminah"]
    assert people(house.outsider) == []


def test_the_file_itself_is_kept_no_longer_than_needed(house: House) -> None:
    roster = upload(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit)
    assert seen(roster, house.owner).content is not None

    work_off(roster.reading)

    assert seen(roster, house.owner).content is None


def test_the_same_file_twice_changes_nothing(house: House) -> None:
    content = workbook([HEAD, BUDI, SITI])
    first = save(read(content, by=house.owner, unit=house.unit), by=house.owner)
    rows = {n: (r.pk, r.outcome, r.person_id, r.saved_at) for n, r in rows_of(first, house.owner).items()}

    second = save(read(content, by=house.owner, unit=house.unit), by=house.owner)

    assert (second.pk, second.saving_id, second.revision) == (first.pk, first.saving_id, first.revision)
    assert {n: (r.pk, r.outcome, r.person_id, r.saved_at) for n, r in rows_of(second, house.owner).items()} == rows
    assert people(house.owner) == ["Budi Santoso", "Siti Aminah"]


def test_another_unit_may_hold_the_same_file(house: House) -> None:
    content = workbook([HEAD, BUDI])
    first = read(content, by=house.owner, unit=house.unit)
    second = read(content, by=house.outsider, unit=house.elsewhere)
    assert first.pk != second.pk
    assert outcomes(second, house.outsider) == {2: "new"}


def test_a_newer_file_recognises_the_rows_it_repeats(house: House) -> None:
    first = save(read(workbook([HEAD, BUDI, SITI]), by=house.owner, unit=house.unit), by=house.owner)
    before = {row.person_id for row in rows_of(first, house.owner).values()}
    shuffled = workbook(
        [
            ["JENIS PMKS", "L/P", "TANGGAL LAHIR", "NAMA LENGKAP", "NIK"],
            ["gelandangan", "L", "15/06/1980", "BUDI  SANTOSO", nik(1)],
            ["LUT", "P", "17/08/1950", "Siti Aminah", ""],
            ["", "P", "01/01/1999", "Dewi Lestari", ""],
        ]
    )

    newer = read(shuffled, by=house.colleague, unit=house.unit)

    assert outcomes(newer, house.colleague) == {2: "known", 3: "known", 4: "new"}
    newer = save(newer, by=house.colleague)
    rows = rows_of(newer, house.colleague)
    assert {rows[2].person_id, rows[3].person_id} == before
    assert people(house.owner) == ["Budi Santoso", "Dewi Lestari", "Siti Aminah"]


def test_whoever_has_the_same_nik_and_name_here_is_known_and_gains_the_kind(house: House) -> None:
    budi = known("Budi Santosa", by=house.owner, unit=house.unit, nik=nik(1))

    roster = save(read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit), by=house.owner)

    assert {n: (r.outcome, r.person_id) for n, r in rows_of(roster, house.owner).items()} == {2: ("known", budi.pk)}
    assert kinds(budi, house.owner) == ["gelandangan"]
    assert people(house.owner) == ["Budi Santosa"]


def test_two_rows_alike_in_one_file_make_one_person_and_a_question(house: House) -> None:
    content = workbook([["NAMA", "TGL LAHIR", "JK"], ["Siti Aminah", "1950", "P"], ["Sitti Aminnah", "1951", "P"]])
    roster = read(content, by=house.owner, unit=house.unit)
    assert outcomes(roster, house.owner) == {2: "new", 3: "new"}

    roster = save(roster, by=house.owner)

    assert outcomes(roster, house.owner) == {2: "new", 3: "waiting"}
    assert people(house.owner) == ["Siti Aminah"]


def test_namesakes_in_one_file_whose_numbers_differ_are_all_people(house: House) -> None:
    namesakes = [[n, "Budi Santoso", nik(n, day=n), f"{n}/6/1980", "L", ""] for n in range(1, 6)]
    roster = save(read(workbook([HEAD, *namesakes]), by=house.owner, unit=house.unit), by=house.owner)
    assert outcomes(roster, house.owner) == dict.fromkeys(range(2, 7), "new")
    assert people(house.owner) == ["Budi Santoso"] * 5


def test_a_family_card_merged_over_its_rows_is_of_all_of_them(house: House) -> None:
    kk = "3578090102100001"
    content = workbook(
        [
            ["NO KK", "NAMA", "SHDK", "JK", "TGL LAHIR"],
            ["", "Budi Santoso", "Kepala Keluarga", "L", "15/06/1980"],
            ["", "Siti Aminah", "Istri", "P", "17/08/1985"],
            ["", "Dewi Lestari", "Anak", "P", "01/01/2010"],
        ],
        merged=[(0, 2, 4, kk)],
    )
    roster = save(read(content, by=house.owner, unit=house.unit), by=house.owner)
    with acting(house.owner, "test"):
        found = {
            person.full_name: [(member.household.kk, member.relation) for member in person.memberships.all()]
            for person in Person.objects.visible_to(house.owner)
        }
    assert outcomes(roster, house.owner) == {2: "new", 3: "new", 4: "new"}
    assert found == {
        "Budi Santoso": [(kk, "kepala_keluarga")],
        "Siti Aminah": [(kk, "istri")],
        "Dewi Lestari": [(kk, "anak")],
    }


# --- the good rows, or all of them


def test_all_or_nothing_saves_nothing_while_a_row_is_faulty(house: House) -> None:
    roster = read(workbook([HEAD, BUDI, WRONG]), by=house.owner, unit=house.unit)
    with pytest.raises(FaultyRowsRemain):
        save(roster, by=house.owner, only_good=False)
    assert (seen(roster, house.owner).state, people(house.owner)) == (RosterState.READ, [])


def test_all_of_a_faultless_file_is_saved(house: House) -> None:
    roster = save(read(workbook([HEAD, BUDI, SITI]), by=house.owner, unit=house.unit), by=house.owner, only_good=False)
    assert (roster.state, people(house.owner)) == (RosterState.SAVED, ["Budi Santoso", "Siti Aminah"])


def test_the_good_rows_alone_are_saved_when_asked(house: House) -> None:
    roster = save(read(workbook([HEAD, BUDI, WRONG]), by=house.owner, unit=house.unit), by=house.owner)
    assert outcomes(roster, house.owner) == {2: "new", 3: "faulty"}
    assert people(house.owner) == ["Budi Santoso"]


# --- breaks and stops


def many(count: int) -> bytes:
    first, last = ("Ahmad", "Bagus", "Cahyo", "Darman", "Endang"), ("Wijaya", "Gultom", "Tanjung", "Latuconsina")
    rows = [
        [n, f"{first[n % 5]} {last[n % 4]}", nik(n + 1, day=n % 28 + 1), f"{n % 28 + 1}/6/1980", "L", ""]
        for n in range(count)
    ]
    return workbook([HEAD, *rows])


def test_a_worker_killed_within_a_chunk_leaves_whole_chunks_and_the_next_doubles_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_work, "CHUNK", 5)
    roster = read(many(12), by=house.owner, unit=house.unit)
    roster = save_roster(roster=roster, only_good=True, by=house.owner, at=AT)
    turns: list[int] = []

    def killed_in_the_second_chunk(**given: Any) -> dict[UUID, Person | Refused]:
        registered = register_people(**given)
        turns.append(len(registered))
        if len(turns) == 2:
            raise SystemExit
        return registered

    with monkeypatch.context() as patched:
        patched.setattr("serasi.interop.operations.saving.register_people", killed_in_the_second_chunk)
        with pytest.raises(SystemExit):
            work_off(roster.saving)

    halfway = seen(roster, house.owner)
    assert halfway.saving is not None
    assert (halfway.state, halfway.saving.done, len(people(house.owner))) == (RosterState.SAVING, 5, 5)

    work_off(halfway.saving)

    after = seen(roster, house.owner)
    assert after.saving is not None
    assert (after.state, after.saving.done, len(people(house.owner))) == (RosterState.SAVED, 12, 12)
    assert outcomes(roster, house.owner) == dict.fromkeys(range(2, 14), "new")


def test_reading_that_was_broken_off_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serasi.interop.operations.judging.CHUNK", 5)
    roster = upload(many(12), by=house.owner, unit=house.unit)
    assert roster.reading is not None
    for _ in range(3):
        run_work(work_id=roster.reading.pk, run=uuid7(), clock=lambda: AT, most_seconds=0)
    assert sorted(outcomes(roster, house.owner).values()) == [""] * 2 + ["new"] * 10

    work_off(roster.reading)

    assert outcomes(roster, house.owner) == dict.fromkeys(range(2, 14), "new")
    assert seen(roster, house.owner).state is RosterState.READ


def test_cancelled_before_saving_leaves_nothing_but_that_it_was(house: House) -> None:
    content = workbook([HEAD, BUDI])
    roster = read(content, by=house.owner, unit=house.unit)

    cancel_roster(roster=roster, by=house.owner, at=AT)

    assert seen(roster, house.owner).state is RosterState.CANCELLED
    assert rows_of(roster, house.owner) == {}
    assert read(content, by=house.owner, unit=house.unit).pk != roster.pk
    with pytest.raises(NotNow):
        save(seen(roster, house.owner), by=house.owner)


def test_saving_that_is_stopped_keeps_what_is_saved_and_goes_on_when_asked(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_work, "CHUNK", 5)
    roster = read(many(12), by=house.owner, unit=house.unit)
    roster = save_roster(roster=roster, only_good=True, by=house.owner, at=AT)
    assert roster.saving is not None
    run_work(work_id=roster.saving.pk, run=uuid7(), clock=lambda: AT, most_seconds=0)

    cancel_roster(roster=seen(roster, house.owner), by=house.owner, at=AT)
    work_off(roster.saving)

    stopped = seen(roster, house.owner)
    assert (stopped.state, len(people(house.owner))) == (RosterState.STOPPED, 5)
    resumed = save(stopped, by=house.owner)
    assert (resumed.state, len(people(house.owner))) == (RosterState.SAVED, 12)
    with pytest.raises(NotNow):
        cancel_roster(roster=resumed, by=house.owner, at=AT)


# --- columns


def test_columns_put_right_are_read_anew(house: House) -> None:
    content = workbook([["SEBUTAN", "LAHIR PADA", "JK"], ["Budi Santoso", "15/06/1980", "L"]])
    roster = read(content, by=house.owner, unit=house.unit)
    assert (roster.mapping, outcomes(roster, house.owner)) == (["", "", "sex"], {2: "skipped"})

    roster = map_columns(
        roster=roster,
        mapping=["name", "birth_date", "sex"],
        no_nik_reason="tidak_membawa_dokumen",
        revision=roster.revision,
        by=house.owner,
        at=AT,
    )
    work_off(roster.reading)
    roster = save(seen(roster, house.owner), by=house.owner)

    with acting(house.owner, "test"):
        found = Person.objects.visible_to(house.owner).values_list("full_name", "birth_date", "no_nik_reason")
        assert [(name, str(day), why) for name, day, why in found] == [
            ("Budi Santoso", "1980-06-15", "tidak_membawa_dokumen")
        ]


# --- rows that wait for a decision


@pytest.fixture
def waiting(house: House) -> tuple[RosterRow, Person]:
    """A row "Boedi Santosa" beside a Budi Santoso who is known at the same unit."""
    budi = known("Budi Santoso", by=house.colleague, unit=house.unit, birth_year_from=1980, birth_year_to=1980)
    content = workbook([["NAMA", "TGL LAHIR", "JK", "JENIS PMKS"], ["Boedi Santosa", "1980", "L", "Pengemis"]])
    roster = save(read(content, by=house.owner, unit=house.unit), by=house.owner)
    row = rows_of(roster, house.owner)[2]
    assert (row.outcome, [match["id"] for match in row.matches]) == ("waiting", [str(budi.pk)])
    assert people(house.owner) == ["Budi Santoso"]
    return row, budi


def test_a_waiting_row_is_the_same_person(house: House, waiting: tuple[RosterRow, Person]) -> None:
    row, budi = waiting
    for _ in range(2):
        decide_same(row=row, person_id=budi.pk, by=house.owner, at=AT)
    after = rows_of(row.roster, house.owner)[2]
    assert (after.outcome, after.person_id, after.decided_by_id) == ("known", budi.pk, house.owner.pk)
    assert (people(house.owner), kinds(budi, house.owner)) == (["Budi Santoso"], ["pengemis"])


def test_a_waiting_row_is_someone_else(house: House, waiting: tuple[RosterRow, Person]) -> None:
    row, budi = waiting
    for _ in range(2):
        decide_other(row=row, reason="Kakaknya.", by=house.owner, at=AT)
    after = rows_of(row.roster, house.owner)[2]
    assert (after.outcome, after.person_id) == ("new", row.pk)
    assert people(house.owner) == ["Boedi Santosa", "Budi Santoso"]
    with acting(house.owner, "test"):
        kept = Distinction.objects.values_list("person_id", "other_id", "reason")
        assert list(kept) == [(row.pk, budi.pk, "Kakaknya.")]


def test_a_waiting_row_is_left_out(house: House, waiting: tuple[RosterRow, Person]) -> None:
    row, _budi = waiting
    decide_skip(row=row, by=house.owner, at=AT)
    assert outcomes(row.roster, house.owner) == {2: "skipped"}
    assert people(house.owner) == ["Budi Santoso"]


def test_a_decision_is_not_asked_again_by_a_newer_file(house: House, waiting: tuple[RosterRow, Person]) -> None:
    row, budi = waiting
    decide_same(row=row, person_id=budi.pk, by=house.owner, at=AT)
    newer = workbook([["NAMA", "JK", "TGL LAHIR", "JENIS PMKS"], ["BOEDI SANTOSA", "L", "1980", "Pengemis"]])
    roster = read(newer, by=house.owner, unit=house.unit)
    assert {n: (r.outcome, r.person_id) for n, r in rows_of(roster, house.owner).items()} == {2: ("known", budi.pk)}


def test_someone_known_elsewhere_waits_and_is_then_known_here_too(house: House) -> None:
    budi = known("Budi Santoso", by=house.outsider, unit=house.elsewhere, nik=nik(1))
    roster = save(read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit), by=house.owner)
    row = rows_of(roster, house.owner)[2]
    assert (row.outcome, [m["is_open"] for m in row.matches], people(house.owner)) == ("waiting", [False], [])

    decide_same(row=row, person_id=budi.pk, by=house.owner, at=AT)

    assert (people(house.owner), units(budi, house.owner)) == (["Budi Santoso"], ["PANTI-A", "PANTI-B"])
    assert kinds(budi, house.owner) == ["gelandangan"]


def test_rows_are_decided_after_the_clear_ones_are_saved(house: House) -> None:
    known("Budi Santoso", by=house.owner, unit=house.unit, birth_year_from=1980, birth_year_to=1980)
    content = workbook([["NAMA", "TGL LAHIR", "JK"], ["Boedi Santosa", "1980", "L"]])
    roster = read(content, by=house.owner, unit=house.unit)
    with pytest.raises(NotNow):
        decide_skip(row=rows_of(roster, house.owner)[2], by=house.owner, at=AT)


# --- who may


def test_only_the_owner_and_who_oversees_the_unit_go_on_with_an_import(house: House) -> None:
    roster = read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit)

    def may(user: User) -> bool:
        try:
            save_roster(roster=roster, only_good=True, by=user, at=AT, queued=False)
        except (NotAllowed, RosterImport.DoesNotExist):
            return False
        return True

    everyone = ("colleague", "outsider", "officer", "administrator", "head", "owner")
    assert {name: may(getattr(house, name)) for name in everyone} == {
        "colleague": False,
        "outsider": False,
        "officer": False,
        "administrator": False,
        "head": True,
        "owner": True,
    }


def test_only_who_may_import_there_uploads(house: House) -> None:
    for user in (house.outsider, house.officer, house.administrator):
        with pytest.raises(NotAllowed):
            upload(workbook([HEAD, BUDI]), by=user, unit=house.unit)


def test_what_is_no_table_is_refused_and_leaves_nothing(house: House) -> None:
    with pytest.raises(RosterUnreadable):
        upload(b"bukan lembar kerja", by=house.owner, unit=house.unit, filename="daftar.xlsx")
    with acting(house.owner, "test"):
        assert RosterImport.objects.count() == 0


def test_the_file_lies_sealed_in_the_database_until_its_rows_are_read(house: House) -> None:
    content = b"NAMA;NIK\nBudi Santoso;\n"
    roster = upload(content, by=house.owner, unit=house.unit, filename="daftar.csv", queued=False)
    with acting(house.owner, "test"), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM interop_rosterimport WHERE id = %s", [roster.pk])
        stored = bytes(cursor.fetchone()[0])
        assert b"Budi" not in stored
        assert RosterImport.objects.get(pk=roster.pk).content == content
        cursor.execute("UPDATE interop_rosterimport SET content = %s WHERE id = %s", [content, roster.pk])
        assert RosterImport.objects.get(pk=roster.pk).content == content  # stored before the field was sealed
