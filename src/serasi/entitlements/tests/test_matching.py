"""Nobody browses a list: an entry is read through a person one may see, while and where the list may be used."""

from datetime import date, timedelta
from typing import Any

import pytest

from serasi.access.enums import Role
from serasi.access.models import Look, User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.tests.factories import make_posting, make_user
from serasi.cases.tests.factories import World, as_user, now
from serasi.entitlements.enums import Evidence, How
from serasi.entitlements.models import Entry, Match
from serasi.entitlements.operations import decide_match
from serasi.entitlements.queries.candidates import candidates_of, on_cards_of
from serasi.entitlements.tests.factories import BUDI, KK, PLACE, checked, csv_of, loaded, nik, registered, row
from serasi.institutions.models import Institution
from serasi.people.enums import Confidentiality
from serasi.people.operations import keep_team, set_confidentiality

pytestmark = pytest.mark.django_db


def matches(world: World, by: User | None = None) -> list[tuple[str, bool]]:
    with as_user(by or world.owner):
        return [(one.how, one.is_sure) for one in Match.objects.order_by("pk")]


def entries(by: User) -> list[str]:
    with as_user(by):
        seen = [one.name for one in Entry.objects.order_by("number")]
        assert seen == [one.name for one in Entry.objects.visible_to(by).order_by("number")]
    return seen


def test_nobody_reads_an_entry_of_whom_nobody_was_looked_up(world: World) -> None:
    loaded(world, csv_of(row(nik(1)), row(nik(2), name="Siti")))

    assert [entries(user) for user in world.everyone()] == [[]] * len(world.everyone())


def test_the_same_nik_is_the_same_person_and_who_sees_the_person_reads_the_entry(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1)), row(nik(2), name="Siti")))

    assert checked(world, budi) == 1

    assert matches(world) == [(How.NIK, True)]
    assert entries(world.owner) == entries(world.colleague) == entries(world.head) == ["Budi Santoso"]
    assert entries(world.outsider) == entries(world.carer) == entries(world.psychologist) == []
    assert entries(world.administrator) == []


def test_asking_again_finds_nothing_new_and_each_asking_is_logged_with_its_purpose(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1))))

    checked(world, budi)
    checked(world, budi)

    assert matches(world) == [(How.NIK, True)]
    with as_user(User.objects.system()):
        looks = Look.objects.filter(subject_id=budi.pk, user_id=world.owner.pk, purpose="Memeriksa bantuan")
        assert looks.count() == 2


@pytest.mark.parametrize(
    ("born", "on_list", "listed_born", "expected"),
    [
        (BUDI[1], "BUDI SANTOSO", BUDI[1], [(How.NIK, True)]),
        (None, "Boedi Santosa", BUDI[1], [(How.NIK, True)]),
        (BUDI[1], "Karsih", BUDI[1], [(How.NIK, True)]),
        (BUDI[1], "Karsih", date(1971, 2, 3), [(How.NIK, False)]),
    ],
)
def test_the_same_nik_is_sure_when_name_or_birth_agree(
    world: World, born: date | None, on_list: str, listed_born: date, expected: Any
) -> None:
    budi = registered(world, born=born, number=nik(1))
    loaded(world, csv_of(row(nik(1), name=on_list, born=listed_born)))

    checked(world, budi)

    assert matches(world) == expected


@pytest.mark.parametrize(
    ("number", "born", "listed", "expected"),
    [
        ("", BUDI[1], ("BUDI SANTOSO", nik(1)), [(How.KK_NAME_BIRTH, True)]),
        ("", BUDI[1], ("BUDI SANTOSO", ""), [(How.KK_NAME_BIRTH, True)]),
        (nik(7), BUDI[1], ("BUDI SANTOSO", nik(1)), [(How.KK_NAME_BIRTH, False)]),
        ("", None, ("BUDI SANTOSO", nik(1)), [(How.KK_NAME_BIRTH, False)]),
        ("", BUDI[1], ("Siti Rahmawati", nik(1)), []),
        ("", date(1981, 1, 1), ("BUDI SANTOSO", nik(1)), []),
    ],
)
def test_without_the_same_nik_card_name_and_birth_must_all_agree(
    world: World, number: str, born: date | None, listed: tuple[str, str], expected: Any
) -> None:
    budi = registered(world, born=born, number=number, kk=KK)
    on_list, listed_number = listed
    loaded(world, csv_of(row(listed_number, name=on_list)))

    checked(world, budi)

    assert matches(world) == expected


def test_of_a_list_only_what_fits_comes_back(world: World) -> None:
    budi = registered(world, number=nik(1), kk=KK)
    loaded(
        world, csv_of(row(nik(1)), row(nik(2), name="Siti", born=date(1990, 1, 1)), row(nik(3), kk="3175100101159999"))
    )

    with as_user(world.owner):
        assert [one.name for one in candidates_of([budi.pk], purpose="x")] == ["Budi Santoso"]
    with as_user(world.outsider):
        assert candidates_of([budi.pk], purpose="x") == []
    with as_user(world.carer):
        assert candidates_of([budi.pk], purpose="x") == []


