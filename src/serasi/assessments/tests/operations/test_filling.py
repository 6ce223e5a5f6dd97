"""An instrument is filled in a case by several at once, and comes to a score."""

from datetime import timedelta
from decimal import Decimal

import pytest

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.assessments import operations
from serasi.assessments.models import Answer, Assessment, Edition
from serasi.assessments.operations import FillingEnded, Unanswered, Unsettled
from serasi.assessments.queries import answers_of, differences_of
from serasi.assessments.tests import factories
from serasi.assessments.tests.factories import CATATAN, CEMAS, HARAPAN, MAKAN, POORLY, TIDUR, WELL, score_of, typed
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


@pytest.fixture
def filling(world: World, case: Case, edition: Edition) -> Assessment:
    return factories.begun(case, edition, world.owner)


def test_a_social_worker_and_a_psychologist_fill_their_parts_and_the_score_is_found(
    world: World, filling: Assessment, psychologist: User
) -> None:
    factories.answer(filling, {TIDUR: "2", MAKAN: "2"}, world.owner)
    factories.answer(filling, {CEMAS: "0", HARAPAN: "1"}, psychologist)
    operations.finish_filling(assessment=filling, by=psychologist, at=now())

    score = score_of(filling, reader=world.owner)
    assert (score.value, score.answered, score.state, str(score.band)) == (Decimal(7), 4, "complete", "Cukup")


def test_the_part_of_another_profession_is_not_answered(world: World, filling: Assessment) -> None:
    kept = factories.answer(filling, {TIDUR: "2", CEMAS: "0"}, world.owner)

    assert [why for _typed, why in kept.refused] == ["Bagian ini diisi oleh profesi lain."]
    with as_user(world.owner):
        assert answers_of(filling) == {TIDUR: "2"}


def test_a_blank_never_reads_as_no_problem(world: World, filling: Assessment, psychologist: User) -> None:
    factories.answer(filling, {TIDUR: "0"}, world.owner)
    factories.answer(filling, {CEMAS: "2", HARAPAN: "0"}, psychologist)
    operations.finish_filling(assessment=filling, by=world.owner, at=now())

    score = score_of(filling, reader=world.owner)
    assert (score.value, score.band, score.state, score.answered, score.asked) == (None, None, "incomplete", 3, 4)


def test_a_required_answer_that_is_missing_stands_in_the_way(world: World, filling: Assessment) -> None:
    factories.answer(filling, {TIDUR: "2"}, world.owner)

    with pytest.raises(Unanswered) as refused:
        operations.finish_filling(assessment=filling, by=world.owner, at=now())

    assert [problem.path for problem in refused.value.problems] == [HARAPAN]
    assert not Assessment.objects.finished().exists()


@pytest.mark.parametrize("wrong", ["7", "sering", "2 1"])
def test_a_choice_that_does_not_exist_stands_in_the_way(
    world: World, filling: Assessment, psychologist: User, wrong: str
) -> None:
    factories.answer(filling, {HARAPAN: "1"}, psychologist)
    factories.answer(filling, {TIDUR: wrong}, world.owner)

    with pytest.raises(Unanswered) as refused:
        operations.finish_filling(assessment=filling, by=world.owner, at=now())

    assert [(problem.path, problem.kind) for problem in refused.value.problems] == [(TIDUR, "choice")]


def test_an_answer_sent_fifty_times_is_kept_once(world: World, filling: Assessment) -> None:
    entry = typed(TIDUR, "1")
    for _time in range(50):
        kept = operations.keep_answers(assessment=filling, typed=[entry, entry], by=world.owner, at=now())
        assert kept.taken == (entry.id, entry.id)

    with as_user(world.owner):
        assert Answer.objects.filter(assessment=filling).count() == 1


