"""The pages of a survey: who reads what, what is typed, what it costs."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from serasi.access.models import User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.assessments.queries import form_of
from serasi.cases.models import Report
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import HouseholdMember, Person
from serasi.surveys import operations as surveys
from serasi.surveys.models import Draft, Interview, Settled, Survey, Target, Verdict
from serasi.surveys.tests.factories import (
    ANGGOTA,
    CILANGKAP,
    CIPAYUNG,
    DESA,
    HASIL,
    NAMA,
    NIK,
    UMUR,
    enumerator,
    kept,
    planned,
    published,
    running,
)
from serasi.xforms.instance import compose

pytestmark = pytest.mark.django_db

PARTS = ("survey", "interviews", "checks", "results", "people", "releases")


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def url(name: str, *ids: Any) -> str:
    return reverse(f"surveys:{name}", args=ids)


# --- planning


def test_a_social_worker_makes_a_survey_and_opens_it(world: World, yuni: User) -> None:
    planned(world)  # brings the regions and a form
    edition = Survey.objects.get().edition
    worker, today = browser(world.owner), world.panti.day_at(now())
    typed = {
        "id": str(uuid7()),
        "name": "Kebutuhan pemulung",
        "purpose": "Mengurus dokumen",
        "unit": world.panti.pk,
        "edition": edition.pk,
        "region": "31.75 Jakarta Timur",
        "begins_on": f"{today:%d/%m/%Y}",
        "ends_on": f"{today + timedelta(days=9):%d/%m/%Y}",
    }

    for _again in range(2):
        assert worker.post(url("new"), typed).status_code == 302
    made = Survey.objects.get(name="Kebutuhan pemulung")
    refused = worker.post(url("open", made.pk), follow=True)
    assert "Belum ada pewawancara. Tambahkan dahulu." in refused.content.decode()

    added = {"id": str(uuid7()), "user": yuni.pk, "starts_on": f"{today:%d/%m/%Y}"}
    assert worker.post(url("add", made.pk), added).status_code == 302
    pasted = {"targets": f"{CIPAYUNG}\tCipayung\t20\r\n3175101002;12"}
    assert worker.post(url("targets", made.pk), pasted).status_code == 302
    assert worker.post(url("open", made.pk)).status_code == 302
    made.refresh_from_db()

    assert made.is_running
    assert dict(Target.objects.filter(survey=made).values_list("village", "interviews")) == {
        CIPAYUNG: 20,
        CILANGKAP: 12,
    }
    assert "Yuni Pendata" in words(read(worker, url("survey", made.pk)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.75.10.1001 dua puluh", "Baris 1 tidak terbaca"),
        (f"{CIPAYUNG} 20\n{CIPAYUNG} 3", "Baris 2 tidak terbaca atau desanya sudah disebut"),
        ("31.74.01.1001 5", "Bukan kode desa atau kelurahan di wilayah survei ini: 31.74.01.1001."),
        (f"{CIPAYUNG} 0", "Target paling sedikit satu wawancara."),
    ],
)
def test_targets_that_cannot_be_are_refused_in_words(world: World, typed: str, said: str) -> None:
    survey = planned(world)

    answer = browser(world.owner).post(url("targets", survey.pk), {"targets": typed})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Target.objects.exists()


def test_a_survey_ends_after_it_begins(world: World) -> None:
    survey = planned(world)
    answer = browser(world.owner).post(
        url("change", survey.pk),
        {
            "revision": 1,
            "name": survey.name,
            "purpose": survey.purpose,
            "edition": survey.edition_id,
            "region": "31.75",
            "begins_on": "10/11/2026",
            "ends_on": "09/11/2026",
        },
    )

    assert answer.status_code == 422
    assert "Tanggal selesai tidak boleh sebelum tanggal mulai." in answer.content.decode()


# --- who reads what


def test_each_reads_their_part(world: World, yuni: User) -> None:
    budi = enumerator(world, "Budi Pendata")
    survey = running(world, yuni, budi)
    hers, _his = kept(survey, yuni), kept(survey, budi)

    def statuses(user: User) -> list[int]:
        client = browser(user)
        return [client.get(url(part, survey.pk)).status_code for part in PARTS]

    assert statuses(world.owner) == [200] * 6
    assert statuses(yuni) == [200, 200, 403, 403, 403, 403]
    assert statuses(world.officer) == [200, 403, 403, 200, 403, 403]
    assert statuses(world.outsider) == [404] * 6
    assert browser(budi).get(url("interview", hers.pk)).status_code == 404
    assert "1–1 dari 1 wawancara" in words(read(browser(yuni), url("interviews", survey.pk)))


def test_an_officer_of_the_dinas_reads_counts_alone(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    for _number in range(6):
        kept(survey, yuni, {NAMA: "Karsih"})

    page = words(read(browser(world.officer), url("results", survey.pk)))

    assert "6 wawancara." in page
    assert "Karsih" not in page
    assert "Baca jawaban" not in page


# --- interviewing on line


def test_an_interview_is_typed_kept_and_sent(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    client, wanted = browser(yuni), uuid7()
    for _again in range(2):
        assert client.post(url("begin", survey.pk), {"id": str(wanted)}).status_code == 302
    assert "data-fill" in client.get(url("typing", wanted)).content.decode()

    def entry(path: str, value: str) -> dict[str, str]:
        return {"id": str(uuid7()), "path": path, "before": "", "value": value}

    def keep(*entries: dict[str, str]) -> Any:
        sent = {"cursor": 0, "entries": list(entries)}
        return client.post(url("keep", wanted), json.dumps(sent), content_type="application/json")

    kept_ones = [entry(DESA, CIPAYUNG), entry(UMUR, "41")]
    wrong = entry("/data/tidak_ada", "1")
    answer = keep(*kept_ones, wrong).json()
    assert answer["taken"] == [one["id"] for one in kept_ones]
    assert [one["message"] for one in answer["refused"]] == ["Pertanyaan ini tidak ada dalam formulir."]
    assert "<umur>41</umur>" in client.get(url("typed", wanted)).json()["instance"]

    unfinished = client.post(url("finish", wanted))
    assert unfinished.status_code == 422
    assert "Belum dapat dikirim" in unfinished.content.decode()

    keep(entry(NAMA, "Karsih"))
    for _again in range(2):
        assert client.post(url("finish", wanted)).status_code in {302, 404}
    with as_user(yuni):
        one = Interview.objects.get()
        assert (one.pk, one.village_id, one.problems) == (wanted, CIPAYUNG, [])
        assert not Draft.objects.exists()


def test_what_someone_types_is_nobody_elses(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    draft = surveys.begin_interview(id=uuid7(), survey=survey, by=yuni, at=now())

    assert browser(world.owner).get(url("typing", draft.pk)).status_code == 404


@pytest.mark.parametrize("sent", ["", "[]", '{"entries": [{}]}', '{"entries": [{"id": "x", "path": "a", "value": 1}]}'])
def test_what_is_no_sending_is_refused(world: World, yuni: User, sent: str) -> None:
    survey = running(world, yuni)
    draft = surveys.begin_interview(id=uuid7(), survey=survey, by=yuni, at=now())

    answer = browser(yuni).post(url("keep", draft.pk), sent, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["message"] == "Kiriman ini tidak terbaca. Muat ulang halaman."


def test_an_interview_is_held_again_where_a_supervisor_asked_for_it(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    first = kept(survey, yuni, {HASIL: "1"}, started_at=now() - timedelta(days=2))
    surveys.check_survey(survey=survey, by=world.supervisor, at=now())
    supervisor, client = browser(world.supervisor), browser(yuni)
    decide = url("decide", first.pk, "no_point")

    asked = {"id": str(uuid7()), "outcome": "again", "reason": "Ambil titik lokasinya"}
    assert "tidak ada yang tercatat" in words(read(supervisor, decide))
    assert supervisor.post(decide, asked).status_code == 302
    assert "Ambil titik lokasinya" in words(read(client, url("survey", survey.pk)))
    assert "Wawancara ulang diminta" in words(read(client, "/"))

    wanted = uuid7()
    client.post(url("begin", survey.pk), {"id": str(wanted), "replaces": str(first.pk)})
    client.post(url("finish", wanted))

    with as_user(yuni):
        assert list(Interview.objects.standing().values_list("pk", "replaces")) == [(wanted, first.pk)]
        assert Interview.objects.get(pk=wanted).held_on == world.panti.day_at(now())
    assert "Ambil titik lokasinya" not in words(read(client, url("survey", survey.pk)))


def test_a_finding_is_decided_once_and_leaves_the_list(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni)
    supervisor = browser(world.supervisor)
    supervisor.post(url("check", survey.pk))
    assert "Tanpa titik lokasi" in words(read(supervisor, url("checks", survey.pk)))

    fine = {"id": str(uuid7()), "outcome": "fine", "reason": "Ponsel rusak"}
    supervisor.post(url("decide", one.pk, "no_point"), fine)

    assert "Tidak ada temuan yang menunggu keputusan" in words(read(supervisor, url("checks", survey.pk)))
    assert "Ponsel rusak" in words(read(supervisor, url("checks", survey.pk) + "?keputusan=fine"))
    with as_user(world.owner):
        assert Verdict.objects.get().decided_by == world.supervisor


def test_nobody_decides_about_their_own_interview(world: World) -> None:
    survey = running(world, world.owner)
    one = kept(survey, world.owner)

    answer = browser(world.owner).post(
        url("decide", one.pk, "no_point"), {"id": str(uuid7()), "outcome": "fine", "reason": "Benar"}
    )

    assert answer.status_code == 403


# --- data and people


def test_the_data_set_is_downloaded_with_its_purpose(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    kept(survey, yuni)
    client, sent = browser(world.owner), {"id": str(uuid7()), "level": "2", "purpose": "Rapat Dinas"}

    assert client.post(url("releases", survey.pk), sent | {"purpose": ""}).status_code == 422
    answer: Any = client.post(url("releases", survey.pk), sent)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert "wawancara.csv" in zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()
    for close in answer._resource_closers:
        close()
    assert "Rapat Dinas" in words(read(client, url("releases", survey.pk)))


WIJI = "<anggota><nama>Wiji Lestari</nama><umur>34</umur></anggota>"
TONO = "<anggota><nama>Tono Lestari</nama><umur>9</umur></anggota>"


def test_people_of_an_interview_become_people_once(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    known = make_person(world, "Karsih Rahayu", sex="P", birth_year_from=1985, birth_year_to=1985)
    one = kept(survey, yuni, {NAMA: "Karsih Rahayu", NIK: "", ANGGOTA: WIJI + TONO})
    client = browser(world.owner)
    page = read(client, url("people", survey.pk))
    assert "Karsih Rahayu" in words(page)

    def of(place: int, who: str) -> dict[str, Any]:
        key = f"{one.pk}_{place}"
        seen = [each["value"] for each in page.select(f"input[name='dilihat_{key}']")]
        return {f"siapa_{key}": who, f"id_{key}": str(uuid7()), f"dilihat_{key}": seen}

    assert of(0, "")[f"dilihat_{one.pk}_0"] == [str(known.pk)]
    sent = of(0, str(known.pk)) | of(1, "baru") | of(2, "nanti")
    for _again in range(2):
        assert client.post(url("people", survey.pk), sent).status_code == 302

    with as_user(world.owner):
        settled = {row.place: row for row in Settled.objects.select_related("person")}
        assert {place: row.person.full_name for place, row in settled.items()} == {
            0: "Karsih Rahayu",
            1: "Wiji Lestari",
        }
        assert (settled[0].is_new, settled[1].is_new) == (False, True)
        homes = HouseholdMember.objects.filter(person__in=[row.person for row in settled.values()])
        assert len(set(homes.values_list("household", flat=True))) == 1
        assert Person.objects.filter(full_name="Wiji Lestari").count() == 1


def test_a_report_is_opened_once_for_someone_in_need(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    kept(survey, yuni, {NAMA: "Ponirah Utami"})
    client = browser(world.owner)
    page = read(client, url("people", survey.pk))
    key = page.select_one("input[name^='siapa_']")["name"].removeprefix("siapa_")  # type: ignore[index,union-attr]
    client.post(url("people", survey.pk), {f"siapa_{key}": "baru", f"id_{key}": str(uuid7())})
    with as_user(world.owner):
        settled = Settled.objects.get()

    for _again in range(2):
        sent = {"id": str(uuid7()), "need": "Belum punya NIK dan sakit menahun"}
        assert client.post(url("report", settled.pk), sent).status_code == 302

    with as_user(world.owner):
        report = Report.objects.get()
    assert (report.person_id, report.channel) == (settled.person_id, "penjangkauan")
    assert "Belum punya NIK" in report.narrative
    assert "laporan dibuka" in words(read(client, url("people", survey.pk)))


# --- what it costs


def test_pages_cost_the_same_for_one_and_for_three(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    budi = enumerator(world, "Budi Pendata")
    today = world.panti.day_at(now())
    surveys.add_enumerator(id=uuid7(), survey=survey, user=budi, starts_on=today, by=world.owner, at=now())
    surveys.set_targets(survey=survey, targets={CIPAYUNG: 5}, by=world.owner, at=now())
    kept(survey, yuni, {NAMA: "Satu Orang"})
    client, officer, own = browser(world.owner), browser(world.officer), browser(yuni)
    pages = [
        (client, url("surveys")),
        *(
            (client, url(part, survey.pk))
            for part in ("survey", "interviews", "checks", "results", "people", "releases")
        ),
        (officer, url("results", survey.pk)),
        (own, url("survey", survey.pk)),
    ]
    for who, page in pages:
        read(who, page)
    one = [statements(who, page) for who, page in pages]

    surveys.set_targets(survey=survey, targets={CIPAYUNG: 5, CILANGKAP: 3}, by=world.owner, at=now())
    for number, name in enumerate(("Kedua Orangnya", "Ketiga Orangnya")):
        kept(survey, (yuni, budi)[number], {NAMA: name, DESA: CILANGKAP, UMUR: str(60 + number * 10)})
    three = [statements(who, page) for who, page in pages]

    assert three == one
    assert max(one) <= MOST_STATEMENTS


def test_an_interview_costs_little(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni)

    assert statements(browser(world.owner), url("interview", one.pk)) <= MOST_STATEMENTS
    assert statements(browser(world.owner), url("decide", one.pk, "no_point")) <= MOST_STATEMENTS


def test_the_form_of_another_instrument_is_refused(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    other = published(world.other, world.other_head)
    instance = compose(form_of(other.pk), {NAMA: "Karsih"}, instance_id=uuid7())

    with pytest.raises(surveys.NotItsForm):
        surveys.keep_interview(
            id=UUID(int=7), survey=survey, edition=other, instance=instance, files=(), by=yuni, at=now()
        )
