"""A carer's day on the pages: few taps, everybody answered, nothing twice."""

import gzip
import time
from itertools import count
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from serasi.access.enums import Role
from serasi.access.tests.factories import make_staff
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.cases.tests import factories
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.models import DailyNote, Diet, Dose, Prescription, RollCall, RollCallMark, RoundEntry, ShiftHandover
from serasi.daily.queries import shift_at
from serasi.daily.tests.factories import call_roll, found, hour_of, live_here, order
from serasi.residence import operations as residence
from serasi.residence.models import Occupancy, Stay
from serasi.residence.tests.factories import House, admit, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def filled(page: BeautifulSoup) -> dict[str, Any]:
    """What the form of a page sends when nothing is touched."""
    form = page.select_one("form[method=post][novalidate]")
    assert form is not None
    sent: dict[str, Any] = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        kind, name = box.get("type"), str(box["name"])
        if kind in {"radio", "checkbox"} and not box.has_attr("checked"):
            continue
        sent.setdefault(name, []).append(box.get("value", ""))
    return sent


def choice(stay: Stay) -> str:
    return f"p-{stay.pk.hex}"


def send(client: Client, url: str, status: int = 302, /, **facts: Any) -> BeautifulSoup:
    sent = filled(read(client, url)) | {name.replace("__", "-"): value for name, value in facts.items()}
    return post(client, url, sent, status)


def post(client: Client, url: str, sent: dict[str, Any], status: int = 302) -> BeautifulSoup:
    response = client.post(url, sent)
    assert response.status_code == status, response.content.decode()[:900]
    if status == 302:
        return BeautifulSoup(client.get(response["Location"], follow=True).content, "html.parser")
    return BeautifulSoup(response.content, "html.parser")


def summary(page: BeautifulSoup) -> str:
    return words(page.select_one(".error-summary"))


# --- The first page --------------------------------------------------------------------------------------------------


def test_the_ward_is_chosen_once(world: World, house: House) -> None:
    build(world, name="Melati")
    client = browser(world.carer)
    page = read(client, "/harian/")
    assert [words(link) for link in page.select("main .tasks a")] == ["Mawar", "Melati"]

    read(client, f"/harian/wisma/{house.ward.pk}/")

    assert client.get("/harian/")["Location"] == f"/harian/wisma/{house.ward.pk}/"
    assert read(client, "/harian/?semua=1")