def test_two_who_change_one_answer_both_stand_there_until_a_person_decides(
    world: World, case: Case, filling: Assessment
) -> None:
    add_member(id=uuid7(), case=case, user=world.colleague, part="member", by=world.owner, at=now())
    factories.answer(filling, {CATATAN: "awal"}, world.owner)
    for by, words in ((world.owner, "kata pemilik"), (world.colleague, "kata rekan")):
        entry = typed(CATATAN, words, before="awal")
        operations.keep_answers(assessment=filling, typed=[entry], by=by, at=now())

    with as_user(world.owner):
        [difference] = differences_of(filling)
    assert (difference.before, difference.standing, difference.other) == ("awal", "kata pemilik", "kata rekan")
    with pytest.raises(Unsettled):
        operations.finish_filling(assessment=filling, by=world.owner, at=now())

    settled = typed(CATATAN, "kata keduanya", before="kata pemilik", settles=difference.id)
    operations.keep_answers(assessment=filling, typed=[settled], by=world.colleague, at=now())

    with as_user(world.owner):
        assert differences_of(filling) == []
        assert answers_of(filling) == {CATATAN: "kata keduanya"}


def test_a_difference_is_settled_once(world: World, filling: Assessment) -> None:
    for words in ("satu", "dua"):
        operations.keep_answers(assessment=filling, typed=[typed(CATATAN, words)], by=world.owner, at=now())
    with as_user(world.owner):
        [difference] = differences_of(filling)
    first, second = (typed(CATATAN, words, settles=difference.id) for words in ("satu", "dua"))

    kept = operations.keep_answers(assessment=filling, typed=[first, second], by=world.owner, at=now())

    assert kept.taken == (first.id,)
    assert [why for _typed, why in kept.refused] == ["Perbedaan ini sudah diputuskan. Muat ulang halaman."]


@pytest.mark.parametrize("path", ["", "/data", "/data/umum", "/data/meta/instanceID", "/data/sejahtera", "../../etc"])
def test_a_place_that_the_form_does_not_have_takes_no_answer(world: World, filling: Assessment, path: str) -> None:
    kept = factories.answer(filling, {path: "1"}, world.owner)

    assert kept.taken == ()
    assert [why for _typed, why in kept.refused] == ["Pertanyaan ini tidak ada dalam edisi yang sedang diisi."]


@pytest.mark.parametrize("value", ["\x00", "x" * 50_001, "\ud800", "\x0b"])
def test_what_cannot_be_stored_is_not_kept(world: World, filling: Assessment, value: str) -> None:
    assert factories.answer(filling, {CATATAN: value}, world.owner).taken == ()


def test_what_is_finished_takes_no_more_answers(world: World, case: Case, edition: Edition, psychologist: User) -> None:
    filling = factories.finished(case, edition, world.owner, WELL, helper=psychologist)

    with pytest.raises(FillingEnded):
        factories.answer(filling, {TIDUR: "0"}, world.owner)


def test_who_is_not_on_the_team_fills_nothing(world: World, case: Case, edition: Edition, filling: Assessment) -> None:
    with pytest.raises(NotAllowed):
        factories.begun(case, edition, world.outsider)
    with pytest.raises(NotAllowed):
        factories.answer(filling, {TIDUR: "1"}, world.outsider)


def test_a_day_that_has_not_come_is_refused(world: World, case: Case, edition: Edition) -> None:
    with pytest.raises(Refused):
        factories.begun(case, edition, world.owner, assessed_on=now().date() + timedelta(days=1))


def test_an_edition_is_filled_together_not_twice(
    world: World, case: Case, edition: Edition, filling: Assessment
) -> None:
    with pytest.raises(Refused, match="Lanjutkan pengisian itu bersama-sama"):
        factories.begun(case, edition, world.owner)


