"""Vital signs and corrections on the pages: a ward at once, one person, what waits, what was put right."""

from typing import Any

import pytest

from serasi.access.models import Look, User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.access.tests.views.test_outbox import sealed
from serasi.access.tests.views.test_outbox import send as send_kept
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import RoundKind
from serasi.daily.models import DailyNote, Dose, RollCallMark, Round, RoundEntry, VitalSigns, VitalsPractice
from serasi.daily.operations import Answered, Exceptional
from serasi.daily.tests.factories import call_roll, found, hour_of, live_here, measured, order, takes_vitals
from serasi.daily.tests.views.test_pages import filled, post, send, summary
from serasi.residence.models import Stay
from serasi.residence.tests.factories import House, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def box(stay: Stay, measure: str) -> str:
    return f"{measure}-{stay.pk.hex}"


def first(user: User, model: Any) -> Any:
    with as_user(user):
        return model.objects.in_force().get()


def test_a_ward_is_measured_on_one_page_and_sent_twice_it_is_once(world: World, house: House) -> None:
    takes_vitals(world, house)
    asep, bejo, cahyo = live_here(world, house, "Asep Suryana", "Bejo Wibowo", "Cahyo Nugraha")
    make_guarded(world, cahyo.person, "sealed", world.owner)
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/tanda-vital/"
    page = read(client, url)
    assert "Dicatat oleh timnya: #3" in words(page.select_one("main"))
    sent = filled(page) | {box(asep, "temperature"): "39,1", box(bejo, "systolic"): "120", box(bejo, "diastolic"): "80"}

    for _ in range(2):
        after = post(client, url, sent)

    assert "Tanda vital 2 dari 3 orang" in words(after.select_one("main .tasks"))
    with as_user(world.carer):
        beyond = dict(VitalSigns.objects.values_list("stay__tag", "beyond"))
    assert beyond == {"1": ["temperature"], "2": []}
    today = words(read(client, "/").select_one("main"))
    assert "periksa, tulis yang dilakukan: #1 · Suhu" in today
    assert "39,1" not in today


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"temperature": "367"}, "Asep Suryana: Suhu harus antara 28 dan 44 °C"),
        ({"temperature": "panas"}, "Asep Suryana: Suhu harus angka, misalnya 36,5"),
        ({"saturation": "98,5"}, "Asep Suryana: Saturasi oksigen harus angka, misalnya 120"),
        ({"diastolic": "80"}, "ditulis atas dan bawah"),
        ({}, "paling sedikit satu hasil ukur"),
    ],
)
def test_a_typing_mistake_is_named_and_nothing_is_kept(
    world: World, house: House, typed: dict[str, str], said: str
) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep Suryana")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/tanda-vital/"
    sent = filled(read(client, url)) | {box(asep, measure): value for measure, value in typed.items()}
    page = post(client, url, sent, 422)
    assert said in summary(page)
    with as_user(world.carer):
        assert VitalSigns.objects.count() == 0


