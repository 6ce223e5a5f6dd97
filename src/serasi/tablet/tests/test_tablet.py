"""A tablet in the ward, a PIN of one's own, and what opens with it."""

from datetime import time, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.tests.pages import MOST_STATEMENTS, browser, statements
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.operations import Planned, Visitor
from serasi.people.models import Person
from serasi.residence.models import Stay, Ward
from serasi.residence.operations import end_stay
from serasi.residence.queries import end_of
from serasi.residence.tests.factories import admit, ago, build
from serasi.tablet import operations as tablets
from serasi.tablet.models import Pin, Tablet
from serasi.tablet.operations.pin import WAIT
from serasi.tablet.views.device import COOKIE, hash_of

pytestmark = pytest.mark.django_db

DOOR = "/tablet/masuk/"


def a_tablet(world: World, *, knows: str = "t", by: User | None = None) -> Tablet:
    return tablets.open_tablet(
        id=uuid7(), unit=world.panti, name=f"Wisma {knows}", token_hash=hash_of(knows), by=by or world.carer, at=now()
    )


def a_resident(world: World, *, code: str = "481516", name: str = "Asep Suryana") -> Stay:
    house, case = build(world, name=f"Mawar {name}"), make_case(world, person=make_person(world, name))
    stay = admit(world, house, person=case.person, case=case)
    tablets.give_pin(person=case.person, code=code, by=world.owner, at=now())
    return stay


def on_tablet(knows: str = "t") -> Client:
    client = Client()
    client.cookies[COOKIE] = knows
    return client


def knock(client: Client, stay: Stay, code: str) -> int:
    return client.post(DOOR, {"tag": stay.tag, "code": code}).status_code


def words(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()[:500]
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_someone_opens_their_own_page_and_leaves_it_for_the_next(world: World) -> None:
    a_tablet(world)
    stay, client = a_resident(world), on_tablet()
    assert "Nomor tanda" in words(client, DOOR)

    assert knock(client, stay, "481516") == 302
    page = words(client, "/saya/")
    assert "Halo, Asep Suryana" in page
    assert "Mawar Asep Suryana, Kamar 1, tempat tidur 1" in page
    assert "Rini Wulandari Manajer kasus" in page
    assert client.get("/kasus/").status_code == 403

    assert client.post("/tablet/selesai/")["Location"] == DOOR
    assert client.get("/saya/").status_code == 302
    assert "Asep" not in words(client, DOOR)


def test_the_page_goes_by_itself_when_nobody_touches_it(world: World) -> None:
    a_tablet(world)
    stay, client = a_resident(world), on_tablet()
    knock(client, stay, "481516")
    assert client.get("/saya/")["Refresh"] == f"300; url={DOOR}"
    assert client.session.get_expiry_age() <= 300


def test_a_wrong_pin_and_an_unknown_tag_are_answered_alike(world: World) -> None:
    a_tablet(world)
    stay, client = a_resident(world), on_tablet()
    wrong = client.post(DOOR, {"tag": stay.tag, "code": "111222"})
    unknown = client.post(DOOR, {"tag": "999", "code": "111222"})

    def said(response: Any) -> list[str]:
        found = BeautifulSoup(response.content, "html.parser").select("[role=alert]")
        return [" ".join(one.get_text(" ").split()) for one in found]

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert said(wrong) == said(unknown)


def test_after_five_wrong_pins_one_waits_even_with_the_right_one(world: World) -> None:
    tablet, stay = a_tablet(world), a_resident(world)
    for _ in range(5):
        assert tablets.enter(tablet=tablet, tag=stay.tag, code="111222", at=now()) is None
    assert tablets.enter(tablet=tablet, tag=stay.tag, code="481516", at=now()) is None
    later = now() + WAIT + timedelta(seconds=1)
    found = tablets.enter(tablet=tablet, tag=stay.tag, code="481516", at=later)
    assert found is not None
    assert found.full_name == "Asep Suryana"


def test_a_right_pin_forgets_the_wrong_ones(world: World) -> None:
    tablet, stay = a_tablet(world), a_resident(world)
    for _ in range(3):
        for _ in range(4):
            tablets.enter(tablet=tablet, tag=stay.tag, code="111222", at=now())
        assert tablets.enter(tablet=tablet, tag=stay.tag, code="481516", at=now()) is not None


def test_a_device_that_is_no_tablet_has_no_door(world: World) -> None:
    stay = a_resident(world)
    assert Client().get(DOOR).status_code == 404
    assert knock(on_tablet("forged"), stay, "481516") == 404
    tablet = a_tablet(world)
    assert on_tablet().get(DOOR).status_code == 200
    tablets.close_tablet(tablet=tablet, by=world.head, at=now())
    assert on_tablet().get(DOOR).status_code == 404


def test_the_tablet_of_one_house_opens_for_nobody_of_another(world: World) -> None:
    stay = a_resident(world)
    other = tablets.open_tablet(
        id=uuid7(), unit=world.other, name="Ruang tengah", token_hash=hash_of("o"), by=world.other_head, at=now()
    )
    assert tablets.enter(tablet=other, tag=stay.tag, code="481516", at=now()) is None


def test_who_moved_out_opens_nothing_any_more(world: World) -> None:
    tablet, stay = a_tablet(world), a_resident(world)
    end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(hours=1), by=world.owner, at=now())
    assert tablets.enter(tablet=tablet, tag=stay.tag, code="481516", at=now()) is None


