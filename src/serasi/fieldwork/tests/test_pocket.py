"""The server of the page for work without signal: what a phone carries, by which door, what comes of what it sends."""

import io
import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.client import encode_multipart
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serasi.access.enums import Role, Subject
from serasi.access.models import Look, OutboxEntry, User
from serasi.access.tests.factories import make_staff
from serasi.access.tests.pages import MOST_STATEMENTS, browser, counted, moment
from serasi.assessments.models import Assessment
from serasi.assessments.tests import factories as instruments
from serasi.cases.models import Case, Note
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.cases.tests.work_factories import make_note
from serasi.common.encryption import keyring
from serasi.common.envelopes import public_key, seal_envelope
from serasi.common.identifiers import uuid7
from serasi.fieldwork import operations
from serasi.fieldwork.enums import DeviceKind
from serasi.fieldwork.models import Submission
from serasi.fieldwork.tests.factories import Phone, filled, phone_of
from serasi.fieldwork.views import recognising

pytestmark = pytest.mark.django_db
BOUNDARY = "kiriman"
NIK = "3171012005600001"


def page_of(user: User) -> Phone:
    return phone_of(user, kind=DeviceKind.PAGE)


def asked(phone: Phone, way: str, **headers: str) -> Any:
    return phone.client.get(f"/lapangan/{way}", headers={recognising.HEADER: phone.token, **headers})


def carried(phone: Phone) -> dict[str, Any]:
    response = asked(phone, "saku/")
    assert response.status_code == 200, response.content
    return dict(json.loads(response.content))


def sealed(by: User, address: str, fields: dict[str, Any], **told: Any) -> bytes:
    """As the page seals it."""
    about = {
        "id": str(uuid7()),
        "user": str(by.pk),
        "address": address,
        "label": "Tulis catatan",
        "at": timezone.now().isoformat(),
        "type": f"multipart/form-data; boundary={BOUNDARY}",
    } | told
    body = encode_multipart(BOUNDARY, fields)
    return seal_envelope(json.dumps(about).encode() + b"\n" + body, public_key(keyring()))