def test_a_remark_without_a_number_asks_for_one(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep Suryana")
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/tanda-vital/"
    for note, said in (("tidur", "Isi hasil ukur Asep Suryana"), ("x" * 201, "paling panjang 200")):
        sent = filled(read(client, url)) | {f"k-{asep.pk.hex}": note}
        assert said in summary(post(client, url, sent, 422))


def test_a_ward_that_takes_none_says_so_and_the_head_decides(world: World, house: House) -> None:
    live_here(world, house, "Asep Suryana")
    client, ward = browser(world.carer), f"/harian/wisma/{house.ward.pk}/"
    assert "tidak mengukur tanda vital" in words(read(client, f"{ward}tanda-vital/").select_one("main"))
    assert "Tanda vital" not in words(read(client, ward).select_one("main .tasks"))
    head, url = browser(world.head), f"/harian/tanda-vital/unit/{house.unit.pk}/"

    send(head, url, measures=["temperature", "systolic"], saturation_low="90")

    with as_user(world.head):
        own = VitalsPractice.objects.get()
    assert own.measures == ["temperature", "systolic", "diastolic"]
    assert (own.saturation_low, own.not_in) == (90, [])
    send(head, url, wards=[])
    assert "tidak mengukur" in words(read(client, f"{ward}tanda-vital/").select_one("main"))
    assert "Batas bawah harus lebih kecil" in summary(send(head, url, 422, pulse_low="130", pulse_high="60"))


def test_one_person_is_measured_read_put_right_and_followed_up(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep Suryana")
    client, url = browser(world.carer), f"/harian/penghuni/{asep.pk}/tanda-vital/"
    assert "Belum diukur" in words(read(client, url).select_one("main"))
    assert "Suhu harus antara" in summary(send(client, f"{url}ukur/", 422, temperature="3,7"))
    send(client, f"{url}ukur/", temperature="39,6", remark="menggigil")
    one = first(world.carer, VitalSigns)

    page = send(client, f"/harian/tanda-vital/{one.pk}/tindak-lanjut/", words="Diantar ke puskesmas")
    assert "Dilakukan: Diantar ke puskesmas" in words(page.select_one("main"))
    assert "belum diisi" in summary(send(client, f"/harian/tanda-vital/{one.pk}/betulkan/", 422, why=""))
    page = send(client, f"/harian/tanda-vital/{one.pk}/betulkan/", temperature="36,6", why="Salah ketik")

    assert words(page.select_one("main s")) == "Suhu 39,6 °C"
    assert "Salah ketik" in words(page.select_one("main"))
    two = first(world.carer, VitalSigns)
    send(client, f"/harian/tanda-vital/{two.pk}/betulkan/", is_withdrawn="on", why="Milik Bejo")
    with as_user(world.carer):
        assert VitalSigns.objects.in_force().count() == 0


def test_the_page_of_a_stay_shows_the_latest_values_and_a_chart(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep Suryana")
    for hours, temperature in ((3, "36.6"), (2, "37.4"), (1, "38.4")):
        measured(world, asep, temperature=temperature, measured_at=ago(hours=hours))
    client = browser(world.head)
    url = f"/harian/penghuni/{asep.pk}/tanda-vital/"
    assert f'hx-get="{url}"' in client.get(f"/hunian/tinggal/{asep.pk}/").content.decode()

    part = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "38,4 °C" in part
    assert "<html" not in part
    assert part.count("chart-line") == 1
    assert "Tulis yang dilakukan" not in part
    assert "Betulkan" not in words(read(client, url).select_one("main"))
    read(browser(world.outsider), url, 404)
    with as_user(world.head):
        assert Look.objects.filter(subject_id=asep.person_id, purpose="Membaca tanda vital").count() == 1


def test_a_dose_is_put_right_where_it_was_recorded(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep Suryana")
    one = order(world, asep, hour_of(now()))
    due_at = now().replace(minute=0, second=0, microsecond=0)
    daily.record_doses(id=uuid7(), answers=[Answered(one, due_at, "given")], by=world.carer, at=now())
    client, url = browser(world.carer), f"/harian/wisma/{house.ward.pk}/obat/tercatat/"
    dose = first(world.carer, Dose)
    assert "Asep Suryana : Diberikan" in words(read(client, url).select_one("main"))

    fix = f"/harian/obat/{dose.pk}/betulkan/"
    assert "mengapa obat tidak diberikan: #1" in summary(send(client, fix, 422, answer="refused", why="Salah sentuh"))
    page = send(client, fix, answer="refused", note="mual", why="Salah sentuh")

    assert words(page.select_one("main s")) == "Asep Suryana: Diberikan"
    assert "Asep Suryana : Menolak" in words(page.select_one("main"))
    send(client, f"/harian/obat/{first(world.carer, Dose).pk}/betulkan/", answer="withdrawn", why="Bukan obatnya")
    assert "Asep Suryana" in words(read(client, f"/harian/wisma/{house.ward.pk}/obat/").select_one("main"))
    assert "Betulkan" not in words(read(browser(world.head), url).select_one("main"))


def test_an_answer_and_a_whole_round_are_put_right(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep Suryana")
    one = daily.make_round(
        id=uuid7(), ward=house.ward, kind=RoundKind.LUNCH, taken_at=ago(seconds=5), usual="all",
        exceptions={asep.pk: Exceptional("nothing")}, by=world.carer, at=now(),
    )  # fmt: skip
    client, url = browser(world.carer), f"/harian/putaran/{one.pk}/"
    entry = first(world.carer, RoundEntry)
    page = send(client, f"/harian/putaran/isian/{entry.pk}/betulkan/", answer="half", why="Salah sentuh")
    assert words(page.select_one("main s")) == "Asep Suryana: Tidak makan"
    assert "Asep Suryana : Separuh" in words(page.select_one("main"))
    send(client, f"/harian/putaran/isian/{first(world.carer, RoundEntry).pk}/betulkan/", answer="withdrawn", why="x")

    page = send(client, f"{url}cabut/", why="Yang benar makan malam")

    assert "Putaran ini dicabut" in words(page.select_one("main"))
    assert "Tidak ada putaran" in words(read(client, f"/harian/wisma/{house.ward.pk}/ringkasan/").select_one("main"))
    with as_user(world.carer):
        assert Round.objects.in_force().count() == 0


def test_a_mark_of_a_roll_call_is_put_right(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana")
    call = call_roll(world, house, found(stays, t1="missing"), taken_at=ago(minutes=1))
    client, url = browser(world.carer), f"/harian/apel/{call.pk}/"
    mark = first(world.carer, RollCallMark)

    page = send(client, f"/harian/apel/tanda/{mark.pk}/betulkan/", answer="present", why="Ada di kamar mandi")

    said = words(page.select_one("main"))
    assert "Tidak ditemukan" not in said
    assert "Sesudah dibetulkan 1 ditandai hadir" in said
    assert words(page.select_one("main s")) == "Asep Suryana: Tidak ada"
    assert read(client, url).select_one("main .notice-bad") is None


def test_what_a_phone_kept_is_of_the_moment_it_was_typed(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep Suryana")
    needed = order(world, asep, drug="Parasetamol")
    client, typed_at = browser(world.carer), ago(minutes=50)
    ward = f"/harian/wisma/{house.ward.pk}/"
    for url, typed in (
        (f"{ward}tanda-vital/", {box(asep, "temperature"): "37"}),
        (f"/harian/resep/{needed.pk}/beri/", {"reason": "nyeri"}),
        (f"{ward}catatan/baru/", {"text": "Batuk"}),
    ):
        fields = {name: values[-1] for name, values in filled(read(client, url)).items()} | typed
        send_kept(client, sealed(world.carer, url, fields, at=typed_at.isoformat()))

    dose, vitals = first(world.carer, Dose), first(world.carer, VitalSigns)
    assert (dose.happened_at, vitals.measured_at) == (typed_at, typed_at)
    assert dose.written_at > typed_at
    with as_user(world.carer):
        assert DailyNote.objects.get().written_at == typed_at


@pytest.mark.slow
def test_these_pages_cost_the_same_with_one_and_with_three(world: World, house: House) -> None:
    takes_vitals(world, house)
    stays = live_here(world, house, "Asep", "Bejo", "Cahyo")

    def fill(stay: Stay) -> None:
        hot = measured(world, stay, temperature="39.1")
        daily.respond_to_vitals(id=uuid7(), vital_signs=hot, words="Dikompres", by=world.carer, at=now())
        one = order(world, stay, hour_of(now()))
        due_at = now().replace(minute=0, second=0, microsecond=0)
        daily.record_doses(id=uuid7(), answers=[Answered(one, due_at, "given")], by=world.carer, at=now())

    made = daily.make_round(
        id=uuid7(), ward=house.ward, kind="lunch", taken_at=ago(minutes=5), usual="all", exceptions={},
        by=world.carer, at=now(),
    )  # fmt: skip
    fill(stays[0])
    client, ward = browser(world.carer), f"/harian/wisma/{house.ward.pk}/"
    urls = [
        *(f"{ward}{part}" for part in ("", "tanda-vital/", "obat/tercatat/", "serah-terima/", "ringkasan/")),
        f"/harian/penghuni/{stays[0].pk}/tanda-vital/",
        f"/harian/penghuni/{stays[0].pk}/tanda-vital/ukur/",
        f"/harian/putaran/{made.pk}/",
    ]
    for url in urls:
        read(client, url)
    with_one = {url: statements(client, url) for url in urls}
    for stay in stays[1:]:
        fill(stay)

    assert {url: statements(client, url) for url in urls} == with_one
    assert {url: count for url, count in with_one.items() if count > MOST_STATEMENTS} == {}