def test_a_shift_sees_what_it_has_to_do(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    order(world, stays[0], hour_of(now()))
    colleague = make_staff(Role.CARER, world.panti, "Yanti Pengasuh")
    daily.hand_over(
        id=uuid7(), ward=house.ward, shift=shift_at(house.unit, now()), words="Asep batuk", by=colleague, at=now()
    )
    daily.write_note(
        id=uuid7(), ward=house.ward, stays=stays[:1], kind="health", text="Perlu air hangat", is_handed_on=True,
        by=colleague, at=now(),
    )  # fmt: skip
    daily.order_diet(
        id=uuid7(), stay=stays[1], kind="soft", reason="Gigi", starts=ago(days=2).date(), by=colleague, at=now()
    )
    call_roll(world, house, found(stays, t2="missing"), taken_at=ago(minutes=1))

    page = read(browser(world.carer), f"/harian/wisma/{house.ward.pk}/")

    said = words(page.select_one("main"))
    assert "Hari ini di Mawar" in said
    assert "2 penghuni, 2 di tempat" in said
    assert "Bejo Wibowo , sejak apel" in said
    assert "belum dibaca" in said
    assert "Asep Suryana : Perlu air hangat" in said
    assert "Bejo Wibowo : Lunak" in said
    tasks = [words(line) for line in page.select("main .tasks li")]
    assert tasks[0].startswith("Apel")
    assert tasks[0].endswith("oleh Siti Pengasuh Sudah")
    assert tasks[1] == "Obat 1 menunggu"


def test_who_reads_is_led_to_no_form(world: World, house: House) -> None:
    live_here(world, house, "Asep")
    page = read(browser(world.head), f"/harian/wisma/{house.ward.pk}/")
    links = {str(link["href"]) for link in page.select("main a[href]")}
    assert not any(one.endswith(("/apel/", "/baru/", "/serah-terima/", "/mandi/")) for one in links)
    assert f"/harian/giliran/{house.unit.pk}/" in links


@pytest.mark.slow
def test_a_page_costs_the_same_with_one_and_with_three(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")

    def fill(stay: Stay) -> None:
        order(world, stay, hour_of(now()))
        daily.order_diet(
            id=uuid7(), stay=stay, kind="soft", reason="Gigi", starts=ago(days=2).date(), by=world.carer, at=now()
        )
        daily.write_note(
            id=uuid7(), ward=house.ward, stays=[stay], kind="food", text="Makan sedikit", is_handed_on=True,
            by=world.carer, at=now(),
        )  # fmt: skip
        residence.go_out(id=uuid7(), stay=stay, kind="leave", happened_at=ago(hours=3), by=world.carer, at=now())
        residence.come_back(id=uuid7(), stay=stay, happened_at=ago(hours=2), by=world.carer, at=now())

    fill(stays[0])
    call = call_roll(world, house, found(stays, t1="missing"), taken_at=ago(minutes=3))
    client = browser(world.carer)
    ward = f"/harian/wisma/{house.ward.pk}/"
    urls = [
        *(f"{ward}{part}" for part in ("", "apel/", "putaran/breakfast/", "obat/", "resep/", "serah-terima/",
        "catatan/", "catatan/baru/", "diet/", "diet/baru/", "ringkasan/")),
        f"/harian/dapur/{house.unit.pk}/",
    ]  # fmt: skip
    for url in urls:
        read(client, url)
    with_one = {url: statements(client, url) for url in urls}
    one_call = statements(client, f"/harian/apel/{call.pk}/")
    more = [admit(world, house, bed=bed) for bed in house.beds[1:3]]
    for stay in more:
        fill(stay)
    another = call_roll(world, house, found([*stays, *more], t1="missing", t2="missing", t3="out"), taken_at=now())

    assert {url: statements(client, url) for url in urls} == with_one
    assert statements(client, f"/harian/apel/{another.pk}/") == one_call
    assert {url: count for url, count in with_one.items() if count > MOST_STATEMENTS} == {}
    assert one_call <= MOST_STATEMENTS


# --- Roll call -------------------------------------------------------------------------------------------------------


def test_a_roll_call_takes_a_touch_for_each_exception_and_a_count(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo", "Cahyo Nugraha")
    residence.go_out(id=uuid7(), stay=stays[1], kind="hospital", happened_at=ago(days=1), by=world.carer, at=now())
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/"
    form = read(client, url).select_one("form[data-outbox]")
    assert form is not None

    page = send(client, url, **{choice(stays[2]): "missing", "counted": "1"})

    said = words(page.select_one("main"))
    assert "Tidak ditemukan Cahyo Nugraha" in said
    assert "Bejo Wibowo : RS" in said
    with as_user(world.carer):
        assert dict(RollCallMark.objects.values_list("tag", "mark")) == {
            "1": "present",
            "2": "hospital",
            "3": "missing",
        }


def test_one_touch_puts_the_board_right(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana")
    call = call_roll(world, house, found(stays, t1="hospital"))
    client = browser(world.carer)
    page = read(client, f"/harian/apel/{call.pk}/")
    button = page.select_one("main form[action*=mutasi]")
    assert words(button) == "Catat: Dirawat di rumah sakit : Asep Suryana"

    for _ in range(2):
        after = post(client, str(button["action"]), {})  # type: ignore[index]

    assert "Sudah di papan" in words(after.select_one("main"))
    with as_user(world.carer):
        assert Occupancy.objects.at(now()).get().state == "hospital"


def test_a_count_that_does_not_close_says_so_and_keeps_what_was_touched(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/"

    page = send(client, url, 422, **{choice(stays[1]): "out", "counted": "2"})

    assert "Anda menghitung 2 orang, tetapi 1 ditandai hadir" in summary(page)
    assert page.select_one(f"input[name={choice(stays[1])}][value=out][checked]")
    with as_user(world.carer):
        assert RollCall.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"counted": ""}, "belum diisi"),
        ({"counted": "dua"}, "Saya menghitung"),
        ({"counted": "-1"}, "Saya menghitung"),
        ({"counted": "99999999999999"}, "Saya menghitung"),
        ({"taken_at": "kemarin"}, "tidak berlaku"),
        ({"taken_at": "2026-13-45T99:00"}, "tidak berlaku"),
        ({"taken_at": "2031-01-01T00:00:00+07:00"}, "terlalu lama terbuka"),
    ],
)
def test_what_cannot_be_is_said_in_plain_words(world: World, house: House, sent: dict[str, str], said: str) -> None:
    live_here(world, house, "Asep Suryana")
    page = send(browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/", 422, **({"counted": "1"} | sent))
    assert said in summary(page)


def test_a_page_that_is_sent_late_speaks_of_its_own_moment(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/"
    sent = filled(read(client, url)) | {"counted": "2", "taken_at": ago(hours=2).isoformat()}
    elsewhere = build(world, name="Melati")
    residence.move(
        id=uuid7(), stay=stays[1], room=elsewhere.room, bed=elsewhere.bed, happened_at=ago(hours=1), by=world.carer,
        at=now(),
    )  # fmt: skip
    admit(world, house, bed=house.beds[2], happened_at=ago(minutes=30))

    for _ in range(2):
        page = post(client, url, sent)

    assert "2 kepala dihitung" in words(page.select_one("main"))
    with as_user(world.carer):
        assert set(RollCallMark.objects.values_list("tag", "mark")) == {("1", "present"), ("2", "present")}


@pytest.mark.slow
def test_sixty_are_called_in_the_statements_and_the_weight_of_a_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factories, "_number", count(1))  # sixty names that are not alike, whatever ran before
    house = build(world, rooms=30)
    for bed in house.beds:
        admit(world, house, bed=bed)
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/"
    sent = filled(read(client, url)) | {"counted": "60"}
    assert statements(client, url) <= MOST_STATEMENTS
    assert len(gzip.compress(client.get(url).content)) < 10 * 1024

    with CaptureQueriesContext(connection) as asked:
        began = time.monotonic()
        assert client.post(url, sent).status_code == 302
        took = time.monotonic() - began

    print(f"roll call of 60 closed in {took * 1000:.0f} ms with {len(asked)} statements")
    assert took < 2
    assert len(asked) <= 25


def test_an_unknown_choice_and_a_long_word_name_the_resident(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep Suryana")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/"
    assert "Asep Suryana" in summary(send(client, url, 422, **{choice(asep): "asleep", "counted": "1"}))
    note = f"k-{asep.pk.hex}"
    assert "paling panjang 200" in summary(send(client, url, 422, **{note: "x" * 201, "counted": "1"}))
    assert "paling panjang 200" in summary(send(client, url, 422, **{note: "a\x00b", "counted": "1"}))


def test_an_answer_that_is_left_out_names_the_tag(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep Suryana")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/apel/"
    assert "#1 belum ditandai" in summary(send(client, url, 422, **{choice(asep): "", "counted": "0"}))


def test_whom_the_carer_may_not_know_stands_by_number_tag(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    make_guarded(world, stays[1].person, "sealed", world.owner)
    client = browser(world.carer)

    page = read(client, f"/harian/wisma/{house.ward.pk}/apel/")
    assert [words(one).split()[0] for one in page.select(".touch-line legend")] == ["Asep", "#2"]
    assert "Bejo" not in page.get_text()
    round_page = read(client, f"/harian/wisma/{house.ward.pk}/putaran/bath/")
    assert "Dicatat oleh timnya: #2" in words(round_page.select_one("main"))


# --- Rounds, medicine ------------------------------------------------------------------------------------------------


def test_a_meal_names_who_eats_otherwise_first(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    daily.order_diet(
        id=uuid7(), stay=stays[1], kind="allergy", words="tanpa kacang", reason="Alergi", starts=ago(days=2).date(),
        by=world.carer, at=now(),
    )  # fmt: skip
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/putaran/lunch/"
    lines = [words(one.select_one("legend")).split()[0] for one in read(client, url).select(".touch-line")]
    assert lines == ["Bejo", "Asep"]

    page = send(client, url, **{choice(stays[0]): "nothing", f"k-{stays[0].pk.hex}": "mual"})

    assert "Makan siang dicatat untuk semua" in words(page)
    with as_user(world.carer):
        assert set(RoundEntry.objects.values_list("stay__tag", "answer", "note")) == {
            ("1", "nothing", "mual"),
            ("2", "all", ""),
        }
    assert "Sudah dicatat" in words(read(client, url))


def test_a_round_that_is_not_known_is_not_there(world: World, house: House) -> None:
    read(browser(world.carer), f"/harian/wisma/{house.ward.pk}/putaran/dance/", 404)


def test_the_rest_is_given_but_for_the_marked(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo", "Cahyo Nugraha")
    for stay in stays:
        order(world, stay, hour_of(now()))
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/obat/"
    page = read(client, url)
    keys = {words(one.select_one("legend")).split()[0]: one.select_one("input[name=obat]") for one in
            page.select(".touch-line")}  # fmt: skip
    bejo = str(keys["Bejo"]["value"])  # type: ignore[index]
    sent = filled(page) | {f"o-{bejo}": "refused", "sisanya": "given"}

    refused = post(client, url, sent, 422)
    assert "Tulis alasan mengapa obat tidak diberikan: #2" in summary(refused)
    sent[f"k-{bejo}"] = "pahit"
    for _ in range(2):
        after = post(client, url, sent)

    assert "Tidak ada obat yang menunggu" in words(after)
    with as_user(world.carer):
        assert set(Dose.objects.values_list("stay__tag", "outcome", "reason")) == {
            ("1", "given", ""),
            ("2", "refused", "pahit"),
            ("3", "given", ""),
        }


def test_only_what_was_marked_is_recorded(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    for stay in stays:
        order(world, stay, hour_of(now()))
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/obat/"
    page = read(client, url)
    first = page.select_one("input[name=obat]")
    assert "Belum ada obat yang ditandai" in summary(post(client, url, filled(page), 422))
    post(client, url, filled(page) | {f"o-{first['value']}": "given"})  # type: ignore[index]
    with as_user(world.carer):
        assert Dose.objects.count() == 1
    strange = filled(page) | {f"o-{first['value']}": "eaten"}  # type: ignore[index]
    assert "Pilih hasilnya" in summary(post(client, url, strange, 422))


def test_a_prescription_is_copied_given_when_needed_and_ended(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep Suryana")
    client, ward = browser(world.carer), f"/harian/wisma/{house.ward.pk}/"
    typed = {"stay": str(asep.pk), "drug": "Parasetamol", "dose": "1 tablet", "prescriber": "dr. Ratna"}
    assert "bukan jam" in summary(send(client, f"{ward}resep/salin/", 422, **typed, times="7, siang"))
    page = send(client, f"{ward}resep/salin/", **typed, times="")
    assert "Parasetamol 1 tablet · bila perlu" in words(page)
    with as_user(world.carer):
        one = Prescription.objects.get()

    given = send(client, f"/harian/resep/{one.pk}/beri/", reason="demam")
    assert "Pemberian obat dicatat" in words(given)
    send(client, f"/harian/resep/{one.pk}/hentikan/", reason="dr. Ratna", latest="01/01/2020")

    assert "Belum ada resep" in words(read(client, f"{ward}resep/"))
    assert "Salin resep" not in words(read(browser(world.head), f"{ward}resep/").select_one("main .page-header"))


# --- Hand-over, notes, diets -----------------------------------------------------------------------------------------


def test_a_shift_hands_over_and_the_next_has_read_it(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana")
    daily.write_note(
        id=uuid7(), ward=house.ward, stays=stays, kind="health", text="Batuk semalaman", is_handed_on=True,
        by=world.carer, at=now(),
    )  # fmt: skip
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/serah-terima/"
    assert "Batuk semalaman" in words(read(client, url).select_one("main"))
    send(client, url, words="Kunci gudang di meja")
    with as_user(world.carer):
        one = ShiftHandover.objects.get()
    colleague = browser(make_staff(Role.CARER, world.panti, "Yanti Pengasuh"))
    assert "Kunci gudang di meja" in words(read(colleague, f"/harian/wisma/{house.ward.pk}/").select_one("main"))
    assert "Sudah saya baca" not in words(read(client, f"/harian/serah-terima/{one.pk}/").select_one("main"))

    page = post(colleague, f"/harian/serah-terima/{one.pk}/sudah-dibaca/", {})

    assert "Kunci gudang" not in words(page.select_one("main"))
    assert "Dibaca Yanti Pengasuh" in words(read(client, f"/harian/serah-terima/{one.pk}/").select_one("main"))


def test_a_note_is_dictated_sorted_and_handed_on(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/catatan/baru/"
    assert "Apa yang terjadi?" in summary(send(client, url, 422, text=""))

    page = send(
        client, url, text="Bertengkar soal kursi", kind="behaviour", is_handed_on="on",
        stays=[str(one.pk) for one in stays],
    )  # fmt: skip

    assert "Asep Suryana, Bejo Wibowo : Bertengkar soal kursi" in words(page.select_one("main"))
    with as_user(world.carer):
        assert DailyNote.objects.count() == 2


def test_the_file_of_a_person_tells_the_day(world: World, house: House) -> None:
    person = make_person(world, "Asep Suryana")
    case = make_case(world, person=person, with_report=False)
    stay = admit(world, house, person=person, case=case)
    daily.write_note(
        id=uuid7(), ward=house.ward, stays=[stay], kind="sleep", text="Tidur nyenyak", is_handed_on=False,
        by=world.carer, at=now(),
    )  # fmt: skip
    client = browser(world.owner)
    assert "Tidur nyenyak" in words(read(client, f"/kasus/{case.pk}/harian/").select_one("main"))
    assert "Tidur nyenyak" in words(read(client, f"/kasus/{case.pk}/riwayat/").select_one("main"))


def test_a_diet_is_ordered_and_the_kitchen_prints_it(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    make_guarded(world, stays[1].person, "sppa", world.owner)
    client, ward = browser(world.carer), f"/harian/wisma/{house.ward.pk}/"
    for stay in stays:
        send(client, f"{ward}diet/baru/", stay=str(stay.pk), kind="soft", reason="Gigi")
    kitchen = words(read(client, f"/harian/dapur/{house.unit.pk}/").select_one("main"))
    assert "Asep Suryana : Lunak" in kitchen
    assert "#2 : Lunak" in kitchen
    with as_user(world.carer):
        one = Diet.objects.filter(stay=stays[0]).get()

    send(client, f"/harian/diet/{one.pk}/akhiri/", latest="01/01/2020")

    assert "Asep" not in words(read(client, f"{ward}diet/").select_one("main"))


def test_a_day_fits_on_a_sheet(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana")
    call_roll(world, house, found(stays), taken_at=ago(seconds=5))
    client = browser(world.head)
    page = words(read(client, f"/harian/wisma/{house.ward.pk}/ringkasan/").select_one("main"))
    assert "1 hadir, Siti Pengasuh" in page
    before = words(read(client, f"/harian/wisma/{house.ward.pk}/ringkasan/?hari=01/01/2020").select_one("main"))
    assert "Tidak ada apel hari itu" in before


def test_the_head_sets_the_hours_of_the_shifts(world: World, house: House) -> None:
    client, url = browser(world.head), f"/harian/giliran/{house.unit.pk}/"
    send(client, url, morning_from="6", afternoon_from="", night_from="18.00")
    page = send(client, url, 422, morning_from="20.00", afternoon_from="", night_from="18.00")
    assert "berurutan" in summary(page)