def test_nobody_asks_about_people_they_may_not_see(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1))))

    for user in (world.outsider, world.carer, world.administrator):
        with pytest.raises(NotAllowed):
            checked(world, budi, by=user)


def test_a_sealed_person_is_asked_about_by_the_team_alone(world: World) -> None:
    budi = registered(world, number=nik(1))
    keep_team(person=budi, members=[world.owner], by=world.owner, at=now())
    set_confidentiality(person=budi, confidentiality=Confidentiality.SEALED, by=world.owner, at=now())
    loaded(world, csv_of(row(nik(1))))

    with pytest.raises(NotAllowed):
        checked(world, budi, by=world.colleague)
    checked(world, budi)

    assert entries(world.owner) == ["Budi Santoso"]
    assert entries(world.colleague) == entries(world.head) == []


def test_a_list_is_used_only_by_the_unit_that_was_given_it_and_those_below(world: World) -> None:
    budi = registered(world, number=nik(1), by=world.outsider, unit=world.other)
    loaded(world, csv_of(row(nik(1))))

    checked(world, budi, by=world.outsider)

    assert entries(world.outsider) == []
    loaded(world, csv_of(row(nik(1)), row(nik(5))), unit=world.dinas, by=world.officer)
    checked(world, budi, by=world.outsider)
    assert entries(world.outsider) == ["Budi Santoso"]


def test_after_the_last_day_nobody_reads_the_list_even_before_it_is_deleted(world: World) -> None:
    budi = registered(world, number=nik(1))
    delivery = loaded(world, csv_of(row(nik(1))))
    checked(world, budi)

    with acting(User.objects.system(), "test"):
        delivery.usable_until = world.panti.day_at(now()) - timedelta(days=1)
        delivery.save(update_fields=["usable_until"])

    assert entries(world.owner) == []


def test_a_field_assistant_reads_only_of_people_in_their_care_and_of_the_district_of_their_unit(world: World) -> None:
    loaded(world, csv_of(row(nik(1)), [*row(nik(2), name="Siti Aminah")[:5], "Ciracas", *PLACE[1:]]))
    assistant = make_user("Pendamping Tono", email="tono@serasi.test")
    make_posting(assistant, Role.FIELD_ASSISTANT, world.panti)
    budi = registered(world, number=nik(1))
    siti = registered(world, "Siti Aminah", number=nik(2))
    with pytest.raises(NotAllowed):
        checked(world, budi, by=assistant.refresh_scope())
    for person in (budi, siti):
        keep_team(person=person, members=[assistant], by=world.owner, at=now())

    checked(world, budi, siti, by=assistant.refresh_scope())
    assert entries(assistant) == []
    with acting(User.objects.system(), "test"):
        Institution.objects.update_or_create(unit=world.panti, defaults={"region_id": "31.75.10.1001"})
    checked(world, budi, siti, by=assistant)

    assert entries(assistant) == ["Budi Santoso"]


def test_who_says_that_a_row_is_somebody_else_no_longer_reads_it_and_it_stays_so_on_the_next_list(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1))), period="2026-04")
    checked(world, budi)
    with as_user(world.owner):
        match = Match.objects.select_related("person").get()
    with pytest.raises(Refused, match="alasan"):
        decide_match(match=match, is_right=False, reason=" ", by=world.owner, at=now())
    with pytest.raises(NotAllowed):
        decide_match(match=match, is_right=False, reason="Bukan", by=world.carer, at=now())

    decide_match(match=match, is_right=False, reason="NIK-nya salah ketik", by=world.owner, at=now())

    assert entries(world.owner) == []
    loaded(world, csv_of(row(nik(1))) + b"\n", period="2026-07")
    checked(world, budi)
    with as_user(world.owner):
        assert [one.is_right for one in Match.objects.all()] == [False]


def test_a_doubtful_row_counts_once_somebody_has_confirmed_it(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1), name="Karsih", born=date(1971, 2, 3))))
    checked(world, budi)
    with as_user(world.owner):
        match = Match.objects.select_related("person").get()
        assert match.evidence == [Evidence.NIK_SAME, Evidence.NAME_DIFFERS, Evidence.BIRTH_DIFFERS]
        assert not Match.objects.standing().exists()

    decide_match(match=match, is_right=True, reason="", by=world.colleague, at=now())

    with as_user(world.owner):
        assert Match.objects.standing().count() == 1


def test_the_family_card_tells_how_many_others_without_their_names(world: World) -> None:
    budi = registered(world, number=nik(1), kk=KK)
    loaded(
        world,
        csv_of(
            row(nik(1)),
            row(nik(2), name="Siti", born=date(1990, 1, 1), component="SD"),
            row(nik(3), name="Tono", born=date(1991, 1, 1), component="SD"),
            row(nik(4), kk="3175100101159999", name="Lain", born=date(1991, 1, 1), component="SMP"),
        ),
    )
    checked(world, budi)

    with as_user(world.owner):
        assert [(one.component, one.members) for one in on_cards_of([budi.pk])] == [("SD", 2)]
    with as_user(world.outsider):
        assert on_cards_of([budi.pk]) == []