def sent(phone: Phone, envelope: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    response: Any = phone.client.post(
        "/lapangan/kirim/",
        envelope,
        content_type="application/octet-stream",
        headers={recognising.HEADER: phone.token, **headers},
    )
    return response.status_code, json.loads(response.content)


def note_on(case: Case, by: User, text: str = "Bertemu nenek di teras.", **told: Any) -> bytes:
    typed = {"id": uuid7(), "kind": "progress", "text": text, **moment("happened_at", now() - timedelta(hours=2))}
    return sealed(by, f"/kasus/{case.pk}/catatan/", typed, **told)


def filled_on(phone: Phone, xml: bytes, **files: bytes) -> bytes:
    """A form that was filled, with its files."""
    parts: dict[str, Any] = {"xml_submission_file": _file("isian.xml", xml)}
    parts |= {name: _file(name, content) for name, content in files.items()}
    return sealed(phone.device.user, "/lapangan/kirim/", parts, label="Kesejahteraan")


def _file(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def notes(case: Case) -> int:
    return Note.objects.filter(case=case).count()


# --- the shell


def test_the_shell_is_the_same_for_everybody_and_may_be_kept(world: World) -> None:
    strange, own = Client().get("/lapangan/"), browser(world.owner).get("/lapangan/")

    assert strange.content == own.content
    assert world.owner.full_name not in own.content.decode()
    assert (own["Cache-Control"], own.cookies.output()) == ("no-cache", "")
    assert "script-src 'self' 'wasm-unsafe-eval'" in own["Content-Security-Policy"]


def test_the_worker_knows_every_file_of_the_shell_and_is_another_when_the_shell_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = Client().get("/lapangan/sw.js")
    shell = json.loads(re.match(r"self\.SHELL = (.*);\n", first.content.decode())[1])  # type: ignore[index]
    page = Client().get("/lapangan/").content.decode()
    named = set(re.findall(rf'(?:href|src|data-icons|data-engine)="({configured.STATIC_URL}[^"]+)"', page))

    assert first["Content-Type"] == "text/javascript; charset=utf-8"
    assert (shell["page"], named - set(shell["files"])) == ("/lapangan/", set())
    monkeypatch.setattr("serasi.fieldwork.views.page.words_of_field", lambda: {"today": "Besok"})
    assert Client().get("/lapangan/sw.js").content != first.content


def test_the_home_screen_is_told_what_it_needs() -> None:
    manifest = json.loads(Client().get("/lapangan/aplikasi.webmanifest").content)

    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/lapangan/", "/lapangan/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


# --- the door


def test_who_is_signed_in_makes_a_device_of_their_phone(world: World) -> None:
    desk = browser(world.owner)
    who = json.loads(desk.get("/lapangan/saya/").content)
    assert (who["user"], who["name"], who["devices"]) == (str(world.owner.pk), "Rini Wulandari", [])

    made = json.loads(desk.post("/lapangan/perangkat/", {"id": uuid7(), "name": "Android"}).content)
    assert json.loads(desk.get("/lapangan/saya/").content)["devices"] == [made["id"]]
    answer = Client().get("/lapangan/saku/", headers={recognising.HEADER: made["token"]})
    assert answer.status_code == 200


@pytest.mark.parametrize(("typed", "status"), [({"id": "satu"}, 422), ({}, 422), ({"id": str(UUID(int=5))}, 422)])
def test_a_device_without_a_fitting_id_is_refused(world: World, typed: dict[str, str], status: int) -> None:
    response = browser(world.owner).post("/lapangan/perangkat/", typed)

    assert (response.status_code, json.loads(response.content)["message"]) == (
        status,
        "Halaman ini sudah tidak berlaku. Muat ulang.",
    )


@pytest.mark.parametrize("way", ["saku/", "formulir/uji_sejahtera/1/"])
def test_without_its_token_nothing_is_told(world: World, way: str) -> None:
    strange = Client().get(f"/lapangan/{way}", headers={recognising.HEADER: "salah"})
    desk = browser(world.owner).get(f"/lapangan/{way}")  # a session is no token

    assert [(one.status_code, json.loads(one.content)) for one in (strange, desk)] == [
        (401, {"outcome": "stranger"})
    ] * 2


def test_a_device_that_has_ended_gets_nothing_more(world: World) -> None:
    phone = page_of(world.owner)
    operations.close_device(device=phone.device, by=world.head, at=now())

    assert [asked(phone, way).status_code for way in ("saku/", "formulir/uji_sejahtera/1/")] == [403, 403]


# --- the pocket


def test_a_pocket_has_what_a_visit_needs(world: World) -> None:
    person = make_person(world, "Karsinah", phone="0812-3456-7890", nik=NIK, birth_year_from=1950, birth_year_to=1950)
    case = make_case(world, person=person)
    make_note(case, world.owner, text="Suka duduk di teras.")

    pocket = carried(page_of(world.owner))

    [one] = pocket["cases"]
    assert (one["name"], one["number"], one["phone"], pocket["total"]) == (
        "Karsinah",
        case.number,
        "0812-3456-7890",
        1,
    )
    assert [note["text"] for note in one["notes"]] == ["Suka duduk di teras."]
    assert [errand["address"] for errand in one["errands"]] == [f"/kasus/{case.pk}/catatan/"]
    assert (NIK in json.dumps(pocket), "csrfmiddlewaretoken" in json.dumps(pocket)) == (False, False)


def test_a_pocket_has_nothing_sealed_nor_of_others_nor_a_closed_part(world: World) -> None:
    make_case(world)
    asep = make_staff(Role.FIELD_ASSISTANT, world.panti)
    mine = make_case(world, team=(world.psychologist, asep))
    make_case(world, confidentiality="sealed", team=(asep,))
    make_note(mine, world.psychologist, text="Hasil tes kejiwaan.", tags=["psychiatry"])

    [one] = carried(page_of(asep))["cases"]

    assert (one["id"], one["notes"]) == (str(mine.pk), [])


def test_a_child_in_court_is_carried_by_initials_with_nothing_to_be_found_by(world: World) -> None:
    child = make_person(world, "Rangga Pratama", phone="0813-1111-2222", birth_year_from=2012, birth_year_to=2012)
    case = make_case(world, person=child, confidentiality="sppa")
    make_note(case, world.owner, text="Rangga menangis.")

    pocket = carried(page_of(world.owner))

    assert pocket["cases"][0]["name"] == "R. P."
    assert [word in json.dumps(pocket) for word in ("Rangga", "0813", "menangis")] == [False, False, False]


def test_a_pocket_is_bounded_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serasi.fieldwork.queries.pocket.MOST", 2)
    for _each in range(3):
        make_case(world)

    pocket = carried(page_of(world.owner))

    assert (len(pocket["cases"]), pocket["total"]) == (2, 3)


def test_what_has_not_changed_is_not_sent_again_and_each_carrying_is_logged(world: World) -> None:
    case, phone = make_case(world), page_of(world.owner)
    first = asked(phone, "saku/")
    again = asked(phone, "saku/", **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert abs(timezone.now() - datetime.fromisoformat(again[recognising.TIME])) < timedelta(minutes=1)
    with as_user(world.head):
        looks = Look.objects.filter(subject=Subject.CASE, subject_id=case.pk, user_id=world.owner.pk)
        assert looks.filter(purpose="Dibawa di ponsel untuk kerja lapangan").count() == 1


def test_a_pocket_costs_the_same_for_one_and_for_three(world: World) -> None:
    phone = page_of(world.owner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            carried(phone)
        return counted(made)

    make_note(make_case(world), world.owner)
    carried(phone)  # forms are read once in a process
    one = cost()
    for _each in range(2):
        make_note(make_case(world), world.owner)

    assert (cost(), one <= MOST_STATEMENTS) == (one, True), one


def test_a_form_comes_as_its_author_wrote_it_in_any_version(world: World) -> None:
    instruments.published(world.panti, world.head, rater="pekerja sosial")
    instruments.published(world.panti, world.head, "2", rater="pekerja sosial")
    make_case(world)
    phone = page_of(world.owner)

    offered = {one["id"]: one for one in carried(phone)["forms"] if one["id"].startswith("uji_sejahtera")}
    newest, older = asked(phone, "formulir/uji_sejahtera/2/"), asked(phone, "formulir/uji_sejahtera/1/")

    assert list(offered) == ["uji_sejahtera 2"]
    assert [(one.status_code, b"kasus" in one.content) for one in (newest, older)] == [(200, False)] * 2
    assert asked(phone, "formulir/uji_sejahtera/9/").status_code == 404


# --- what is sent


def test_a_note_comes_once_however_often_it_is_sent(world: World) -> None:
    case, phone = make_case(world), page_of(world.owner)
    envelope = note_on(case, world.owner)

    assert [sent(phone, envelope) for _each in range(3)] == [(200, {"outcome": "taken"})] * 3
    assert notes(case) == 1


def test_a_filled_form_lands_once_and_its_photo_may_come_later(world: World) -> None:
    edition = instruments.published(world.panti, world.head, rater="pekerja sosial")
    case, phone, instance = make_case(world), page_of(world.owner), uuid7()
    xml = filled(case, edition, instruments.WELL, id=instance)

    assert [sent(phone, filled_on(phone, xml)) for _each in range(2)] == [(200, {"outcome": "taken"})] * 2
    assert Assessment.objects.filter(case=case).count() == 1
    other = filled_on(phone, filled(case, edition, instruments.POORLY, id=instance))
    status, answer = sent(phone, other)
    assert (status, answer["outcome"]) == (422, "refused")
    assert "isi lain" in answer["message"]


def test_what_its_page_refuses_waits_for_the_one_who_typed_it(world: World) -> None:
    case, phone = make_case(world), page_of(world.owner)

    status, answer = sent(phone, note_on(case, world.owner, text=""))

    held = OutboxEntry.objects.visible_to(world.owner).held().get()
    assert (status, answer) == (200, {"outcome": "held", "to": f"/kiriman/{held.pk}/"})
    assert notes(case) == 0


def test_what_another_typed_or_nobody_sealed_is_refused_and_leaves_no_trace(world: World) -> None:
    case, phone = make_case(world), page_of(world.owner)

    assert sent(phone, note_on(case, world.colleague))[0] == 403
    assert sent(phone, b"rubbish")[0] == 400
    assert sent(phone, sealed(world.owner, "/lapangan/kirim/", {"apa": "saja"}))[0] == 400
    assert (notes(case), OutboxEntry.objects.count(), Submission.objects.count()) == (0, 0, 0)


def test_a_clock_two_days_wrong_tells_the_right_moment(world: World) -> None:
    case, phone = make_case(world), page_of(world.owner)
    typed, ahead = timezone.now() - timedelta(hours=3), timedelta(days=2)
    envelope = note_on(case, world.owner, at=(typed + ahead).isoformat())

    sent(phone, envelope, **{"X-Serasi-Clock": (timezone.now() + ahead).isoformat()})

    entry = OutboxEntry.objects.visible_to(world.owner).get()
    assert abs(entry.typed_at - typed) < timedelta(seconds=20)


def test_what_a_device_that_has_ended_sends_is_taken_in_and_changes_nothing(world: World) -> None:
    edition = instruments.published(world.panti, world.head, rater="pekerja sosial")
    case, phone = make_case(world), page_of(world.owner)
    operations.close_device(device=phone.device, by=world.head, at=now())

    form = sent(phone, filled_on(phone, filled(case, edition, instruments.WELL)))
    status, page = sent(phone, note_on(case, world.owner))

    assert form == (200, {"outcome": "waiting", "closed": True})
    assert (status, page["outcome"], page["closed"]) == (200, "held", True)
    assert (notes(case), Assessment.objects.filter(case=case).count()) == (0, 0)
