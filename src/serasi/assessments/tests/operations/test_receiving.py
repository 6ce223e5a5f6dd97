"""What was filled on a phone becomes a filling of the case, once."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PIL import Image

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.assessments import operations
from serasi.assessments.models import Answer, AnswerFile, Assessment, Chapter, Edition, SentFilling
from serasi.assessments.operations import (
    AnotherUnderThisId,
    EditionNotOpen,
    ScoresDiffer,
    SentFile,
)
from serasi.assessments.queries import answers_of, differences_of
from serasi.assessments.tests import factories
from serasi.assessments.tests.factories import CATATAN, CEMAS, HARAPAN, MAKAN, POORLY, TIDUR, WELL, received, score_of
from serasi.cases.models import Case
from serasi.cases.operations.team import add_member
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world: World) -> Edition:
    return factories.published(world.panti, world.head)


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


@pytest.fixture
def psychologist(world: World, case: Case) -> User:
    add_member(id=uuid7(), case=case, user=world.psychologist, part="member", by=world.owner, at=now())
    return world.psychologist


def photo() -> bytes:
    made = io.BytesIO()
    picture = Image.new("RGB", (80, 60), "green")
    exif = picture.getexif()
    exif[0x010F] = "Telepon rahasia"
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


# --- landing


def test_what_is_complete_is_finished_with_its_scores(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    own = {CEMAS: "0", HARAPAN: "1"}
    factories.begun(case, edition, world.owner)

    one = received(case, edition, psychologist, own)

    assert (one.is_finished, one.finished_by, one.answer_count) == (True, psychologist, 2)
    with as_user(psychologist):
        assert answers_of(one) == own
        assert Chapter.objects.filter(assessment=one).count() > 2
    score = score_of(one, reader=psychologist)
    assert (score.value, score.answered, score.state) == (None, 2, "incomplete")


def test_what_misses_something_stays_open_to_be_completed_at_a_desk(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    one = received(case, edition, world.owner, {TIDUR: "2", MAKAN: "2"})
    assert one.is_open

    factories.answer(one, {CEMAS: "0", HARAPAN: "1"}, psychologist)
    operations.finish_filling(assessment=one, by=world.owner, at=now())

    assert score_of(one, reader=world.owner).value == Decimal(7)


def test_two_phones_that_fill_one_edition_meet_in_one_filling(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    add_member(id=uuid7(), case=case, user=world.colleague, part="member", by=world.owner, at=now())
    first = received(case, edition, world.owner, {TIDUR: "2", CATATAN: "tenang"})
    second = received(case, edition, world.colleague, {MAKAN: "1", CATATAN: "gelisah"})

    assert second == first
    with as_user(world.owner):
        assert answers_of(first) == {TIDUR: "2", MAKAN: "1", CATATAN: "tenang"}
        [difference] = differences_of(first)
    assert (difference.standing, difference.other) == ("tenang", "gelisah")


# --- once


def test_the_same_sent_fifty_times_is_one_filling(world: World, case: Case, edition: Edition) -> None:
    number = uuid7()
    ones = {received(case, edition, world.owner, {TIDUR: "2"}, id=number).pk for _time in range(50)}

    assert ones == {number}
    with as_user(world.owner):
        assert (Answer.objects.count(), SentFilling.objects.count()) == (1, 1)


def test_the_same_sent_again_after_it_was_joined_is_still_known(world: World, case: Case, edition: Edition) -> None:
    desk, number = factories.begun(case, edition, world.owner), uuid7()

    ones = [received(case, edition, world.owner, {TIDUR: "2"}, id=number) for _time in range(2)]

    assert ones == [desk, desk]
    with as_user(world.owner):
        assert Answer.objects.count() == 1


def test_something_else_under_the_same_id_is_refused(world: World, case: Case, edition: Edition) -> None:
    number = uuid7()
    received(case, edition, world.owner, {TIDUR: "2"}, id=number)

    with pytest.raises(AnotherUnderThisId):
        received(case, edition, world.owner, {TIDUR: "1"}, id=number)

    with as_user(world.owner):
        assert answers_of(Assessment.objects.get(pk=number)) == {TIDUR: "2"}


# --- corrected


def test_a_correction_of_what_is_open_changes_it_there(world: World, case: Case, edition: Edition) -> None:
    first = received(case, edition, world.owner, {TIDUR: "2", CATATAN: "keliru"})

    again = received(case, edition, world.owner, {TIDUR: "1"}, replaces=first)

    assert again == first
    with as_user(world.owner):
        assert answers_of(first) == {TIDUR: "1", CATATAN: ""}
        assert differences_of(first) == []


def test_a_correction_of_what_is_finished_is_filled_again_and_keeps_what_others_typed(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    old = factories.finished(case, edition, world.owner, POORLY, helper=psychologist)

    new = received(case, edition, world.owner, {TIDUR: "2"}, replaces=old)

    assert (new.is_finished, new.replaces) == (True, old)
    with as_user(world.owner):
        assert answers_of(new) == {TIDUR: "2", CEMAS: "2", HARAPAN: "1"}
        assert list(Assessment.objects.finished()) == [new]
    with pytest.raises(Refused, match="sudah diisi ulang"):
        received(case, edition, world.owner, {TIDUR: "0"}, replaces=old)


# --- scores


@pytest.mark.parametrize("theirs", ["", "7", "7.0", "07.00", "NaN"])
def test_the_score_of_the_device_is_compared_as_a_number_and_a_blank_is_no_difference(
    world: World, edition: Edition, theirs: str
) -> None:
    everyone = make_case(world)
    edition = anyones(world)

    one = received(everyone, edition, world.owner, WELL, scores={"sejahtera": theirs})

    assert score_of(one, reader=world.owner).value == Decimal(7)


@pytest.mark.parametrize(
    ("answers", "theirs", "words"),
    [(WELL, "6", r"«Kesejahteraan» dari perangkat \(6\) .* \(7\)"), ({HARAPAN: "1"}, "1", "belum ada nilai")],
)
def test_another_score_is_refused_by_name_and_nothing_is_kept(
    world: World, case: Case, answers: dict[str, str], theirs: str, words: str
) -> None:
    with pytest.raises(ScoresDiffer, match=words):
        received(case, anyones(world), world.owner, answers, scores={"sejahtera": theirs})

    with as_user(world.owner):
        assert (Assessment.objects.count(), SentFilling.objects.count()) == (0, 0)


def anyones(world: World) -> Edition:
    """An edition whose every part is everybody's."""
    return factories.published(world.panti, world.head, "9", rater="")