@pytest.mark.parametrize("code", ["000000", "121212", "123456", "987654", "170855", "12345", "12345a", "１２３４５６"])
def test_a_pin_that_others_guess_is_refused(world: World, code: str) -> None:
    house = build(world)
    person = make_person(world, "Wagiman", birth_date=now().date().replace(year=1955, month=8, day=17))
    admit(world, house, person=person)
    with pytest.raises(Refused):
        tablets.give_pin(person=person, code=code, by=world.head, at=now())


def test_the_pin_is_kept_as_a_hash_and_another_one_takes_its_place(world: World) -> None:
    tablet, stay = a_tablet(world), a_resident(world)
    tablets.give_pin(person=stay.person, code="271828", by=world.owner, at=now())
    with as_user(world.owner):
        (pin,) = Pin.objects.all()
    assert "271828" not in pin.code
    assert tablets.enter(tablet=tablet, tag=stay.tag, code="481516", at=now()) is None
    assert tablets.enter(tablet=tablet, tag=stay.tag, code="271828", at=now()) is not None


def test_an_access_is_made_once_and_is_that_of_the_person_alone(world: World) -> None:
    stay = a_resident(world)
    tablets.give_pin(person=stay.person, code="271828", by=world.owner, at=now())
    with as_user(world.owner):
        person = Person.objects.select_related("user").get(pk=stay.person_id)
    assert person.user is not None
    assert not person.user.has_usable_password()
    with as_user(person.user):
        assert list(Person.objects.visible_to(person.user)) == [person]


def test_who_is_known_by_a_nickname_alone_opens_their_page_too(world: World) -> None:
    a_tablet(world)
    house = build(world)
    person = make_person(world, "", nickname="Mbah Painem")
    with as_user(world.owner):
        Person.objects.filter(pk=person.pk).update(full_name="")
        person.refresh_from_db()
    stay, client = admit(world, house, person=person), on_tablet()
    tablets.give_pin(person=person, code="481516", by=world.head, at=now())
    knock(client, stay, "481516")
    assert "Halo, Mbah Painem" in words(client, "/saya/")


def test_who_does_not_live_in_a_house_needs_no_pin(world: World) -> None:
    case = make_case(world)
    with pytest.raises(tablets.NoPlaceHere):
        tablets.give_pin(person=case.person, code="481516", by=world.owner, at=now())


def test_an_outsider_gives_no_pin_and_opens_no_tablet(world: World) -> None:
    stay = a_resident(world)
    with pytest.raises(NotAllowed):
        tablets.give_pin(person=stay.person, code="271828", by=world.outsider, at=now())
    with pytest.raises(NotAllowed):
        a_tablet(world, by=world.outsider)


