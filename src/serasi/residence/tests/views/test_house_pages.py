"""Building a house page by page: what a head of unit does once, and a carer when a bed breaks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence.models import Bed, Building, Room, Ward
from serasi.residence.tests.factories import admit, build
from serasi.residence.tests.views.test_pages import browser, moment, read, statements, words

pytestmark = pytest.mark.django_db


def send(client: Client, act: str, record: Any, /, **typed: Any) -> int:
    url = reverse(f"residence:{act}", args=[record.pk])
    assert client.get(url).status_code == 200
    return client.post(url, {"id": str(uuid7()), **typed}).status_code


def test_a_head_builds_a_house_from_nothing(world: World) -> None:
    client = browser(world.head)
    assert "Belum ada gedung" in words(read(client, reverse("residence:house", args=[world.panti.pk])))

    assert send(client, "add_building", world.panti, name="Gedung Utama") == 302
    with as_user(world.head):
        building = Building.objects.get()
    assert send(client, "add_ward", building, name="Mawar", sex="P", age_from="18", age_to="59") == 302
    with as_user(world.head):
        ward = Ward.objects.get()
    assert send(client, "add_room", ward, name="Kamar 1", beds="2") == 302
    with as_user(world.head):
        room = Room.objects.get()
    assert send(client, "add_beds", room, labels="2-4, A1", since=f"{timezone.localdate():%d/%m/%Y}") == 302

    page = words(read(client, reverse("residence:house", args=[world.panti.pk])))
    assert "Mawar Perempuan · 18–59 tahun · 5 tempat tidur" in page
    with as_user(world.head):
        assert sorted(Bed.objects.values_list("label", flat=True)) == ["1", "2", "3", "4", "A1"]


def test_a_name_that_stands_already_is_refused_with_words(world: World) -> None:
    house = build(world)
    client = browser(world.head)
    assert send(client, "add_building", world.panti, name=house.building.name) == 422
    assert send(client, "add_ward", house.building, name=house.ward.name) == 422
    assert send(client, "add_room", house.ward, name=house.room.name, beds="1") == 422
    assert send(client, "add_beds", house.room, labels="1-9999", since="01/01/2026") == 422


def test_what_is_lived_in_does_not_close_and_says_who(world: World) -> None:
    house = build(world)
    admit(world, house)
    client, today = browser(world.head), f"{timezone.localdate():%d/%m/%Y}"
    for name, record in (("close_ward", house.ward), ("close_room", house.room), ("close_bed", house.bed)):
        url = reverse(f"residence:{name}", args=[record.pk])
        refused = client.post(url, {"last_day": today})
        assert (refused.status_code, "nomor tanda 1" in refused.content.decode()) == (422, True)
    assert send(client, "close_room", house.rooms[1], last_day=today) == 302


def test_a_carer_puts_a_broken_bed_aside_and_back(world: World) -> None:
    house = build(world)
    client = browser(world.carer)
    assert send(client, "put_out_of_order", house.bed, reason="broken", **moment("since", now())) == 302
    url = reverse("residence:bed", args=[house.bed.pk])
    assert "Rusak" in words(read(client, url))
    assert client.post(reverse("residence:put_back", args=[house.bed.pk]), {"pulih": "1"}).status_code == 302
    assert "Dapat dipakai" in words(read(client, url))
    assert client.get(reverse("residence:change_bed", args=[house.bed.pk])).status_code == 403
    assert client.get(reverse("residence:add_building", args=[world.panti.pk])).status_code == 403


def test_two_who_change_a_ward_at_once_are_told(world: World) -> None:
    house = build(world)
    client = browser(world.head)
    typed = {"name": "Melati", "revision": str(house.ward.revision)}
    assert send(client, "change_ward", house.ward, **typed) == 302
    assert client.post(reverse("residence:change_ward", args=[house.ward.pk]), typed).status_code == 409


def test_the_page_of_a_house_costs_the_same_for_one_ward_and_three(world: World) -> None:
    build(world)
    client, url = browser(world.head), reverse("residence:house", args=[world.panti.pk])
    client.get(url)
    once = statements(client, url)
    build(world, name="Melati", rooms=3)
    build(world, name="Kenanga", rooms=3)
    assert statements(client, url) == once <= 15
    assert browser(world.outsider).get(url).status_code in {403, 404}
