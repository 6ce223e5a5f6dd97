"""After somebody is in: steps of admission, belongings and money, moving to another house, being gone, dying."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import User
from serasi.access.tests.pages import browser, moment, read, statements, words
from serasi.cases.queries.tasks import due_for
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.enums import Sex
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.models import Belonging, Movement, Reservation, Stay
from serasi.residence.operations.stay import StillLivesHere
from serasi.residence.reference import orientation
from serasi.residence.tests.factories import admit, ago, build
from serasi.residence.tests.views.test_pages import out

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 15


def page_of(stay: Stay, name: str = "stay") -> str:
    return reverse(f"residence:{name}", args=[stay.pk])


def due(user: User, kind: str = "") -> list[tuple[str, str]]:
    with as_user(user):
        return [(one.kind, one.text) for one in due_for(user, timezone.localdate(), kind=kind) if one.record_id]


def warnings(page: BeautifulSoup) -> list[str]:
    return [words(notice) for notice in page.select("main .notice") if not notice.find_parent(id="messages")]


def test_admission_is_quick_and_says_what_is_left_until_it_is_done(world: World) -> None:
    stay = admit(world, build(world), happened_at=ago(hours=3))
    carer = browser(world.carer)
    (left,) = warnings(read(carer, page_of(stay)))
    assert left == f"Belum: Skrining , Barang , Orientasi (0 dari {len(orientation())})"
    assert sorted(due(world.carer)) == [("belongings", "#1"), ("orientation", "#1 rumah"), ("screening", "#1")]
    assert due(world.outsider) == []

    asked = {"id": str(uuid7()), "q_batuk": "no", "q_demam": "no"}
    assert carer.post(page_of(stay, "screen"), asked).status_code == 302
    with as_user(world.carer):
        codes = [step.code for step in orientation()]
    done = {"codes": codes, **moment("happened_at", now())}
    assert carer.post(page_of(stay, "orient"), done).status_code == 302
    handed = {"id": str(uuid7()), "items": "", "signed_by": "Asep", "witness": str(world.owner.pk)}
    assert carer.post(page_of(stay, "receive"), {**handed, **moment("happened_at", now())}).status_code == 302

    assert warnings(read(carer, page_of(stay))) == []
    assert due(world.carer) == []
    assert "Tidak membawa barang." in words(read(carer, page_of(stay, "kept")))


def test_a_yes_is_seen_by_who_screens_until_somebody_who_knows_has_looked(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    carer = browser(world.carer)
    carer.post(page_of(stay, "screen"), {"id": str(uuid7()), "q_batuk": "yes"})
    assert any("belum diperiksa" in line for line in warnings(read(browser(world.psychologist), page_of(stay))))
    assert not any("gejala" in line for line in warnings(read(browser(world.officer), page_of(stay))))
    assert due(world.psychologist, "finding") == [("finding", "#1")]
    asks = words(read(carer, page_of(stay, "screen")))
    assert "Batuk dua minggu atau lebih" in asks
    assert "puskesmas" in asks
    apart = house.beds[2]
    residence.change_bed(
        bed=apart, label="1", properties=["isolation"], revision=apart.revision, by=world.head, at=now()
    )
    suggested = read(carer, page_of(stay, "move")).select("input[name=place]")
    assert [one["value"] for one in suggested] == [f"bed:{apart.pk}", "other"]
    empty = carer.post(page_of(stay, "screen"), {"finding": ""})
    assert empty.status_code == 422
    assert carer.post(page_of(stay, "screen"), {"finding": "TCM negatif"}).status_code == 302
    assert due(world.psychologist, "finding") == []


def test_belongings_are_typed_as_people_write_them_and_printed_twice(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Asep Suryana"))
    client = browser(world.owner)
    typed = {
        "id": str(uuid7()),
        "items": "2 kaos\n- KTP\n\n1 buah HP Samsung, layar retak",
        "signed_by": "Asep Suryana",
        "witness": str(world.carer.pk),
        **moment("happened_at", now()),
    }
    first, again = (client.post(page_of(stay, "receive"), typed) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    with as_user(world.owner):
        things = list(Belonging.objects.select_related("received"))
    assert [(one.quantity, one.name) for one in things] == [(2, "kaos"), (1, "KTP"), (1, "HP Samsung, layar retak")]
    paper = words(read(client, reverse("residence:paper", args=[stay.pk, things[0].received_id])))
    assert (paper.count("HP Samsung, layar retak"), paper.count("Siti Pengasuh")) == (2, 2)

    residence.end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(minutes=5), by=world.owner, at=now())
    assert "belum dikembalikan" in warnings(read(client, page_of(stay)))[0]
    assert due(world.carer, "leftover") == [("leftover", "#1")]
    form = read(client, page_of(stay, "give_back"))
    assert len(form.select("input[name=belongings][checked]")) == 3
    back = {
        "id": str(uuid7()),
        "belongings": [str(one.pk) for one in things[:2]],
        "fate": "Dijual atas permintaannya",
        "signed_by": "Ibunya",
        "witness": str(world.carer.pk),
        **moment("happened_at", now()),
    }
    assert client.post(page_of(stay, "give_back"), back).status_code == 302
    assert warnings(read(client, page_of(stay))) == []
    note = words(read(client, page_of(stay, "handed_over")))
    for part in ("Pulang ke keluarga", "2 kaos: dikembalikan", "Dijual atas permintaannya", "Sisa uang titipan: Rp0"):
        assert part in note


def test_money_is_written_with_a_witness_and_never_below_nothing(world: World) -> None:
    stay = admit(world, build(world))
    client = browser(world.carer)

    def write(**typed: Any) -> Any:
        whole = {"id": str(uuid7()), "note": "Dari keluarga", "witness": str(world.owner.pk), **typed}
        return client.post(page_of(stay, "money"), {**whole, **moment("happened_at", now())})

    assert write(kind="received", amount="150.000").status_code == 302
    for typed, field in (
        ({"kind": "spent", "amount": "150.001"}, "amount"),
        ({"kind": "spent", "amount": "0"}, "amount"),
        ({"kind": "given", "amount": "5"}, "kind"),
        ({"kind": "spent", "amount": "5", "witness": str(world.carer.pk)}, "witness"),
        ({"kind": "spent", "amount": "5", "witness": "\x00"}, "witness"),
        ({"kind": "spent", "amount": "5", "note": ""}, "note"),
    ):
        refused = write(**typed)
        assert refused.status_code == 422
        assert BeautifulSoup(refused.content, "html.parser").select(f"#id_{field}_error, #id_{field}_group .error"), (
            field
        )
    ledger = words(read(client, page_of(stay, "kept")))
    assert "Rp150.000" in ledger
    assert "saksi Rini Wulandari" in ledger


def test_needs_that_are_ticked_suggest_other_beds_with_script_and_without(world: World) -> None:
    house, case = build(world), make_case(world)
    with_wheels = house.beds[2]
    residence.change_bed(
        bed=with_wheels, label="1", properties=["wheelchair"], revision=with_wheels.revision, by=world.head, at=now()
    )
    client, url = browser(world.owner), reverse("residence:admit", args=[case.pk])
    assert read(client, url).select_one("input[name=place][checked]")["value"] != f"bed:{with_wheels.pk}"  # type: ignore[index]
    for headers, more in (({}, {"suggest": "1"}), ({"HX-Request": "true"}, {})):
        typed = {"id": str(uuid7()), "needs": ["wheelchair"], "purpose": "Pemulihan", "place": "other", **more}
        again = client.post(url, typed, headers=headers)
        page = BeautifulSoup(again.content, "html.parser")
        assert again.status_code == 200
        assert [one["value"] for one in page.select("input[name=place]")] == [f"bed:{with_wheels.pk}", "other"]
        assert page.select_one("input[name=place][checked]")["value"] == f"bed:{with_wheels.pk}"  # type: ignore[index]
        assert page.select_one("input[name=purpose]")["value"] == "Pemulihan"  # type: ignore[index]
    with as_user(world.owner):
        assert Stay.objects.count() == 0


def test_two_things_of_the_present_minute_are_both_written(world: World) -> None:
    stay = admit(world, build(world), happened_at=ago(days=1))
    client = browser(world.carer)
    minute = timezone.localtime(now())
    typed = {"happened_at_day": f"{minute:%d/%m/%Y}", "happened_at_time": f"{minute:%H.%M}"}
    went = client.post(page_of(stay, "leave"), {"id": str(uuid7()), "bed": "keep", **typed})
    minute = timezone.localtime(now())
    typed = {"happened_at_day": f"{minute:%d/%m/%Y}", "happened_at_time": f"{minute:%H.%M}"}
    back = client.post(page_of(stay, "come_back"), {"id": str(uuid7()), "place": "waiting", **typed})
    assert (went.status_code, back.status_code) == (302, 302)
    with as_user(world.owner):
        last = Movement.objects.order_by("-happened_at").first()
        assert last is not None
    corrected = browser(world.owner).post(
        reverse("residence:correct", args=[stay.pk, last.pk]),
        {
            "id": str(uuid7()),
            "account": "Naik ojek",
            "reason": "Kurang keterangan",
            **moment("happened_at", last.happened_at),
        },
    )
    assert corrected.status_code == 302
    with as_user(world.owner):
        assert Movement.objects.in_force().get(kind="returned").happened_at == last.happened_at


def test_who_comes_again_is_known_to_have_lived_here(world: World) -> None:
    house, case = build(world), make_case(world)
    first = admit(world, house, person=case.person, case=case, happened_at=ago(days=20))
    residence.end_stay(id=uuid7(), stay=first, ending="family", happened_at=ago(days=10), by=world.owner, at=now())
    client = browser(world.owner)
    assert f"Pernah tinggal di {world.panti.name}" in words(read(client, reverse("residence:admit", args=[case.pk])))
    second = admit(world, house, person=case.person, case=case, happened_at=ago(days=1))
    assert second.came_from == first
    page = words(read(client, page_of(second)))
    assert "Pernah tinggal Di sini" in page
    assert "Masuk kembali ke sini" in page
    third = make_case(world)
    assert admit(world, house, person=third.person, bed=house.beds[1]).came_from is None


def test_the_next_home_of_the_chain_stands_first_and_its_reservation_is_its_yes(world: World) -> None:
    here = build(world, grade="severe")
    there = build(world, unit=world.other, grade="medium")
    case = make_case(world)
    stay = admit(world, here, person=case.person, case=case)
    client = browser(world.owner)
    choose = read(client, page_of(stay, "transfer"))
    (home,) = choose.select(".tasks li")
    assert words(home) == f"{world.other.name} Jenjang berikutnya: Sedang Berikutnya"
    url = f"{page_of(stay, 'transfer')}?ke={world.other.pk}"
    assert "belum menyatakan menerima" in words(read(client, url))

    with as_user(world.outsider):
        people.recognise(
            id=uuid7(), person_id=case.person_id, unit=world.other, reason="Rujukan", by=world.outsider, at=now()
        )
        known_there = Person.objects.get(pk=case.person_id)
    theirs = make_case(world, by=world.outsider, unit=world.other, person=known_there)
    receiver = browser(world.outsider)
    today = timezone.localdate()
    typed = {
        "id": str(uuid7()),
        "first_day": f"{today:%d/%m/%Y}",
        "last_day": f"{today + timedelta(days=1):%d/%m/%Y}",
        "bed": f"bed:{there.bed.pk}",
    }
    assert receiver.post(reverse("residence:reserve", args=[theirs.pk]), typed).status_code == 302
    expected = words(read(receiver, reverse("residence:expected", args=[world.other.pk])))
    assert "Hari ini" in expected
    assert "Mawar, Kamar 1, tempat tidur 1" in expected

    handed = {
        "id": str(uuid7()),
        "purpose": "Rawat jalan",
        "exit_plan": "Keluarga",
        **moment("happened_at", ago(minutes=1)),
    }
    assert client.post(url, handed).status_code == 302
    with as_user(world.outsider):
        moved = Stay.objects.get(unit=world.other)
        assert moved.came_from_id == stay.pk
    there_now = words(read(receiver, page_of(moved)))
    assert f"Datang dari {world.panti.name}" in there_now or "Datang dari Unit lain dalam Serasi" in there_now
    assert "Tidak ada yang ditunggu" in words(read(receiver, reverse("residence:expected", args=[world.other.pk])))


def test_a_reservation_is_called_off_with_a_reason(world: World) -> None:
    build(world)
    case = make_case(world)
    client = browser(world.owner)
    today = timezone.localdate()
    url = reverse("residence:reserve", args=[case.pk])
    for broken in (
        {"first_day": "32/13/2026"},
        {"bed": "bed:\x00"},
        {"last_day": f"{today - timedelta(days=3):%d/%m/%Y}"},
    ):
        typed = {"id": str(uuid7()), "first_day": f"{today:%d/%m/%Y}", "last_day": f"{today:%d/%m/%Y}", **broken}
        assert client.post(url, typed).status_code == 422, broken
    typed = {"id": str(uuid7()), "first_day": f"{today:%d/%m/%Y}", "last_day": f"{today:%d/%m/%Y}"}
    assert client.post(url, typed).status_code == 302
    with as_user(world.owner):
        reservation = Reservation.objects.get()
    assert due(world.owner, "expected") == [("expected", world.panti.short_name)]
    cancel = reverse("residence:cancel", args=[reservation.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "Memilih pulang"}).status_code == 302
    assert due(world.owner, "expected") == []
    assert browser(world.outsider).get(cancel).status_code == 404


def test_who_is_gone_is_searched_step_by_step_until_found(world: World) -> None:
    stay = admit(world, build(world), happened_at=ago(days=30))
    out(stay, "absconded", world.carer)
    carer = browser(world.carer)
    page = words(read(carer, page_of(stay)))
    assert "Pencarian 0 dari 9" in page
    assert "Lewat waktunya" in page
    assert due(world.carer, "search") == [("search", "#1 sekitar")]
    looked = {"codes": ["sekitar", "penghuni"], "note": "Tidak ada", **moment("happened_at", now())}
    assert carer.post(page_of(stay, "look_for"), looked).status_code == 302
    assert due(world.carer, "search") == [("search", "#1 kepala")]
    assert carer.post(page_of(stay, "look_for"), {**looked, "codes": ["terbang"]}).status_code == 422
    residence.come_back(id=uuid7(), stay=stay, happened_at=now(), by=world.carer, at=now())
    assert due(world.carer, "search") == []
    assert "Pencarian" not in words(read(carer, page_of(stay)))


def test_a_death_is_written_once_and_says_what_must_be_done(world: World) -> None:
    stay = admit(world, build(world), happened_at=ago(days=30))
    client = browser(world.owner)
    told = {
        "id": str(uuid7()),
        "destination": "RSUD",
        "reason": "Stroke, kata dokter",
        **moment("happened_at", ago(hours=3)),
    }
    assert client.post(page_of(stay, "died"), {**told, "destination": ""}).status_code == 422
    assert client.post(page_of(stay, "died"), told).status_code == 302
    page = words(read(client, page_of(stay)))
    assert "Yang harus dilakukan 0 dari 6" in page
    assert ("death", "#1 keluarga") in due(world.owner, "death")
    assert "Meninggal" not in words(read(client, page_of(admit(world, build(world)), "end")))


def test_time_that_runs_out_is_due_before_it_is_over(world: World) -> None:
    house = build(world, ceiling_days=30)
    admit(world, house, bed=house.beds[0], happened_at=ago(days=20))
    near = admit(world, house, bed=house.beds[1], happened_at=ago(days=26))
    late = admit(
        world, house, bed=house.beds[2], happened_at=ago(days=15), expected_end=timezone.localdate() - timedelta(days=1)
    )
    found = [one for one in due(world.owner) if one[0] in {"ceiling", "exit"}]
    assert found == [("exit", f"#{late.tag}"), ("ceiling", f"#{near.tag}")]


def test_no_unit_lets_go_of_who_lives_there(world: World) -> None:
    house, case = build(world), make_case(world)
    stay = admit(world, house, person=case.person)
    people.link_to_unit(id=uuid7(), person=case.person, unit=world.other, by=User.objects.system(), at=now())
    with pytest.raises(StillLivesHere):
        people.unlink_from_unit(person=case.person, unit=world.panti, by=world.owner, at=now())
    residence.end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(days=1), by=world.owner, at=now())
    people.unlink_from_unit(person=case.person, unit=world.panti, by=world.owner, at=now())


def test_pages_of_a_stay_cost_the_same_for_one_thing_and_for_three(world: World) -> None:
    house = build(world)
    stay = admit(world, house, person=make_person(world, sex=Sex.MALE))
    client = browser(world.owner)

    def keep(*names: str) -> None:
        residence.receive_belongings(
            id=uuid7(),
            stay=stay,
            items=[residence.Item(name) for name in names],
            signed_by="Asep",
            witness=world.carer,
            happened_at=ago(hours=1),
            by=world.owner,
            at=now(),
        )
        residence.write_money(
            id=uuid7(),
            stay=stay,
            kind="received",
            amount=1000,
            note="Keluarga",
            witness=world.carer,
            happened_at=ago(hours=1),
            by=world.owner,
            at=now(),
        )

    keep("KTP")
    urls = [page_of(stay, name) for name in ("stay", "kept", "give_back", "money", "screen", "orient", "transfer")]
    for url in urls:
        client.get(url)
    once = {url: statements(client, url) for url in urls}
    keep("HP", "Sandal")
    keep("Tas")
    assert {url: statements(client, url) for url in urls} == once
    assert {url: count for url, count in once.items() if count > MOST_STATEMENTS} == {}


def test_nobody_else_comes_to_these_pages(world: World) -> None:
    stay = admit(world, build(world))
    for name in ("screen", "orient", "receive", "give_back", "money", "transfer", "died", "kept", "look_for"):
        assert browser(world.outsider).get(page_of(stay, name)).status_code in {403, 404}, name
    assert browser(world.carer).get(page_of(stay, "died")).status_code == 403
    assert browser(world.carer).get(page_of(stay, "look_for")).status_code == 422