def test_a_carer_makes_the_device_a_tablet_and_is_signed_out_on_it(world: World) -> None:
    client = browser(world.carer)
    sent = {"id": str(uuid7()), "unit": str(world.panti.pk), "name": "Wisma Mawar"}
    response = client.post("/tablet/baru/", sent)
    assert response["Location"] == DOOR
    assert client.get("/tablet/").status_code == 302
    assert client.get(DOOR).status_code == 200
    with as_user(world.carer):
        (tablet,) = Tablet.objects.all()
    assert tablet.token_hash == hash_of(client.cookies[COOKIE].value)

    again = browser(world.carer)
    assert "Wisma Mawar" in words(again, "/tablet/")
    assert again.post(reverse("tablet:close", args=[tablet.pk])).status_code == 302
    assert "Belum ada tablet wisma" in words(again, "/tablet/")


def test_a_social_worker_gives_the_pin_from_the_file(world: World) -> None:
    house, case = build(world), make_case(world)
    admit(world, house, person=case.person, case=case)
    client = browser(world.owner)
    here, form = (reverse(f"tablet:{name}", args=[case.pk]) for name in ("of_case", "give_pin"))
    assert "Belum punya PIN" in words(client, here)
    assert client.get(form).status_code == 200
    assert client.post(form, {"code": "481516", "again": "481517"}).status_code == 422
    assert client.post(form, {"code": "481516", "again": "481516"}).status_code == 302
    assert "Punya PIN" in words(client, here)


def test_the_database_counts_no_further_than_five(world: World) -> None:
    stay = a_resident(world)
    with as_user(world.owner), pytest.raises(IntegrityError, match="tried_at_most"), transaction.atomic():
        Pin.objects.filter(person=stay.person_id).update(wrong=6)


def test_today_stands_there_with_what_comes_next_and_who_is_expected(world: World) -> None:
    a_tablet(world)
    stay, client = a_resident(world), on_tablet()
    knock(client, stay, "481516")
    assert "Belum ada jadwal untuk hari ini" in words(client, "/saya/")
    a_day(world, stay)

    page = words(client, "/saya/")

    assert "Ibu Sari (Ibu) akan berkunjung pukul 23.59" in page
    assert "00.00–23.58 Sekolah Sekarang" in page
    assert "23.58–23.59 Tidur Berikutnya" in page
    assert "Senam" not in page


def test_the_day_of_another_is_not_ones_own(world: World) -> None:
    a_tablet(world)
    stay, other, client = a_resident(world), a_resident(world, name="Bejo"), on_tablet()
    a_day(world, other)
    knock(client, stay, "481516")
    page = words(client, "/saya/")
    assert "Ibu Sari" not in page
    assert "Sekolah" not in page


def a_day(world: World, stay: Stay) -> None:
    """School instead of gymnastics, all day long; and a mother who is expected late."""
    with as_user(world.carer):
        ward = Ward.objects.select_related("unit").get(name=f"Mawar {stay.person.full_name}")
    today = stay.unit.day_at(now())
    facts: dict[str, Any] = {"at": now()}
    done: tuple[tuple[str, time, time, dict[str, Any]], ...] = (
        ("Senam", time(0), time(0, 30), {"ward": ward, "by": world.head}),
        ("Tidur", time(23, 58), time(23, 59), {"ward": ward, "by": world.head}),
        ("Sekolah", time(0), time(23, 58), {"stay": stay, "by": world.carer}),
    )
    for what, since, until, whose in done:
        planned = Planned(what, since, until, today, is_instead="stay" in whose)
        daily.plan_activity(id=uuid7(), planned=planned, **whose, **facts)
    daily.announce_visit(
        id=uuid7(), stay=stay, visitor=Visitor("Ibu Sari", "Ibu"), kind="house",
        expected_at=end_of(stay.unit, today).replace(second=0, microsecond=0), by=world.carer, **facts,
    )  # fmt: skip


def test_ones_own_page_is_cheap(world: World) -> None:
    a_tablet(world)
    stay, client = a_resident(world), on_tablet()
    a_day(world, stay)
    knock(client, stay, "481516")
    client.get("/saya/")
    assert statements(client, "/saya/") <= MOST_STATEMENTS
