"""Reading what somebody answered leaves a look with its purpose, as opening a case does."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from serasi.access.enums import Subject
from serasi.access.models import Look, User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.assessments.operations import SentFile
from serasi.cases.tests.factories import World
from serasi.surveys.models import Interview
from serasi.surveys.tests.factories import CERITA, FOTO, enumerator, kept, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def looked_at(interview: Interview) -> list[tuple[str, str]]:
    found = Look.objects.filter(subject=Subject.INTERVIEW, subject_id=interview.pk).order_by("id")
    names = dict(User.objects.values_list("pk", "full_name"))
    return [(names[look.user_id], look.purpose) for look in found]


def photo() -> SentFile:
    written = io.BytesIO()
    Image.new("RGB", (400, 300)).save(written, "JPEG")
    return SentFile("rumah.jpg", "image/jpeg", written.getvalue())


def test_each_page_that_shows_answers_leaves_a_look(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni, {FOTO: "rumah.jpg", CERITA: "Di dekat pasar"}, files=[photo()])
    client = browser(world.supervisor)
    for address in (
        reverse("surveys:interviews", args=[survey.pk]),
        reverse("surveys:results", args=[survey.pk]),
        reverse("surveys:interview", args=[one.pk]),
        reverse("surveys:file", args=[one.pk, "rumah.jpg"]),
        reverse("surveys:decide", args=[one.pk, "no_point"]),
        reverse("surveys:people", args=[survey.pk]),
        reverse("surveys:texts", args=[survey.pk]) + f"?tanya={CERITA}",
        reverse("surveys:void", args=[one.pk]),
    ):
        assert client.get(address).status_code == 200, address

    assert looked_at(one) == [
        ("Wahyu Supervisor", "Membaca wawancara"),
        ("Wahyu Supervisor", "Membuka berkas wawancara"),
        ("Wahyu Supervisor", "Memutuskan temuan wawancara"),
        ("Wahyu Supervisor", "Memeriksa orang dalam wawancara"),
        ("Wahyu Supervisor", "Membaca jawaban tertulis"),
    ]


def test_whom_an_interview_is_closed_to_leaves_no_look(world: World, yuni: User) -> None:
    one = kept(running(world, yuni), yuni)

    assert browser(world.outsider).get(reverse("surveys:interview", args=[one.pk])).status_code == 404
    assert looked_at(one) == []


def test_who_opened_an_interview_is_answered_to_the_head_alone(world: World, yuni: User) -> None:
    one = kept(running(world, yuni), yuni)
    read(browser(world.owner), reverse("surveys:interview", args=[one.pk]))
    looks, head = reverse("surveys:looks", args=[one.pk]), browser(world.head)

    assert "Rini Wulandari Wawancara Membaca wawancara" in words(read(head, looks))
    assert "Pendataan pemulung" in words(read(head, reverse("access:trail")))
    assert browser(world.owner).get(looks).status_code == 403
    assert statements(head, looks) <= MOST_STATEMENTS


def test_what_was_written_is_read_a_page_at_a_time_with_the_filters_of_the_results(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    for number in range(3):
        kept(survey, yuni, {CERITA: f"Cerita nomor {number}"} if number else {})
    client = browser(world.owner)
    texts = reverse("surveys:texts", args=[survey.pk])

    said = words(read(client, f"{texts}?tanya={CERITA}"))

    assert "Cerita nomor 1" in said
    assert "1–2 dari 2 wawancara" in said
    assert client.get(f"{texts}?tanya=/data/diri/nama").status_code == 404
    assert client.get(texts).status_code == 404
    assert f"{texts}?tanya=" in str(read(client, reverse("surveys:results", args=[survey.pk])))
