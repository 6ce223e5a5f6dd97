"""The pages as they meet a carer at night, the head in the morning, the Dinas that counts."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from serasi.access.enums import Role, UnitKind
from serasi.access.tests.factories import make_staff, make_unit
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.residence.tests.factories import admit, ago, build
from serasi.safety import operations as safety
from serasi.safety.enums import Recipient, Severity
from serasi.safety.models import Concern, Incident, Involved, Notice, Restraint, RestraintCheck
from serasi.safety.tests.factories import close, guard, report, restrain, tell, worry

pytestmark = pytest.mark.django_db


def send(client: Client, url: str, status: int = 302, **typed: Any) -> BeautifulSoup:
    form = read(client, url).select_one("main form[method=post]")
    assert form is not None
    filled = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=radio],[type=checkbox])")}
    filled |= {one["name"]: one["value"] for one in form.select("input[checked]")}
    filled |= {one["name"]: one.get_text().strip("\r\n") for one in form.select("textarea[name]")}
    filled |= {
        one["name"]: chosen["value"] for one in form.select("select[name]") if (chosen := one.select_one("[selected]"))
    }
    filled.pop("look_for", None)
    response = client.post(url, filled | typed)
    assert response.status_code == status, response.content.decode()[:3000]
    return BeautifulSoup(response.content, "html.parser")


def url(name: str, *parts: Any) -> str:
    return reverse(f"safety:{name}", args=[getattr(part, "pk", part) for part in parts])


def test_a_carer_reports_in_one_screen_and_sees_who_must_be_told(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Asep Suryana"))
    client = browser(world.carer)

    send(client, url("report"), kind="fall", severity="moderate", people=[str(stay.pk)], account="Terpeleset di dapur.")

    with as_user(world.carer):
        incident = Incident.objects.get()
    page = words(read(client, url("incident", incident)))
    assert "Asep Suryana" in page
    assert "Kepala unit paling lambat" in page
    assert "(8 jam; Aturan unit sendiri)" in page
    assert "Sisa 7 jam 59 menit" in page or "Sisa 8 jam" in page


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_written(world: World) -> None:
    page = send(browser(world.carer), url("report"), status=422, kind="fall", account="")

    assert "“Seberapa berat” belum dipilih." in words(page)
    assert "“Ceritakan singkat” belum diisi." in words(page)
    with as_user(world.carer):
        assert Incident.objects.count() == 0


def test_someone_is_found_by_name_or_tag_without_writing(world: World) -> None:
    house = build(world, rooms=8)
    stays = [admit(world, house, bed=bed) for bed in house.beds[:13]]
    stays.append(admit(world, house, bed=house.beds[13], person=make_person(world, "Zulkifli Nasution")))
    client = browser(world.carer)
    assert len(read(client, url("report")).select("input[name=people]")) == 12

    found = client.post(url("report"), {"look_for": "zulkifli", "look_for_cari": "1", "people": [str(stays[0].pk)]})

    offered = BeautifulSoup(found.content, "html.parser").select("input[name=people]")
    assert (found.status_code, [one["value"] for one in offered]) == (200, [str(stays[0].pk), str(stays[13].pk)])
    with as_user(world.carer):
        assert Incident.objects.count() == 0


def test_everything_done_about_an_incident_has_its_page(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Asep Suryana"))
    incident = report(world)
    carer, head = browser(world.carer), browser(world.head)

    send(carer, url("add_person", incident), part="affected", stay_id=str(stay.pk), injury="Memar di lutut")
    send(carer, url("notify", incident) + "?siapa=head", means="phone", told_to="Pak Bambang")
    send(carer, url("notify", incident), recipient="family", means="impossible", note="Belum ditemukan")
    send(carer, url("amend", incident), place="Kamar mandi", reason="Tempatnya belum tertulis")
    send(
        head,
        url("follow_up", incident),
        what="Pasang pegangan",
        owner=str(world.owner.pk),
        due_date=f"{ago(days=-3):%d/%m/%Y}",
    )
    with as_user(world.head):
        (involved,), follow_up = incident.involved.all(), incident.followups.get()
    send(browser(world.owner), url("finish", follow_up), result="Sudah terpasang")
    refused = send(head, url("close", incident), status=422, cause="", learning="Tanda lantai")
    send(head, url("close", incident), cause="Lantai basah", learning="Tanda lantai")
    send(carer, url("amend", incident), status=422, place="Dapur", reason="Coba-coba")
    send(head, url("reopen", incident), reason="Saksi baru")
    send(carer, url("withdraw_person", incident, involved))

    assert "“Sebabnya” belum diisi." in words(refused)
    page = words(read(head, url("incident", incident)))
    for told in (
        "Memar di lutut",
        "Pak Bambang",
        "Tidak dapat diberi tahu",
        "Kamar mandi",
        "Sudah terpasang",
        "Saksi baru",
        "dicabut Siti Pengasuh",
        "Pelajaran: Tanda lantai",
    ):
        assert told in page


def test_the_report_prints_with_places_to_sign_and_guards_the_guarded(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Cahyo Lesmana"))
    guard(world, stay.person, "sppa", world.owner)
    incident = report(world, stay, account="Cahyo terjatuh.")

    page = words(read(browser(world.owner), url("print", incident)))

    assert "Pelapor ……………………………" in page
    assert "C. L. (Terdampak)" in page
    assert "Cahyo" not in page


def test_who_may_not_read_a_name_cannot_write_over_the_text_it_stands_in(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Cahyo Lesmana"))
    guard(world, stay.person, "sppa", world.owner)
    incident = report(world, stay, account="Cahyo terjatuh.")

    page = read(browser(world.head), url("amend", incident))

    assert page.select_one("[name=account]") is None
    assert page.select_one("[name=severity]") is not None


def test_outside_the_house_an_incident_is_not_there(world: World) -> None:
    incident = report(world)
    for name in ("incident", "print", "amend", "notify", "follow_up"):
        assert browser(world.outsider).get(url(name, incident)).status_code == 404
    assert browser(world.officer).get(url("incident", incident)).status_code == 403
    assert browser(world.carer).get(url("close", incident)).status_code == 403


def test_lists_cost_the_same_with_one_row_and_with_three(world: World) -> None:
    house = build(world)
    stays = [admit(world, house, bed=bed) for bed in house.beds[:3]]
    report(world, stays[0])
    restrain(world, stays[0])
    worry(world, world.head, about="family")
    worry(world, world.carer, about="family")
    head = browser(world.head)
    names = ("incidents", "restraints", "concerns", "patterns", "report", "begin")
    statements(head, url("incidents"))  # what is read once in a session
    once = {name: statements(head, url(name)) for name in names}

    for stay in stays[1:]:
        report(world, stay, severity=Severity.GRAVE)
        restrain(world, stay)
        worry(world, world.carer, about="family")

    assert {name: statements(head, url(name)) for name in names} == once
    assert max(once.values()) <= MOST_STATEMENTS


def test_one_incident_and_one_restraint_stay_within_their_statements(world: World) -> None:
    stay = admit(world, build(world))
    incident = report(world, stay)
    restraint = restrain(world, stay, incident=incident)
    tell(world, incident, Recipient.HEAD, Recipient.FAMILY)
    close(world, incident)
    head = browser(world.head)

    counted = [statements(head, one) for one in (url("incident", incident), url("restraint", restraint))]

    assert max(counted) <= MOST_STATEMENTS


def test_the_list_narrows_to_what_is_late(world: World) -> None:
    report(world, happened_at=ago(days=3))
    report(world)
    page = read(browser(world.head), url("incidents") + "?keadaan=late")

    assert len(page.select("main tbody tr")) == 1
    assert "Terlambat 2 hari 16 jam" in words(page)


def test_a_restraint_runs_with_a_clock_is_looked_at_with_one_tap_and_ends(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Dedi Hutapea"))
    carer, head = browser(world.carer), browser(world.head)
    send(
        carer,
        url("begin"),
        stay_id=str(stay.pk),
        kind="isolation",
        standing="adult",
        danger="others",
        account="Melempar kursi.",
        tried="Diajak bicara.",
    )
    with as_user(world.head):
        restraint = Restraint.objects.get()
    shown = carer.get(url("restraint", restraint))
    assert shown["Refresh"] == "60"
    assert "Tidak pernah sebagai hukuman" in shown.content.decode()

    tapped = carer.post(url("check", restraint), {"id": str(uuid7()), "sekarang": "1", "condition": "calm"})
    send(head, url("renew", restraint), minutes="30", reason="Masih mengancam")
    send(carer, url("check", restraint), condition="needs_help", note="Minta perawat")
    send(carer, url("end", restraint), end_note="Tenang")
    send(head, url("review", restraint), review="Lain kali ditemani.")

    assert tapped.status_code == 302
    with as_user(world.head):
        assert sorted(RestraintCheck.objects.values_list("condition", flat=True)) == ["calm", "needs_help"]
    page = words(read(head, url("restraint", restraint)))
    for told in ("Dedi Hutapea", "Diperpanjang", "Perlu pertolongan medis", "Diakhiri", "Ditinjau"):
        assert told in page
    assert "Refresh" not in head.get(url("restraint", restraint))


def test_past_its_limit_it_is_red_and_stays_flagged_after_its_end(world: World) -> None:
    restraint = restrain(world, admit(world, build(world)), began_at=ago(minutes=90))
    head = browser(world.head)
    running = words(read(head, url("restraint", restraint)))

    safety.end_restraint(restraint=restraint, ended_at=ago(minutes=1), end_note="Tenang", by=world.carer, at=now())

    assert "Batasnya lewat: akhiri sekarang" in running
    assert "Melewati batas 29 menit" in words(read(head, url("restraint", restraint)))


def test_what_is_forbidden_is_said_beside_the_way(world: World) -> None:
    stay = admit(world, build(world))

    page = send(
        browser(world.carer),
        url("begin"),
        status=422,
        stay_id=str(stay.pk),
        kind="mechanical",
        standing="pregnant",
        danger="self",
        account="Memukul perut.",
        tried="Ditemani.",
    )

    assert "Cara ini dilarang" in words(page)


def test_a_concern_about_the_head_is_answered_above_and_is_nowhere_in_the_house(world: World) -> None:
    carer, officer = browser(world.carer), browser(world.officer)
    send(carer, url("raise"), about="unit", harm="violence", account="Memukul penghuni.")
    with as_user(world.carer):
        concern = Concern.objects.get()
    send(officer, url("step", concern), kind="acted", text="Memanggil kepala unit.")
    send(officer, url("step", concern), kind="answered", text="Terima kasih, kami periksa.")

    mine = words(read(carer, url("concern", concern)))
    assert ("Terima kasih, kami periksa." in mine, "Memanggil kepala unit." in mine) == (True, False)
    assert "Memanggil kepala unit." in words(read(officer, url("concern", concern)))
    for colleague in (world.head, world.supervisor, world.colleague):
        client = browser(colleague)
        assert client.get(url("concern", concern)).status_code == 404
        assert "Memukul" not in client.get(url("concerns")).content.decode()
    assert browser(world.head).get(url("step", concern)).status_code == 404
    assert carer.get(url("step", concern)).status_code == 403


@pytest.mark.parametrize("months", ["3", "6", "12", "x"])
def test_patterns_are_drawn_for_the_house_and_kept_small_for_the_dinas(world: World, months: str) -> None:
    for _number in range(2):
        report(world, ward=None)
    house, dinas = (read(browser(who), url("patterns") + f"?bulan={months}") for who in (world.head, world.officer))

    assert "Kejadian pada masa ini: 2" in words(house)
    assert house.select_one("main svg") is not None
    assert "Kejadian pada masa ini: <5" in words(dinas)
    assert "Angka di bawah 5 tidak ditampilkan" in words(dinas)
    assert dinas.select_one("main svg.chart") is None


def test_a_file_shows_what_happened_to_its_person(world: World) -> None:
    person = make_person(world)
    case = make_case(world, person=person)
    stay = admit(world, build(world), person=person)
    report(world, stay)
    restrain(world, stay)
    client = browser(world.owner)

    part = client.get(url("of_case", case), headers={"HX-Request": "true"})

    shown = BeautifulSoup(part.content, "html.parser").get_text(" ")
    assert ("Jatuh" in shown, "Isolasi atau ruang tenang" in shown, "<html" in part.content.decode()) == (
        True,
        True,
        False,
    )
    assert "Keselamatan" in words(read(client, url("of_case", case)))


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [("carer", "incidents"), ("officer", "patterns"), ("administrator", "concerns")],
)
def test_the_way_in_leads_to_what_one_may_see(world: World, who: str, leads_to: str) -> None:
    answered = browser(getattr(world, who)).get(url("start"))

    assert answered.headers["Location"] == url(leads_to)


def test_told_notices_are_never_many_for_one_form(world: World) -> None:
    incident = report(world)
    client = browser(world.carer)
    typed = {"id": str(uuid7()), "recipient": "head", "means": "phone", "told_to": "Pak Bambang"}
    page = read(client, url("notify", incident))
    typed |= {str(one["name"]): str(one.get("value", "")) for one in page.select("input[name^=told_at]")}

    for _time in range(3):
        assert client.post(url("notify", incident), typed).status_code == 302

    with as_user(world.carer):
        assert (Notice.objects.count(), Involved.objects.count()) == (1, 0)


def _garbage() -> dict[str, Callable[[], dict[str, str]]]:
    return {
        "report": lambda: {"kind": "x\x00", "severity": "?", "people": "not-an-id", "happened_at_day": "99/99/9999"},
        "begin": lambda: {"stay_id": "zzz", "kind": "shackles"},
        "raise": lambda: {"about": "\x00", "harm": "x", "about_user": "1"},
    }


@pytest.mark.parametrize("name", list(_garbage()))
def test_garbage_is_refused_with_words(world: World, name: str) -> None:
    answered = browser(world.carer).post(url(name), _garbage()[name]())

    assert answered.status_code == 422


def test_a_ministry_that_must_judge_has_it_on_its_first_page(world: World) -> None:
    ministry = make_unit(code="KEMENSOS", kind=UnitKind.MINISTRY)
    officer = make_staff(Role.MINISTRY_OFFICER, ministry)
    client = browser(officer)
    assert "Jumlah, tanpa nama" in words(read(client, "/"))

    sentra = make_unit(ministry, code="SENTRA", kind=UnitKind.SENTRA)
    worry(world, make_staff(Role.STUDENT, sentra), unit=sentra)

    assert "Kekhawatiran menunggu jawaban Anda" in words(read(client, "/"))
