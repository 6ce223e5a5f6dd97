"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.cases.tests.factories import World, now
from serasi.common.identifiers import uuid7
from serasi.entitlements.models import BridgedRegion, Delivery, Entry, Match, Remark
from serasi.entitlements.tests.factories import checked, csv_of, loaded, nik, registered, row

pytestmark = pytest.mark.django_db


def breaks(constraint: str, write: Any) -> None:
    with (
        acting(User.objects.system(), "test"),
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        write()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("entitlements_period_is_a_month", {"period": "2026-13"}),
        ("entitlements_delivery_says_whence_and_why", {"purpose": ""}),
        ("entitlements_withdrawal_is_whole", {"withdrawn_at": now()}),
        ("entitlements_rows_add_up", {"rows_taken": 9}),
    ],
)
def test_a_delivery_that_cannot_be(world: World, constraint: str, changes: dict[str, Any]) -> None:
    delivery = loaded(world, csv_of(row(nik(1))))

    breaks(constraint, lambda: Delivery.objects.filter(pk=delivery.pk).update(**changes))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("entitlements_desil_is_a_tenth", {"desil": 11}),
        ("entitlements_entry_has_a_name", {"name": ""}),
        ("entitlements_entry_sex_is_known", {"sex": "Q"}),
        ("entitlements_entry_numbers_are_whole", {"nik_hash": None}),
        ("entitlements_entry_has_a_number", {"nik": None, "nik_hash": None, "kk": None, "kk_hash": None}),
    ],
)
def test_an_entry_that_cannot_be(world: World, constraint: str, changes: dict[str, Any]) -> None:
    loaded(world, csv_of(row(nik(1))))

    breaks(constraint, lambda: Entry.objects.update(**changes))


def test_a_row_stands_once_in_a_list(world: World) -> None:
    loaded(world, csv_of(row(nik(1)), row(nik(2))))

    breaks("entitlements_entry_stands_once", lambda: Entry.objects.update(number=2))


def test_the_same_file_stands_once_for_a_unit(world: World) -> None:
    first = loaded(world, csv_of(row(nik(1))))
    second = loaded(world, csv_of(row(nik(2))))

    breaks(
        "entitlements_a_unit_takes_a_list_once",
        lambda: Delivery.objects.filter(pk=second.pk).update(file_hash=first.file_hash),
    )


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("entitlements_decision_is_whole", {"is_right": True}),
        ("entitlements_wrong_match_has_a_reason", {"is_right": False, "decided_at": now()}),
        ("entitlements_match_how_is_known", {"how": "ramalan"}),
    ],
)
def test_a_match_that_cannot_be(world: World, constraint: str, changes: dict[str, Any]) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1))))
    checked(world, budi)
    if "decided_at" in changes:
        changes = changes | {"decided_by": world.owner}

    breaks(constraint, lambda: Match.objects.update(**changes))


def test_an_entry_is_a_person_once(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1))))
    checked(world, budi)

    def again() -> None:
        match = Match.objects.get()
        match.pk = uuid7()
        match.save(force_insert=True)

    breaks("entitlements_match_stands_once", again)


def test_a_remark_is_of_a_row_and_a_code_of_bps_has_only_digits(world: World) -> None:
    loaded(world, csv_of(row("123")))

    breaks("entitlements_remark_is_of_a_row", lambda: Remark.objects.update(number=0))
    breaks("entitlements_bps_code_is_digits", lambda: BridgedRegion.objects.create(code="31.7", region_id="31"))
