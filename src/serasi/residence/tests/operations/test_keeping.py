"""Belongings with two signatures, money line by line with two people, never below nothing."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.models import Belonging, Handover, MoneyLine, Stay
from serasi.residence.operations import Item, NotEnoughKept, StayIsOver, WitnessFromHere
from serasi.residence.queries import ledger_of
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def receive(world: World, stay: Stay, *items: Item, by: User | None = None, witness: User | None = None) -> Handover:
    return residence.receive_belongings(
        id=uuid7(),
        stay=stay,
        items=items,
        signed_by="Asep Suryana",
        witness=witness or world.carer,
        happened_at=ago(days=1),
        by=by or world.owner,
        at=now(),
    )


def pay(world: World, stay: Stay, kind: str, amount: int, *, witness: User | None = None) -> MoneyLine:
    return residence.write_money(
        id=uuid7(),
        stay=stay,
        kind=kind,
        amount=amount,
        note="Ongkos ke puskesmas",
        witness=witness or world.carer,
        happened_at=ago(hours=1),
        by=world.owner,
        at=now(),
    )


def end(world: World, stay: Stay) -> None:
    residence.end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(hours=2), by=world.owner, at=now())


def test_things_are_received_and_go_back_or_are_explained(world: World, house: House) -> None:
    stay = admit(world, house)
    receive(world, stay, Item("KTP"), Item("Kaos", 2), Item("Sandal"))
    with as_user(world.owner):
        card, shirts, _sandals = Belonging.objects.visible_to(world.owner)
    end(world, stay)
    residence.return_belongings(
        id=uuid7(),
        stay=stay,
        belongings=[card, shirts],
        fate="Sandal putus, dibuang dengan izinnya",
        signed_by="Asep Suryana",
        witness=world.carer,
        happened_at=ago(hours=1),
        by=world.owner,
        at=now(),
    )
    with as_user(world.owner):
        assert [(one.name, one.quantity, one.fate != "") for one in Belonging.objects.all()] == [
            ("KTP", 1, False),
            ("Kaos", 2, False),
            ("Sandal", 1, True),
        ]
        assert Belonging.objects.kept().count() == 0
    with pytest.raises(StayIsOver):
        receive(world, stay, Item("HP"))


def test_two_different_people_of_the_house_stand_for_it(world: World, house: House) -> None:
    stay = admit(world, house)
    for witness in (world.owner, world.outsider):
        with pytest.raises(WitnessFromHere) as refused:
            receive(world, stay, Item("KTP"), witness=witness)
        assert refused.value.field == "witness"
    with pytest.raises(NotAllowed):
        receive(world, stay, Item("KTP"), by=world.outsider)


def test_the_ledger_sums_up_and_a_mistake_is_undone_by_its_own_line(world: World, house: House) -> None:
    stay = admit(world, house)
    pay(world, stay, "received", 150_000)
    wrong = pay(world, stay, "spent", 51_000)
    residence.reverse_money(id=uuid7(), line=wrong, note="Salah tulis", witness=world.carer, by=world.owner, at=now())
    pay(world, stay, "spent", 15_000)
    pay(world, stay, "returned", 135_000)
    with as_user(world.owner):
        lines = ledger_of(stay=stay, reader=world.owner)
    assert [(one.line.change, one.balance, one.is_reversed) for one in lines] == [
        (150_000, 150_000, False),
        (-51_000, 99_000, True),
        (51_000, 150_000, False),
        (-15_000, 135_000, False),
        (-135_000, 0, False),
    ]
    with pytest.raises(Refused, match="sudah dibatalkan"):
        residence.reverse_money(id=uuid7(), line=wrong, note="Lagi", witness=world.carer, by=world.owner, at=now())


def test_no_more_is_spent_than_is_kept_and_what_was_spent_cannot_be_unreceived(world: World, house: House) -> None:
    stay = admit(world, house)
    received = pay(world, stay, "received", 50_000)
    with pytest.raises(NotEnoughKept) as refused:
        pay(world, stay, "spent", 50_001)
    assert refused.value.field == "amount"
    pay(world, stay, "spent", 50_000)
    with pytest.raises(NotEnoughKept):
        residence.reverse_money(id=uuid7(), line=received, note="?", witness=world.carer, by=world.owner, at=now())
    for amount in (0, -5):
        with pytest.raises(Refused, match="lebih dari nol"):
            pay(world, stay, "received", amount)


def test_the_database_itself_refuses_a_paper_that_nobody_could_sign(world: World, house: House) -> None:
    stay = admit(world, house)
    paper = receive(world, stay, Item("KTP"))
    facts = {
        "stay": stay,
        "kind": "received",
        "signed_by": "Asep",
        "happened_at": now(),
        "written_by": world.owner,
        "witness": world.carer,
        "written_at": now(),
    }
    for broken in ({"witness": world.owner}, {"signed_by": ""}, {"kind": "lent"}):
        with pytest.raises(IntegrityError), as_user(world.owner), transaction.atomic():
            Handover.objects.create(id=uuid7(), **(facts | broken))
    for broken in ({"name": ""}, {"quantity": 0}, {"fate": "Hilang"}):
        with pytest.raises(IntegrityError), as_user(world.owner), transaction.atomic():
            Belonging.objects.create(id=uuid7(), **({"received": paper, "name": "HP"} | broken))


def test_the_database_itself_refuses_what_no_ledger_may_say(world: World, house: House) -> None:
    stay = admit(world, house)
    line = pay(world, stay, "received", 10_000)
    facts = {
        "stay": stay,
        "kind": "spent",
        "change": -1,
        "note": "x",
        "happened_at": now(),
        "written_by": world.owner,
        "witness": world.carer,
        "written_at": now(),
    }
    for broken in (
        {"change": -10_001},
        {"change": 1},
        {"kind": "received", "change": -1},
        {"witness": world.owner},
        {"note": ""},
        {"change": 5_000, "reverses": line},
    ):
        with pytest.raises(IntegrityError), as_user(world.owner), transaction.atomic():
            MoneyLine.objects.create(id=uuid7(), **(facts | broken))
    for change in ({"change": 1}, {"note": "Lain"}):
        with pytest.raises(DatabaseError), as_user(world.owner), transaction.atomic():
            MoneyLine.objects.filter(pk=line.pk).update(**change)
    with pytest.raises(DatabaseError), as_user(world.owner), transaction.atomic():
        MoneyLine.objects.filter(pk=line.pk).delete()
