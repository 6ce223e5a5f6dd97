"""What a survey found: numbers for everyone, persons for those who may; data without identity."""

import csv
import io
import zipfile

import pytest

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.surveys import operations as surveys
from serasi.surveys.models import Release, Survey
from serasi.surveys.queries import Question, counted_in, progress_of, questions_of, write_dataset
from serasi.surveys.questionnaire import questionnaire_of
from serasi.surveys.tests.factories import (
    ANGGOTA,
    BANTUAN,
    CERITA,
    CILANGKAP,
    CIPAYUNG,
    DESA,
    HASIL,
    KELAMIN,
    NAMA,
    NIK,
    TELEPON,
    TITIK,
    UMUR,
    enumerator,
    kept,
    running,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def question(survey: Survey, reader: User, path: str, *, shows_persons: bool = True) -> Question:
    with as_user(reader):
        count = counted_in(survey, reader)
        found = questions_of(questionnaire_of(survey.edition_id), count, shows_persons=shows_persons)
        return next(one for one in found if one.path == path)


def counts(one: Question) -> dict[str, int | None]:
    return {choice.value: count for choice, count in one.counts}


def test_choices_are_counted_and_several_may_be_chosen(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    for aid in ("pkh sembako", "pkh", "tidak_ada"):
        kept(survey, yuni, {BANTUAN: aid})

    one = question(survey, world.owner, BANTUAN)

    assert counts(one) == {"pkh": 2, "sembako": 1, "tidak_ada": 1}
    assert (one.asked, one.answered) == (3, 3)


def test_numbers_have_a_median_and_quartiles(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    for age in (20, 30, 40, 50, 90):
        kept(survey, yuni, {UMUR: str(age)})

    numbers = question(survey, world.owner, UMUR).numbers

    assert numbers is not None
    assert (numbers.least, numbers.lower, numbers.middle, numbers.upper, numbers.most) == (20, 30, 40, 50, 90)


def test_small_cells_and_texts_are_kept_from_who_may_not_see_persons(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    for number in range(13):
        kept(survey, yuni, {KELAMIN: "L" if number < 2 else "P", CERITA: "Pernah kerja di pasar"})

    assert counts(question(survey, world.owner, KELAMIN)) == {"L": 2, "P": 11}
    assert counts(question(survey, world.owner, KELAMIN, shows_persons=False)) == {"L": None, "P": None}
    assert question(survey, world.owner, CERITA).is_read
    assert not question(survey, world.owner, CERITA, shows_persons=False).is_read
    assert not question(survey, world.owner, NAMA).is_read


def test_with_fewer_than_five_answers_nothing_is_told(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    kept(survey, yuni)

    hidden = question(survey, world.owner, UMUR, shows_persons=False)

    assert (hidden.numbers, hidden.answered) == (None, 0)


def test_progress_is_by_enumerator_by_village_and_by_day(world: World, yuni: User) -> None:
    budi = enumerator(world, "Budi Pendata")
    survey = running(world, yuni, budi)
    surveys.set_targets(survey=survey, targets={CIPAYUNG: 2, CILANGKAP: 3}, by=world.owner, at=now())
    for by, village in ((yuni, CIPAYUNG), (yuni, CIPAYUNG), (budi, CILANGKAP)):
        kept(survey, by, {DESA: village})

    for reader in (world.owner, world.officer):
        with as_user(reader):
            found = progress_of(survey, today=world.panti.day_at(now()))
        assert (found.interviews, found.wanted) == (3, 5)
        assert [(one.user, one.interviews) for one in found.by_enumerator] == [(budi, 1), (yuni, 2)]
        assert [(one.village.pk, one.interviews, one.is_reached) for one in found.by_village if one.village] == [
            (CIPAYUNG, 2, True),
            (CILANGKAP, 1, False),
        ]
        assert [count for _day, count in found.by_day] == [3]


def test_an_enumerator_counts_their_own_and_an_outsider_none(world: World, yuni: User) -> None:
    budi = enumerator(world, "Budi Pendata")
    survey = running(world, yuni, budi)
    kept(survey, yuni)
    kept(survey, budi)

    seen = []
    for reader in (yuni, world.outsider):
        with as_user(reader):
            seen.append(progress_of(survey, today=world.panti.day_at(now())).interviews)

    assert seen == [1, 0]


def test_the_data_set_holds_no_identity(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    members = "<anggota><nama>Budi Kecil</nama><umur>7</umur></anggota>"
    kept(
        survey,
        yuni,
        {
            NAMA: "Karsih",
            NIK: "3175104507850003",
            TELEPON: "081234567890",
            TITIK: "-6.3201 106.9002 30 8",
            CERITA: "Tinggal dekat pasar",
            ANGGOTA: members,
        },
    )
    kept(survey, yuni, {HASIL: "70000"})

    surveys.take_dataset(
        id=uuid7(), survey=survey, level=3, purpose="Skripsi Universitas Contoh", by=world.supervisor, at=now()
    )
    with as_user(world.supervisor):
        whole = write_dataset(
            survey, questionnaire_of(survey.edition_id), world.supervisor, level=3, language="", about="tentang"
        )
    with whole, zipfile.ZipFile(whole) as pack:
        names = sorted(pack.namelist())
        files = {name: pack.read(name).decode("utf-8-sig") for name in names if not name.endswith(".xlsx")}
    rows = list(csv.DictReader(io.StringIO(files["wawancara.csv"])))

    assert names == ["anggota.csv", "baca_dahulu.txt", "buku_kode.csv", "data.xlsx", "wawancara.csv"]
    assert set(rows[0]) == {"wawancara", "wilayah", "bulan", "kelamin", "umur", "hasil", "bantuan", "puas"}
    assert {row["wilayah"] for row in rows} == {"31.75.10"}
    assert sorted(row["hasil"] for row in rows) == ["45000", "70000"]
    told = "".join(files.values())
    assert not [word for word in ("Karsih", "Budi Kecil", "3175104507850003", "0812", "-6.32", "pasar") if word in told]
    with as_user(world.head):
        release = Release.objects.get()
    assert (release.taken_by, release.purpose, release.rows) == (world.supervisor, "Skripsi Universitas Contoh", 2)


def test_rows_that_stand_alone_are_counted(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    for age in ("41", "41", "87"):
        kept(survey, yuni, {UMUR: age})

    release = surveys.take_dataset(id=uuid7(), survey=survey, level=4, purpose="Uji", by=world.supervisor, at=now())

    assert release.unique_rows == 1
