"""One's devices and sendings, the head's page, what differs; in a browser."""

import json
import zlib
from base64 import b64decode

import pytest

from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.assessments import operations as assessing
from serasi.assessments.models import Edition
from serasi.assessments.tests import factories as instruments
from serasi.assessments.tests.factories import MAKAN, TIDUR
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.fieldwork import operations
from serasi.fieldwork.collect import settings_of
from serasi.fieldwork.models import Device, Difference, Submission
from serasi.fieldwork.tests.factories import changed, filled, found, phone_of, photo
from serasi.people.models import Person

pytestmark = pytest.mark.django_db
MINE, SENT, UNIT, DIFFERENT = (
    "/perangkat-lapangan/",
    "/perangkat-lapangan/kiriman/",
    "/perangkat-lapangan/unit/",
    "/perangkat-lapangan/perbedaan/",
)


@pytest.fixture
def edition(world: World) -> Edition:
    return instruments.published(world.panti, world.head)


def test_a_device_for_collect_is_added_and_its_code_is_shown_once(world: World) -> None:
    client = browser(world.owner)
    form = read(client, "/perangkat-lapangan/collect/")
    typed = {one["name"]: one.get("value", "") for one in form.select("main form input[name]")}
    typed["name"] = "Samsung A05"

    shown = client.post("/perangkat-lapangan/collect/", typed)

    assert shown.status_code == 200
    token_page = shown.content.decode()
    device = Device.objects.get()
    assert (device.name, device.user_id, device.kind) == ("Samsung A05", world.owner.pk, "collect")
    key = token_page.split("/openrosa/k/")[1].split("<")[0]
    assert len(key) == 64
    assert operations.hash_of(key) == device.token_hash
    assert key not in client.get(MINE).content.decode()
    assert client.post("/perangkat-lapangan/collect/", typed).status_code == 422  # the code of this id was shown


def test_the_code_says_to_collect_where_and_how() -> None:
    settings = json.loads(zlib.decompress(b64decode(settings_of("https://x/k/1", name="Serasi"))))

    assert settings["general"]["server_url"] == "https://x/k/1"
    assert settings["general"]["form_update_mode"] == "match_exactly"
    assert settings["general"]["app_language"] == "in"
    assert set(settings) == {"general", "admin", "project"}


def test_a_device_is_ended_by_its_holder_or_by_the_head_and_by_nobody_else(world: World) -> None:
    first, second = phone_of(world.owner, name="Ponsel lama"), phone_of(world.owner, name="Ponsel baru")

    assert browser(world.colleague).post(f"{MINE}{first.device.pk}/akhiri/").status_code == 404
    assert browser(world.owner).post(f"{MINE}{first.device.pk}/akhiri/").status_code == 302
    assert browser(world.head).post(f"{MINE}{second.device.pk}/akhiri/")["Location"] == UNIT
    assert Device.objects.open().count() == 0
    assert "diakhiri" in words(read(browser(world.owner), MINE))


def test_ones_sendings_say_what_became_of_each(world: World, edition: Edition) -> None:
    case = make_case(world, person=make_person(world, "Siti Aminah", phone="0811"))
    phone = phone_of(world.owner)
    phone.send(filled(case, edition, {TIDUR: "2", MAKAN: "1"}))
    phone.send(found({"/data/tempat/foto": "a.jpg"}))
    phone.send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0800"}))

    said = words(read(browser(world.owner), SENT))

    for part in (
        "Ada dalam berkas kasusnya.",
        f"Siti Aminah · {case.number}",
        "Menjadi laporan di unit. Berkas yang belum datang: a.jpg.",
        "1 perbedaan menunggu keputusan.",
    ):
        assert part in said
    assert "Belum ada kiriman" in words(read(browser(world.colleague), SENT))


def test_the_head_takes_what_waits(world: World, edition: Edition) -> None:
    case, phone = make_case(world), phone_of(world.owner)
    operations.close_device(device=phone.device, by=world.owner, at=now())
    phone.send(filled(case, edition, {TIDUR: "2"}))
    head = browser(world.head)
    link = read(head, UNIT).select_one("main table a")
    assert link is not None
    url = str(link["href"])

    assert browser(world.colleague).get(url).status_code == 404
    assert browser(world.other_head).post(f"{url}ambil/").status_code == 404
    assert browser(world.owner).post(f"{url}ambil/").status_code == 403
    assert "Kiriman lapangan menunggu keputusan" in words(read(head, "/"))
    assert "Kiriman lapangan menunggu keputusan" not in words(read(browser(world.owner), "/"))
    assert "Terima kiriman" in words(read(head, url))
    assert head.post(f"{url}ambil/").status_code == 302
    assert "Ada dalam berkas kasusnya." in words(read(head, url))
    assert "sudah diputuskan orang lain" in words(read(head, str(head.post(f"{url}buang/")["Location"])))


