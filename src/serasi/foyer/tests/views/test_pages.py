"""The pages as coach, head, night shift and the youth themself meet them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.tests.factories import make_staff
from serasi.access.tests.pages import MOST_STATEMENTS, browser, moment, read, statements, words
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.cycles.operations import load_reference
from serasi.foyer.models import Agreement, Measure, PhaseSet, Step
from serasi.foyer.tests.factories import (
    Youth,
    go_up,
    live,
    phase_of,
    propose_up,
    settle,
    sign,
    today,
    use_foyer,
    write,
)
from serasi.foyer.tests.operations.test_allowance import give
from serasi.people.models import Person
from serasi.people.operations import give_own_access
from serasi.residence.tests.factories import build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"foyer:{name}", args=args)


def day(when: Any) -> str:
    return f"{when:%d/%m/%Y}"


def send(client: Client, address: str, **typed: Any) -> Any:
    assert client.get(address).status_code == 200
    return client.post(address, {"id": str(uuid7()), **typed})


@pytest.fixture
def rizki(world: World) -> Youth:
    use_foyer(world)
    return live(world)


def test_a_head_begins_with_four_phases_and_adapts_them(world: World) -> None:
    build(world)
    client = browser(world.head)
    assert "Mulai memakai Foyer" in words(read(client, url("houses")))
    page = read(client, url("phases", world.panti.pk))
    assert "belum memakai Foyer" in words(page)
    assert "tidak diterbitkan" in words(page)
    assert client.post(url("draft", world.panti.pk), {"id": str(uuid7())}).status_code == 302
    with as_user(world.head):
        edition = PhaseSet.objects.get()
        phase = edition.phases.get(order=1)
    form = read(client, url("change_phase", phase.pk))
    typed = {field["name"]: field.get("value", "") for field in form.select("main input[name]")}
    typed |= {field["name"]: field.text.strip() for field in form.select("main textarea")}
    typed |= {
        field["name"]: field.select_one("option[selected]")["value"]  # type: ignore[index]
        for field in form.select("main select")
    }
    assert client.post(url("change_phase", phase.pk), typed | {"name": "Kenalan"}).status_code == 302
    refused = client.post(url("change_phase", phase.pk), typed | {"revision": "2", "curfew_weekday": "04.00"})
    assert refused.status_code == 422
    assert client.post(url("put_in_force", edition.pk)).status_code == 302
    shown = words(read(client, url("phases", world.panti.pk)))
    assert "Edisi 1" in shown
    assert "1. Kenalan" in shown


def test_from_the_file_to_an_agreement_that_is_signed(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    coach, head = browser(world.owner), browser(world.head)
    part = coach.get(url("of_case", youth.case.pk), headers={"HX-Request": "true"}).content.decode()
    assert "Tulis kesepakatan Foyer" in part
    begins = today(world)
    typed = {
        "coach": str(world.owner.pk), "begins_date": day(begins), "ends_date": day(begins + timedelta(days=180)),
        "youth_offers": "- Saya belajar las\n\n- Saya menabung", "house_offers": "Kamar yang aman",
    }  # fmt: skip
    too_long = typed | {"ends_date": day(begins + timedelta(days=800))}
    assert send(coach, url("write", youth.case.pk), **too_long).status_code == 422
    assert send(coach, url("write", youth.case.pk), **typed).status_code == 302
    with as_user(world.owner):
        made = Agreement.objects.get()
    assert made.youth_offers == ["Saya belajar las", "Saya menabung"]
    page = words(read(coach, url("agreement", made.pk)))
    assert "Menunggu tanda tangan" in page
    assert send(coach, url("sign", made.pk, "youth"), name="Rizki", **moment("signed_at", now())).status_code == 302
    assert coach.get(url("sign", made.pk, "house")).status_code == 403
    assert coach.get(url("sign", made.pk, "siapa")).status_code == 404
    assert send(head, url("sign", made.pk, "house"), **moment("signed_at", now())).status_code == 302
    page = words(read(coach, url("agreement", made.pk)))
    assert "Foyer · fase Orientasi" in page
    assert "Keluar didampingi petugas, pulang paling lambat" in page
    sheet = words(read(coach, url("sheet", made.pk)))
    assert "Yang saya tawarkan Saya belajar las Saya menabung" in sheet
    assert "Bambang Hartono" in sheet


def test_up_names_what_is_lacking_and_head_decides(world: World, rizki: Youth) -> None:
    coach, head = browser(world.owner), browser(world.head)
    up = url("up", rizki.deal.pk)
    typed = {f"met_{number}": "no" for number in (1, 2, 3)} | {"youth_words": "Saya siap."}
    refused = send(coach, up, **typed)
    assert refused.status_code == 422
    assert phase_of(rizki).evidence[0] in refused.content.decode()
    assert send(coach, up, **typed, is_exception="on").status_code == 302
    assert "menunggu keputusan" in words(read(coach, url("agreement", rizki.deal.pk)))
    assert coach.get(url("decide", rizki.deal.pk)).status_code == 403
    decide = read(head, url("decide", rizki.deal.pk))
    assert "Saya siap." in words(decide)
    assert head.post(url("decide", rizki.deal.pk), {"decision": "approved"}).status_code == 422
    answer = head.post(url("decide", rizki.deal.pk), {"decision": "approved", "note": "Diterima magang."})
    assert answer.status_code == 302
    page = words(read(coach, url("agreement", rizki.deal.pk)))
    assert "Naik ke fase Dibimbing" in page
    assert "Pengecualian kepala unit: Diterima magang." in page


def test_back_with_a_way_back(world: World, rizki: Youth) -> None:
    coach = browser(world.owner)
    assert coach.get(url("back", rizki.deal.pk)).status_code == 404
    go_up(rizki)
    with as_user(world.owner):
        first = rizki.deal.phase_set.phases.get(order=1)
    typed = {
        "to_phase": str(first.pk), "reason": "Tidak pulang", "way_back": "Dua minggu tepat waktu",
        "way_back_date": day(today(world) + timedelta(days=14)), "youth_words": "Saya menyesal.",
    }  # fmt: skip
    assert send(coach, url("back", rizki.deal.pk), **(typed | {"to_phase": "x"})).status_code == 422
    assert send(coach, url("back", rizki.deal.pk), **typed).status_code == 302


def test_for_some_days_and_no_longer(world: World, rizki: Youth) -> None:
    coach = browser(world.owner)
    begins = today(world)
    typed = {
        "right": "curfew", "until": "22.00", "reason": "Pentas", "first_date": day(begins),
        "latest_date": day(begins + timedelta(days=20)),
    }  # fmt: skip
    assert send(coach, url("allow", rizki.deal.pk), **typed).status_code == 422
    assert send(coach, url("allow", rizki.deal.pk), **(typed | {"latest_date": day(begins)})).status_code == 302
    page = read(coach, url("agreement", rizki.deal.pk))
    assert "pulang paling lambat 22.00" in words(page)
    withdraw = page.select_one("a[href$='/cabut/']")
    assert withdraw is not None
    assert coach.post(str(withdraw["href"]), {"reason": "Pentas batal"}).status_code == 302
    assert "paling lambat 22.00" not in words(read(coach, url("agreement", rizki.deal.pk)))


def test_measures_stand_beside_each_other(world: World, rizki: Youth) -> None:
    coach = browser(world.owner)
    typed = {
        "moment": "entry", "taken_date": day(today(world)), "living": "house", "occupation": "training", "income": "0",
        "savings": "50.000", "contacts": "2", "health": "4", "confidence": "2",
    }  # fmt: skip
    assert send(coach, url("measure", rizki.deal.pk), **(typed | {"health": "9"})).status_code == 422
    assert send(coach, url("measure", rizki.deal.pk), **typed).status_code == 302
    page = words(read(coach, url("agreement", rizki.deal.pk)))
    assert "Rp50.000" in page
    assert "paling lambat" in page  # the one at exit
    with as_user(world.owner):
        assert Measure.objects.count() == 1


def test_it_is_renewed_planned_out_and_ended(world: World, rizki: Youth) -> None:
    coach, one = browser(world.owner), rizki.deal
    assert send(coach, url("plan_exit", one.pk), revision="1", exit_plan="Kos di Cipayung").status_code == 302
    typed = {
        "coach": str(world.colleague.pk), "begins_date": day(today(world)), "ends_date": day(one.ceiling_date),
        "youth_offers": "Saya bekerja", "house_offers": "Kamar",
    }  # fmt: skip
    assert send(coach, url("renew", one.pk), **typed).status_code == 302
    with as_user(world.owner):
        renewed = Agreement.objects.get(earliest=one)
    assert renewed.exit_plan == "Kos di Cipayung"
    assert send(coach, url("end", renewed.pk), reason="Pulang").status_code == 302
    with as_user(world.owner):
        assert Agreement.objects.get(pk=renewed.pk).ending == "dropped"


def resident_of(world: World, youth: Youth) -> User:
    user = make_staff(Role.RESIDENT, world.panti, "Rizki Ramadani")
    with as_user(world.owner):
        person = Person.objects.get(pk=youth.person.pk)
    give_own_access(person=person, user=user, by=world.owner, at=now())
    return user


def test_the_youth_reads_their_own_and_rates_themself(world: World, rizki: Youth) -> None:
    load_reference(by=User.objects.system(), at=now())
    mine = browser(resident_of(world, rizki))
    answer = mine.get(url("mine"))
    assert answer.status_code == 302
    page = words(read(mine, answer["Location"]))
    assert "Yang boleh saya lakukan sendiri hari ini" in page
    assert "Ajukan naik fase" not in page
    assert mine.get(url("up", rizki.deal.pk)).status_code == 403
    assert send(mine, url("rate_own"), step_education="2", words_education="Sering bolos").status_code == 302
    assert send(mine, url("rate_own")).status_code == 422
    coach = browser(world.owner)
    assert send(coach, url("rate", rizki.deal.pk), voice="coach", step_education="4").status_code == 302
    both = words(read(coach, url("domains", rizki.deal.pk)))
    assert "Ia menilai lebih rendah 2" in both
    other = browser(make_staff(Role.RESIDENT, world.panti, "Orang Lain"))
    assert other.get(url("agreement", rizki.deal.pk)).status_code == 404
    assert "Belum ada kesepakatan" in words(read(other, url("mine")))


def test_the_list_of_the_gate(world: World, rizki: Youth) -> None:
    house = build(world)
    go_up(rizki)
    sealed = live(world, "Cahyo Wibowo", house=house)
    give(sealed, right="outing", outing="none", reason="Alasan yang tidak untuk semua")
    make_guarded(world, sealed.person, "sealed", world.owner)
    page = words(read(browser(world.carer), url("house", world.panti.pk)))
    assert "Rizki Ramadani" in page
    assert "Keluar sendiri setelah memberi tahu" in page
    assert "#2" in page
    assert "Cahyo" not in page
    assert "Alasan yang tidak untuk semua" not in page
    only = words(read(browser(world.carer), url("house", world.panti.pk) + "?tampil=alone"))
    assert "#2" not in only
    tags = words(read(browser(world.owner), url("house", world.panti.pk) + "?tanda=1"))
    assert "Rizki" not in tags
    assert "#1" in tags


def test_it_stands_on_the_page_of_the_stay_and_of_the_case(world: World, rizki: Youth) -> None:
    carer = browser(world.carer)
    page = read(carer, reverse("residence:stay", args=[rizki.stay.pk]))
    assert url("of_stay", rizki.stay.pk) in str(page)
    assert "Fase Orientasi" in words(read(carer, url("of_stay", rizki.stay.pk)))
    assert "Fase Orientasi" in words(read(browser(world.owner), url("of_case", rizki.case.pk)))


def test_what_is_to_do_stands_on_the_first_page(world: World, rizki: Youth) -> None:
    propose_up(rizki)
    assert "Langkah fase menunggu keputusan" in words(read(browser(world.head), "/"))
    coach = words(read(browser(world.owner), "/"))
    assert "Langkah fase menunggu keputusan" not in coach
    assert "Pengukuran Foyer" in coach


def test_an_end_that_comes_near_is_said(world: World) -> None:
    use_foyer(world)
    begins = today(world) - timedelta(days=700)
    youth = settle(world)
    write(youth, begins_date=begins, ends_date=begins + timedelta(days=720))
    sign(youth, "youth")
    sign(youth, "house")
    coach = browser(world.owner)
    assert "sampai batas 24 bulan" in words(read(coach, url("agreement", youth.deal.pk)))
    assert "Kesepakatan Foyer hampir selesai" in words(read(coach, "/"))


def test_pages_cost_the_same_with_one_and_with_three(world: World, rizki: Youth) -> None:
    house, client = build(world, rooms=2), browser(world.carer)
    list_url = url("house", world.panti.pk)
    client.get(list_url)
    one = statements(client, list_url)
    for bed, name in enumerate(("Asep A", "Bejo B")):
        go_up(live(world, name, house=house, bed=bed))
    assert statements(client, list_url) == one
    assert one <= MOST_STATEMENTS
    coach, page = browser(world.owner), url("agreement", rizki.deal.pk)
    coach.get(page)
    before = statements(coach, page)
    go_up(rizki)
    give(rizki)
    assert statements(coach, page) == before
    assert before <= MOST_STATEMENTS
    mine = browser(resident_of(world, rizki))
    mine.get(page)
    assert statements(mine, page) <= MOST_STATEMENTS


@pytest.mark.parametrize("reader", ["outsider", "administrator", "officer"])
def test_strangers_find_nothing(world: World, rizki: Youth, reader: str) -> None:
    client = browser(getattr(world, reader))
    for name in ("agreement", "sheet", "up", "allow", "measure"):
        assert client.get(url(name, rizki.deal.pk)).status_code in {403, 404}
    assert client.get(url("agreement", UUID(int=1))).status_code in {403, 404}


def test_two_answers_at_once_make_one_step(world: World, rizki: Youth) -> None:
    coach, pk = browser(world.owner), str(uuid7())
    typed = {f"met_{number}": "yes" for number in (1, 2, 3)} | {"youth_words": "Siap", "id": pk}
    typed |= {f"how_{number}": "Terlihat" for number in (1, 2, 3)} | {f"seen_by_{n}": "Bu Siti" for n in (1, 2, 3)}
    assert [coach.post(url("up", rizki.deal.pk), typed).status_code for _again in range(2)] == [302, 302]
    with as_user(world.owner):
        assert Step.objects.filter(kind="up").count() == 1