# --- who may


def test_a_part_of_another_profession_is_refused_with_its_question(world: World, case: Case, edition: Edition) -> None:
    with pytest.raises(Refused, match="«Merasa cemas»: Bagian ini diisi oleh profesi lain"):
        received(case, edition, world.owner, {TIDUR: "2", CEMAS: "1"})

    with as_user(world.owner):
        assert Assessment.objects.count() == 0


def test_who_is_not_on_the_team_or_has_no_part_in_it_sends_nothing(world: World, case: Case, edition: Edition) -> None:
    add_member(id=uuid7(), case=case, user=world.carer, part="member", by=world.owner, at=now())
    with pytest.raises(NotAllowed):
        received(case, edition, world.outsider, {TIDUR: "2"})
    with pytest.raises(Refused, match="profesi lain"):
        received(case, edition, world.carer, {CEMAS: "2"})


def test_an_edition_that_was_closed_takes_what_was_begun_before(world: World, case: Case, edition: Edition) -> None:
    operations.close_edition(edition=edition, by=world.head, at=now())
    later = now() + timedelta(days=3)

    assert received(case, edition, world.owner, {TIDUR: "2"}, at=later).is_open
    with pytest.raises(EditionNotOpen):
        received(case, edition, world.owner, {TIDUR: "2"}, assessed_on=later.date(), at=later)


def test_a_draft_takes_nothing(world: World, case: Case) -> None:
    with pytest.raises(EditionNotOpen):
        received(case, factories.drafted(world.panti, world.head), world.owner, {TIDUR: "2"})