def test_the_head_drops_what_waits(world: World) -> None:
    phone = phone_of(world.owner)
    operations.close_device(device=phone.device, by=world.owner, at=now())
    phone.send(found({"/data/tempat/foto": "a.jpg"}), {"a.jpg": photo()})
    with as_user(world.head):
        sent = Submission.objects.get()
    head, url = browser(world.head), f"{SENT}{sent.pk}/"
    picture = read(head, url).select_one("main ul a")
    assert picture is not None
    shown = head.get(str(picture["href"]))
    assert (shown.status_code, shown.getvalue()[:2]) == (200, b"\xff\xd8")

    assert head.post(f"{url}buang/").status_code == 302
    assert "Dibuang oleh Bambang Hartono." in words(read(head, url))
    assert head.get(str(picture["href"])).status_code == 404


def test_an_edit_that_waits_is_shown_beside_what_was_and_what_is(world: World, edition: Edition) -> None:
    case, phone, first = make_case(world), phone_of(world.owner), uuid7()
    phone.send(filled(case, edition, {TIDUR: "2", MAKAN: "1"}, id=first))
    with as_user(world.owner):
        assessment = case.assessments.get()
        assessing.void_filling(assessment=assessment, reason="Keliru", by=world.owner, at=now())
    edit = uuid7()
    phone.send(filled(case, edition, {TIDUR: "0", MAKAN: "1"}, id=edit, replaces=first))

    page = read(browser(world.owner), f"{SENT}{edit}/")

    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("main table tbody tr")]
    assert rows == [["Tidur nyenyak", "Sering", "", "Tidak pernah"], ["Makan cukup", "Kadang", "", "Kadang"]]
    assert browser(world.owner).post(f"{SENT}{edit}/ambil/").status_code == 302


def test_what_differs_is_decided_on_a_page(world: World) -> None:
    case = make_case(world, person=make_person(world, "Siti Aminah", phone="0811"))
    phone_of(world.owner).send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0800"}))
    owner = browser(world.owner)
    said = words(read(owner, DIFFERENT))
    with as_user(world.owner):
        difference = Difference.objects.get()

    assert "Diubah di lapangan dan di meja" in words(read(owner, "/"))
    assert "Diubah di lapangan dan di meja" not in words(read(browser(world.colleague), "/"))
    for part in ("Siti Aminah", "Tertulis di ponsel sebelumnya 0800", "Di meja sekarang 0811", "0822"):
        assert part in said
    assert "Tidak ada perbedaan" in words(read(browser(world.outsider), DIFFERENT))
    decide = f"{DIFFERENT}{difference.pk}/"
    assert browser(world.outsider).post(decide, {"choice": "device", "desk": "0811"}).status_code == 404
    assert "Bandingkan" in words(read(owner, str(owner.post(decide, {"choice": "device", "desk": "x"})["Location"])))
    assert "Pilih salah satu" in words(read(owner, str(owner.post(decide, {"desk": "0811"})["Location"])))
    assert owner.post(decide, {"choice": "device", "desk": "0811"}).status_code == 302
    with as_user(world.owner):
        assert Person.objects.get().phone == "0822"


def test_what_a_colleague_sent_is_decided_by_whoever_is_in_the_case(world: World) -> None:
    case = make_case(world, person=make_person(world, "Siti Aminah", phone="0811"), team=(world.psychologist,))
    phone_of(world.psychologist).send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0800"}))
    owner = browser(world.owner)
    with as_user(world.owner):
        difference = Difference.objects.get()

    assert "Diubah di lapangan dan di meja" in words(read(owner, "/"))
    said = words(read(owner, DIFFERENT))
    assert f"Dari lapangan, {world.psychologist.full_name}" in said
    assert "Siti Aminah" in said
    assert read(owner, f"{SENT}{difference.submission_id}/")
    assert browser(world.outsider).get(f"{SENT}{difference.submission_id}/").status_code == 404
    assert owner.post(f"{DIFFERENT}{difference.pk}/", {"choice": "device", "desk": "0811"}).status_code == 302
    with as_user(world.owner):
        assert Person.objects.get().phone == "0822"


def test_every_page_costs_the_same_for_one_and_for_three(world: World, edition: Edition) -> None:
    def send() -> None:
        case = make_case(world, person=make_person(world, phone="0811"))
        phone = phone_of(world.owner)
        phone.send(filled(case, edition, {TIDUR: "2"}))
        phone.send(found({}))
        phone.send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0800"}))
        operations.close_device(device=phone.device, by=world.owner, at=now())
        phone.send(found({}))
        phone_of(world.owner)

    owner, head = browser(world.owner), browser(world.head)

    def costs() -> list[int]:
        return [*(statements(owner, url) for url in (MINE, SENT, DIFFERENT)), statements(head, UNIT)]

    send()
    costs()
    one = costs()
    send()
    send()

    assert costs() == one
    assert max(one) <= MOST_STATEMENTS
