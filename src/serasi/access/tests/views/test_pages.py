"""Pages of units, staff, rights and trail: who may, what they show, what they cost, what nonsense gets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serasi.access.enums import Role, Subject
from serasi.access.looks import log_look
from serasi.access.models import EmergencyAccess, Posting, SignIn, Unit, User
from serasi.access.operations import acting
from serasi.access.queries import trail_of, who_opened
from serasi.access.scope import today
from serasi.access.subjects import SubjectName, register_subject
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_emergency, make_posting, make_staff, make_unit, make_user
from serasi.common.identifiers import uuid7

MOST_QUERIES = 15
Grows = Callable[[World], object]


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.SERASI_DEMO = True


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def look_at_something(world: World, by: User | None = None) -> None:
    reader = by or world.owner
    with acting(reader, "test"):
        log_look(by=reader, subject=Subject.CASE, subject_id=uuid7(), purpose="Asesmen", unit_id=world.panti.pk)


def break_glass(world: World) -> EmergencyAccess:
    return make_emergency(world.colleague, world.panti)


PAGES: list[tuple[str, Grows]] = [
    ("/akun/", lambda w: make_posting(w.head, list(Role)[Posting.objects.filter(user=w.head).count()], w.annex)),
    ("/akun/masuk/", lambda w: SignIn.objects.create(user=w.head, kind="in", at=timezone.now())),
    ("/pengaturan/unit/", lambda w: make_unit(w.panti)),
    ("/pengaturan/unit/{panti}/", lambda w: make_staff(Role.CARER, w.panti)),
    ("/pengaturan/petugas/", lambda w: make_staff(Role.CARER, w.panti)),
    (
        "/pengaturan/petugas/{owner}/",
        lambda w: make_posting(w.owner, Role.CARER, make_unit(w.panti), last_day=today() + timedelta(days=3)),
    ),
    ("/pengaturan/petugas/tambah/", lambda w: make_unit(w.panti)),
    ("/kewenangan/", lambda w: None),
    ("/jejak/", look_at_something),
    ("/jejak/perubahan/", lambda w: make_staff(Role.CARER, w.panti)),
    ("/jejak/darurat/", break_glass),
]


@pytest.mark.parametrize(("path", "grow"), PAGES, ids=[path for path, _ in PAGES])
def test_a_page_costs_the_same_with_one_row_and_with_three(world: World, path: str, grow: Grows) -> None:
    address = path.format(panti=world.panti.pk, owner=world.owner.pk)
    client = browser_of(world.head)
    client.get(address)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            grow(world)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize(
    "path",
    [
        "/pengaturan/unit/",
        "/pengaturan/petugas/",
        "/pengaturan/petugas/tambah/",
        "/jejak/",
        "/jejak/darurat/",
        "/jejak/perubahan/",
    ],
)
def test_a_worker_is_refused_the_pages_of_heads(world: World, path: str) -> None:
    assert browser_of(world.owner).get(path).status_code == 403


def test_a_head_does_not_find_what_is_not_hers(world: World) -> None:
    client = browser_of(world.outsider)
    posting = Posting.objects.get(user=world.owner)
    for path in (
        f"/pengaturan/unit/{world.panti.pk}/",
        f"/pengaturan/petugas/{world.owner.pk}/",
        f"/pengaturan/penugasan/{posting.pk}/akhiri/",
        f"/jejak/darurat/{break_glass(world).pk}/",
    ):
        assert client.get(path).status_code == 404
    for act in ("matikan", "undang", "aktifkan", "lepas-verifikasi"):
        assert client.post(f"/pengaturan/petugas/{world.owner.pk}/{act}/").status_code == 404


def test_the_list_of_staff_shows_ones_own_tree_alone(world: World) -> None:
    page = browser_of(world.head).get("/pengaturan/petugas/").content.decode()
    assert [name in page for name in ("Peni Pekerja", "Rahmat Rekan", "Lukman Luar", "Adi Administrator")] == [
        True,
        True,
        False,
        False,
    ]


def test_someone_new_gets_an_account_a_posting_and_an_invitation_that_works_once(world: World) -> None:
    client = browser_of(world.head)
    typed = {
        "id": str(uuid7()),
        "full_name": "Bu Baru",
        "email": "Baru@Serasi.TEST",
        "language": "id",
        "unit": str(world.panti.pk),
        "role": "carer",
        "starts_on": f"{today():%d/%m/%Y}",
        "last_day": "",
    }
    for _ in range(2):
        answer = client.post("/pengaturan/petugas/tambah/", typed)
        assert answer.status_code == 200
    link = answer.context["link"]
    user = User.objects.get(email="baru@serasi.test")
    assert [(p.role, p.unit_id) for p in user.postings.all()] == [("carer", world.panti.pk)]
    visitor = Client()
    form = visitor.get(link.removeprefix("http://testserver"), follow=True)
    secret = "kata sandi yang baru"
    done = visitor.post(form.redirect_chain[-1][0], {"password1": secret, "password2": secret})
    assert (done.status_code, done["Location"]) == (302, "/masuk/sandi/selesai/")
    assert User.objects.get(pk=user.pk).check_password(secret)
    again = Client().get(link.removeprefix("http://testserver"), follow=True)
    assert "Tautan ini tidak berlaku lagi" in again.content.decode()
    # The form sent a third time shows no link to an account that has its own password now.
    assert client.post("/pengaturan/petugas/tambah/", typed)["Location"] == f"/pengaturan/petugas/{user.pk}/"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": "bukan surel"}, "Tulis surel lengkap"),
        ({"full_name": ""}, "“Nama lengkap” belum diisi."),
        ({"full_name": "x" * 151}, "paling panjang 150 huruf"),
        ({"full_name": "a\x00b"}, "tidak dapat disimpan"),
        ({"role": "administrator"}, "Pilih salah satu dari daftar."),
        ({"unit": "bukan-uuid"}, "Pilih salah satu dari daftar."),
        ({"starts_on": "31/02/2026"}, "tidak ada di kalender"),
        ({"last_day": "01/01/2020"}, "Hari terakhir tidak boleh sebelum hari mulai."),
        ({"id": "1"}, "Halaman ini sudah tidak berlaku"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world: World, changed: dict[str, str], sentence: str) -> None:
    typed = {
        "id": str(uuid7()),
        "full_name": "Bu Baru 😀",
        "email": "baru@serasi.test",
        "language": "id",
        "unit": str(world.panti.pk),
        "role": "carer",
        "starts_on": f"{today():%d/%m/%Y}",
    } | changed
    answer = browser_of(world.head).post("/pengaturan/petugas/tambah/", typed)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not User.objects.filter(email="baru@serasi.test").exists()


def test_two_people_changing_a_unit_see_both_versions(world: World) -> None:
    client = browser_of(world.administrator)
    address = f"/pengaturan/unit/{world.panti.pk}/ubah/"
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert client.post(address, typed | {"name": "Nama pertama"}).status_code == 302
    answer = client.post(address, typed | {"name": "Nama kedua"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert ("Nama pertama" in page, "Nama kedua" in page) == (True, True)
    assert Unit.objects.get(pk=world.panti.pk).name == "Nama pertama"


def test_a_unit_is_moved_closed_and_opened_again_on_its_pages(world: World) -> None:
    client = browser_of(world.administrator)
    unit = make_unit(world.province, code="PS-BARU")
    base = f"/pengaturan/unit/{unit.pk}"
    assert client.post(f"{base}/pindah/", {"parent": str(world.elsewhere.pk), "revision": "1"}).status_code == 302
    assert client.post(f"{base}/tutup/", {"on": f"{today():%d/%m/%Y}", "revision": "2"}).status_code == 302
    unit.refresh_from_db()
    assert (unit.path, unit.closed_on) == ("PUSAT/PROV/LAIN/PS-BARU/", today())
    assert client.post(f"{base}/buka/").status_code == 302
    assert client.get(f"{base}/buka/").status_code == 405


def test_a_posting_is_ended_on_its_page_and_reads_as_ended(world: World) -> None:
    client = browser_of(world.head)
    posting = Posting.objects.get(user=world.owner)
    address = f"/pengaturan/penugasan/{posting.pk}/akhiri/"
    late = client.post(address, {"last_day": "01/01/2020"})
    assert late.status_code == 422
    yesterday = today() - timedelta(days=1)
    assert client.post(address, {"last_day": f"{yesterday:%d/%m/%Y}"}).status_code == 302
    assert "Berakhir" in client.get(f"/pengaturan/petugas/{world.owner.pk}/").content.decode()


def test_the_log_of_looks_names_what_the_reader_may_know(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serasi.access.subjects._namers", {})
    file = uuid7()
    with acting(world.owner, "test"):
        log_look(by=world.owner, subject=Subject.CASE, subject_id=file, purpose="Monitoring", unit_id=world.panti.pk)
    register_subject(Subject.CASE, lambda reader, ids: {i: SubjectName("Kasus 7/2026", "/kasus/7/") for i in ids})
    page = browser_of(world.head).get("/jejak/").content.decode()
    assert ("Monitoring" in page, "Kasus 7/2026" in page) == (True, True)
    assert "Monitoring" not in browser_of(world.outsider).get("/jejak/").content.decode()


def test_who_opened_a_file_is_answered_by_one_query(world: World, django_assert_num_queries: Any) -> None:
    file = uuid7()
    for reader in (world.owner, world.colleague):
        with acting(reader, "test"):
            log_look(by=reader, subject=Subject.PERSON, subject_id=file, purpose="Asesmen", unit_id=world.panti.pk)
    look_at_something(world)
    with django_assert_num_queries(1):
        rows = who_opened(file)
    assert [(r.user_name, r.unit_name, r.purpose) for r in rows] == [
        ("Rahmat Rekan", "Panti", "Asesmen"),
        ("Peni Pekerja", "Panti", "Asesmen"),
    ]


@pytest.mark.parametrize("query", ["?sejak=31/02/2026", "?unit=x", "?apa=%00", "?siapa=" + "x" * 500, "?hal=-3"])
def test_a_filter_that_makes_no_sense_narrows_nothing(world: World, query: str) -> None:
    look_at_something(world)
    answer = browser_of(world.head).get(f"/jejak/{query}")
    assert (answer.status_code, "Peni Pekerja" in answer.content.decode()) == (200, True)


def test_an_emergency_waits_for_the_head_and_is_reviewed_on_its_page(world: World) -> None:
    access = break_glass(world)
    client = browser_of(world.head)
    assert "1 akses darurat menunggu tinjauan Anda" in client.get("/jejak/darurat/").content.decode()
    address = f"/jejak/darurat/{access.pk}/"
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"verdict": "no", "note": ""}).status_code == 422
    assert client.post(address, {"verdict": "no", "note": "Tidak gawat."}).status_code == 302
    access.refresh_from_db()
    assert (access.is_justified, access.reviewed_by) == (False, world.head)


def test_the_trail_of_a_record_reads_as_sentences(world: World) -> None:
    posting = make_posting(make_user("Bu Uji"), Role.CARER, world.panti)
    (line,) = trail_of(posting.pk)
    assert (line.actor, line.what, line.action, line.act) == (
        "Serasi",
        "penugasan",
        "insert",
        "Membuat akun dan penugasan",
    )
    changes = {c.label: c.after for c in line.changes}
    assert changes["Petugas"] == "Bu Uji"
    assert changes["Peran"] == "Pengasuh"
    assert changes["Masa tugas"].startswith("sejak ")


def test_everyone_may_read_who_may_what(world: World) -> None:
    page = browser_of(world.owner).get("/kewenangan/?peran=head").content.decode()
    assert "Meninjau akses darurat" in page
    assert browser_of(world.owner).get("/kewenangan/?peran=tidakada").status_code == 200
