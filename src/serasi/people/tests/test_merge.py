"""Merging loses nothing, and undoing restores exactly."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.enums import Role
from serasi.access.operations import NotAllowed, Refused
from serasi.common.identifiers import uuid7
from serasi.people.models import Merge, Person
from serasi.people.operations import (
    FamilyCard,
    NewerMergeFirst,
    StalePage,
    add_address,
    add_alias,
    assign_kind,
    change_person,
    join_household,
    keep_apart,
    keep_team,
    link_to_unit,
    merge_people,
    undo_merge,
)
from serasi.people.operations.merge import CHOOSABLE
from serasi.people.operations.registration import Place
from serasi.people.tests.factories import AT, TODAY, House, later, make_person, make_user
from serasi.people.tests.test_visibility import sight_of

TABLES = [
    "people_person",
    "people_alias",
    "people_address",
    "people_householdmember",
    "people_relationship",
    "people_personkind",
    "people_personunit",
    "people_personteam",
    "people_consent",
    "people_distinction",
]


def everything() -> dict[str, list[str]]:
    """All rows of all tables about people, as the database holds them, without the counters of revisions."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('serasi.scope', 'system', true)")
        for table in TABLES:
            cursor.execute(f"SELECT (to_jsonb(t) - 'revision')::text FROM {table} t ORDER BY id")  # noqa: S608
            found[table] = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT set_config('serasi.scope', '', true)")
    return found


def ids() -> dict[str, set[str]]:
    return {table: {row.split('"id": "')[1][:36] for row in rows} for table, rows in everything().items()}


facts = st.fixed_dictionaries(
    {},
    optional={
        "nickname": st.sampled_from(["Kancil", "Tompel"]),
        "mother_name": st.sampled_from(["Sulastri", "Sulasmi"]),
        "phone": st.sampled_from(["+6281234567890", "+6281111111111"]),
        "birth_date": st.sampled_from([date(1990, 5, 15), date(1989, 1, 1)]),
        "nik": st.sampled_from(["3173041505900001", "3173041505900002"]),
    },
)
parts = st.lists(
    st.sampled_from(["alias", "domicile", "origin", "gelandangan", "pengemis", "household", "kedoya", "team"]),
    unique=True,
    max_size=6,
)


def put(person: Person, wanted: list[str], house: House, worker: Any) -> None:
    for part in wanted:
        made: dict[str, Any] = {"id": uuid7(), "person": person, "by": worker, "at": AT}
        match part:
            case "alias":
                add_alias(name="Si Hitam", kind="street", **made)
            case "domicile" | "origin":
                add_address(kind=part, place=Place(line="Jl. Satu"), since=TODAY, **made)
            case "gelandangan" | "pengemis":
                assign_kind(kind=part, since=TODAY, **made)
            case "household":
                join_household(card=FamilyCard("3173041505120003", "anak"), since=TODAY, **made)
            case "kedoya":
                link_to_unit(unit=house.kedoya, **made)
            case "team":
                keep_team(person=person, members=[house.student], by=worker, at=AT)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kept_facts=facts,
    other_facts=facts,
    kept_parts=parts,
    other_parts=parts,
    take=st.sets(st.sampled_from(sorted(CHOOSABLE))),
)
def test_a_merge_loses_nothing_and_its_undo_restores_exactly(  # noqa: PLR0917
    house: House,
    kept_facts: dict[str, Any],
    other_facts: dict[str, Any],
    kept_parts: list[str],
    other_parts: list[str],
    take: set[str],
) -> None:
    worker = house.owner
    kept = make_person(
        f"Wak {uuid7().hex[-12:]}",
        by=worker,
        unit=house.cipayung,
        not_same_as=_Everyone(),
        distinct_reason="uji",
        **kept_facts,
    )
    other = make_person(
        f"Yus {uuid7().hex[-12:]}",
        by=worker,
        unit=house.cipayung,
        not_same_as=_Everyone(),
        distinct_reason="uji",
        **other_facts,
    )
    put(kept, kept_parts, house, worker)
    put(other, other_parts, house, worker)
    before, ids_before = everything(), ids()
    merge = merge_people(
        id=uuid7(),
        kept=kept,
        absorbed=other,
        take=tuple(sorted(take)),
        reason="uji",
        kept_revision=kept.revision,
        absorbed_revision=other.revision,
        by=worker,
        at=AT,
    )
    assert ids() == ids_before
    with sight_of(worker):
        assert Person.objects.get(pk=other.pk).merged_into_id == kept.pk
    undo_merge(merge=merge, reason="keliru", by=worker, at=later())
    assert everything() == before


class _Everyone(list):  # type: ignore[type-arg]
    """Decided: nobody who looks alike is the same."""

    def __contains__(self, _pk: object) -> bool:
        return True