def test_a_clock_that_is_ahead_does_not_lose_the_form(world: World, case: Case, edition: Edition) -> None:
    one = received(case, edition, world.owner, {TIDUR: "2"}, assessed_on=now().date() + timedelta(days=2))

    assert one.assessed_on == world.panti.day_at(now())


# --- what is no instance


@pytest.mark.parametrize(
    "instance",
    [
        b"",
        b"hello",
        b"<data><lain/></data>",
        b"<lain/>",
        b"<data><umum><tidur>1</tidur><tidur>2</tidur></umum></data>",
        b'<!DOCTYPE data [<!ENTITY a "aaa">]><data/>',
    ],
)
def test_what_is_no_instance_of_the_form_is_refused(
    world: World, case: Case, edition: Edition, instance: bytes
) -> None:
    with pytest.raises(Refused):
        operations.receive_filling(
            id=uuid7(),
            case=case,
            edition=edition,
            instance=instance,
            files=[],
            mode="interview",
            assessed_on=date(2026, 11, 1),
            by=world.owner,
            at=now(),
        )
    with as_user(world.owner):
        assert (Assessment.objects.count(), Answer.objects.count()) == (0, 0)


# --- files

FOTO, SUARA = "/data/umum/foto", "/data/umum/suara"


@pytest.fixture
def pictured(world: World) -> Edition:
    return factories.published(world.panti, world.head, "8", asks="image foto; audio suara")


def test_a_photo_comes_with_its_form_or_later_is_kept_once_and_tells_nothing_of_the_phone(
    world: World, case: Case, pictured: Edition
) -> None:
    named, file = {FOTO: "1763800000001.jpg"}, SentFile("1763800000001.jpg", "image/jpeg", photo())
    early = received(case, pictured, world.owner, named, files=[file, SentFile("audit.csv", "text/csv", b"a,b")])
    for _time in range(3):
        operations.receive_files(assessment=early, files=[file], by=world.owner, at=now())

    with as_user(world.owner):
        [kept] = AnswerFile.objects.all()
        with kept.file.open("rb") as opened:
            content = opened.read()
    assert (kept.name, kept.media_type, b"rahasia" in content) == ("1763800000001.jpg", "image/jpeg", False)


def test_a_file_may_come_after_its_form_was_finished(world: World, case: Case, psychologist: User) -> None:
    edition = factories.published(world.panti, world.head, "8", asks="image foto", rater="")
    one = received(case, edition, world.owner, WELL | {FOTO: "a.jpg"})
    assert one.is_finished

    [kept] = operations.receive_files(
        assessment=one, files=[SentFile("a.jpg", "image/jpeg", photo())], by=world.owner, at=now()
    )

    assert kept.name == "a.jpg"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b.jpg", "a\\b.jpg", "", ".htaccess", "a\x00.jpg", "x" * 101])
def test_a_name_that_leads_elsewhere_is_refused(world: World, case: Case, pictured: Edition, name: str) -> None:
    with pytest.raises(Refused, match="Nama berkas"):
        received(case, pictured, world.owner, {FOTO: "a.jpg"}, files=[SentFile(name, "image/jpeg", photo())])

    with as_user(world.owner):
        assert Assessment.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00program", "«a.jpg»: Berkas ini bukan foto"),
        (b"OggS sound", "«a.jpg»: Berkas ini bukan jenis yang diminta"),
        (b"\xff\xd8\xff broken", "«a.jpg»: "),
        (b"\xff\xd8\xff" + bytes(15 * 1024 * 1024), "lebih besar dari 15 MB"),
    ],
)
def test_a_file_that_is_none_leaves_no_trace(
    world: World, case: Case, pictured: Edition, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        received(case, pictured, world.owner, {FOTO: "a.jpg"}, files=[SentFile("a.jpg", "image/jpeg", content)])

    with as_user(world.owner):
        assert (Assessment.objects.count(), AnswerFile.objects.count()) == (0, 0)