def test_filled_again_the_new_one_counts_and_the_old_one_stays(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    old = factories.finished(case, edition, world.owner, POORLY, helper=psychologist)
    new = factories.begun(case, edition, world.owner, replaces=old)
    with as_user(world.owner):
        assert answers_of(new) == POORLY
        assert list(Assessment.objects.finished()) == [old]

    operations.keep_answers(assessment=new, typed=[typed(TIDUR, "2", before="0")], by=world.owner, at=now())
    operations.finish_filling(assessment=new, by=world.owner, at=now())

    with as_user(world.owner):
        assert list(Assessment.objects.finished()) == [new]
    assert [score_of(one, reader=world.owner).value for one in (old, new)] == [Decimal(2), Decimal(4)]


def test_what_was_filled_again_once_is_not_filled_again_a_second_time(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    old = factories.finished(case, edition, world.owner, POORLY, helper=psychologist)
    new = factories.begun(case, edition, world.owner, replaces=old)
    operations.void_filling(assessment=new, reason="Keliru", by=world.owner, at=now())

    with pytest.raises(Refused, match="sudah diisi ulang"):
        factories.begun(case, edition, world.owner, replaces=old)


def test_a_voided_filling_counts_no_longer(world: World, case: Case, edition: Edition, psychologist: User) -> None:
    filling = factories.finished(case, edition, world.owner, WELL, helper=psychologist)
    operations.void_filling(assessment=filling, reason="Salah orang", by=world.owner, at=now())

    with as_user(world.owner):
        assert not Assessment.objects.finished().exists()
    with pytest.raises(FillingEnded):
        operations.void_filling(assessment=filling, reason="Sekali lagi", by=world.owner, at=now())


def test_a_clinician_sees_it_otherwise_and_says_why(
    world: World, case: Case, edition: Edition, psychologist: User
) -> None:
    score = score_of(factories.finished(case, edition, world.owner, WELL, helper=psychologist), reader=psychologist)
    with as_user(psychologist):
        lower = score.scale.bands.get(code="rendah")

    opinion = operations.state_opinion(
        id=uuid7(), score=score, band=lower, reason="Jawabannya ingin menyenangkan.", by=psychologist, at=now()
    )

    assert (str(opinion.band), score.band_id != opinion.band_id) == ("Rendah", True)
    with pytest.raises(Refused, match="Pilih pita lain"):
        operations.state_opinion(id=uuid7(), score=score, band=score.band, reason="Sama.", by=psychologist, at=now())


def test_a_part_that_only_some_may_read_is_answered_and_read_by_them_alone_and_counts_for_all(world: World) -> None:
    edition = factories.published(world.panti, world.head, tag="psychiatry")
    case = make_case(world)
    for user in (world.psychologist, world.carer):
        add_member(id=uuid7(), case=case, user=user, part="member", by=world.owner, at=now())
    filling = factories.begun(case, edition, world.owner)
    factories.answer(filling, {TIDUR: "2", MAKAN: "2"}, world.owner)
    factories.answer(filling, {CEMAS: "0", HARAPAN: "1"}, world.psychologist)
    with as_user(world.carer):
        assert answers_of(filling) == {TIDUR: "2", MAKAN: "2"}

    factories.answer(filling, {CATATAN: "tenang"}, world.owner)
    operations.finish_filling(assessment=filling, by=world.owner, at=now())

    assert score_of(filling, reader=world.psychologist).value == Decimal(7)
    with as_user(world.carer):
        assert list(filling.chapters.visible_to(world.carer).values_list("name", flat=True)) == ["umum"]
        assert list(filling.scores.all()) == []
    with as_user(world.psychologist):
        assert set(filling.chapters.values_list("name", flat=True)) >= {"umum", "batin"}


def test_who_may_not_read_a_part_finishes_the_whole_all_the_same(world: World) -> None:
    edition = factories.published(world.panti, world.head, tag="psychiatry")
    case = make_case(world)
    for user in (world.psychologist, world.carer):
        add_member(id=uuid7(), case=case, user=user, part="member", by=world.owner, at=now())
    filling = factories.begun(case, edition, world.owner)
    factories.answer(filling, WELL, world.owner)
    factories.answer(filling, {CEMAS: "0", HARAPAN: "1"}, world.psychologist)

    operations.finish_filling(assessment=filling, by=world.carer, at=now())

    assert score_of(filling, reader=world.owner).value == Decimal(7)