def merged(kept: Person, absorbed: Person, by: Any, **more: Any) -> Merge:
    return merge_people(
        id=uuid7(),
        kept=kept,
        absorbed=absorbed,
        reason="orang yang sama",
        kept_revision=kept.revision,
        absorbed_revision=absorbed.revision,
        by=by,
        at=more.pop("at", AT),
        **more,
    )


def test_chains_of_merges_are_flat_and_come_apart_from_the_newest(house: House) -> None:
    a, b, c = house.person("Budi Satu"), house.person("Joko Dua"), house.person("Slamet Tiga")
    start = everything()
    first = merged(b, a, house.owner)
    second = merged(c, b, house.owner, at=later())
    with sight_of(house.owner):
        assert {p.full_name: p.merged_into_id for p in Person.objects.all()} == {
            "Budi Satu": c.pk,
            "Joko Dua": c.pk,
            "Slamet Tiga": None,
        }
    with pytest.raises(NewerMergeFirst):
        undo_merge(merge=first, reason="keliru", by=house.owner, at=later(2))
    undo_merge(merge=second, reason="keliru", by=house.owner, at=later(2))
    undo_merge(merge=first, reason="keliru", by=house.owner, at=later(3))
    assert everything() == start


def test_what_was_changed_after_a_merge_is_not_overwritten_by_its_undo(house: House) -> None:
    kept, other = house.person("Budi Satu"), house.person("Joko Dua", phone="+6281234567890", mother_name="Sulastri")
    merge = merged(kept, other, house.owner, take=("phone", "mother_name"))
    change_person(person=kept, revision=kept.revision, phone="+6289999999999", by=house.owner, at=later())
    undo_merge(merge=merge, reason="keliru", by=house.owner, at=later(2))
    with sight_of(house.owner):
        stored = Person.objects.get(pk=kept.pk)
    assert (stored.phone, stored.mother_name) == ("+6289999999999", "")


def test_rows_that_the_worker_cannot_see_move_too(house: House) -> None:
    kept = house.person("Budi Satu")
    other = house.person("Joko Dua")
    link_to_unit(id=uuid7(), person=other, unit=house.kedoya, by=house.owner, at=AT)
    merged(kept, other, house.owner)
    with sight_of(house.outsider):
        assert list(Person.objects.visible_to(house.outsider).not_merged().values_list("full_name", flat=True)) == [
            "Budi Satu"
        ]


def test_a_merge_needs_both_records_a_reason_and_the_revisions_that_were_shown(house: House) -> None:
    kept, other = house.person("Budi Satu"), house.person("Joko Dua")
    theirs = house.person("Slamet Tiga", by=house.outsider, unit=house.kedoya)
    with pytest.raises(NotAllowed):
        merged(kept, theirs, house.owner)
    with pytest.raises(Refused):
        merged(kept, kept, house.owner)
    with pytest.raises(Refused):
        merged(kept, other, house.owner, take=("confidentiality",))
    change_person(person=other, revision=1, nickname="Kancil", by=house.owner, at=AT)
    other.revision = 1
    with pytest.raises(StalePage):
        merged(kept, other, house.owner)
    other.revision = 2
    keep_team(person=other, members=[house.owner], by=house.owner, at=AT)
    merge = merged(kept, other, house.owner)
    again = undo_merge(merge=merge, reason="keliru", by=house.owner, at=later())
    assert undo_merge(merge=merge, reason="lagi", by=house.owner, at=later(2)).undone_at == again.undone_at


def test_two_who_are_kept_apart_are_remembered(house: House) -> None:
    head = make_user("Kepala", (Role.HEAD, house.cipayung))
    one, two = house.person("Budi Satu"), house.person("Joko Dua")
    keep_apart(id=uuid7(), person=one, other=two, reason="kembar", by=head, at=AT)
    with sight_of(house.owner):
        assert one.distinctions.count() == 1


def test_a_moved_period_that_would_clash_stays_and_comes_back(house: House) -> None:
    kept, other = house.person("Budi Satu"), house.person("Joko Dua")
    for person in (kept, other):
        assign_kind(id=uuid7(), person=person, kind="gelandangan", since=TODAY, by=house.owner, at=AT)
    assign_kind(id=uuid7(), person=other, kind="pengemis", since=TODAY - timedelta(days=9), by=house.owner, at=AT)
    merge = merged(kept, other, house.owner)
    with sight_of(house.owner):
        assert sorted(kept.kinds.values_list("kind_id", flat=True)) == ["gelandangan", "pengemis"]
        assert list(other.kinds.values_list("kind_id", flat=True)) == ["gelandangan"]
    assert "people.personkind.person" in merge.moved
