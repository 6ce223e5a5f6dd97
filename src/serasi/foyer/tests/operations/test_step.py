"""Up with evidence, back with a way back, agreed by who is not the coach."""

from datetime import timedelta
from typing import Any

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.foyer import operations as foyer
from serasi.foyer.enums import Decision
from serasi.foyer.models import Phase, Step, StepEvidence
from serasi.foyer.tests.factories import (
    Youth,
    all_met,
    decide,
    go_back,
    go_up,
    live,
    phase_of,
    propose_up,
    today,
    use_foyer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rizki(world: World) -> Youth:
    use_foyer(world)
    return live(world)


def test_up_holds_from_the_day_it_is_agreed_to(world: World, rizki: Youth) -> None:
    step = propose_up(rizki)
    assert rizki.phase() == "Orientasi"
    decided = decide(step, world.supervisor)
    assert (rizki.phase(), decided.takes_effect_date) == ("Dibimbing", today(world))


def test_what_is_lacking_is_named(world: World, rizki: Youth) -> None:
    first, second, third = phase_of(rizki).evidence
    evidence = [foyer.Seen(True, "Menjelaskan di depan kelompok", "Bu Siti"), foyer.Seen(False), foyer.Seen(False)]
    with pytest.raises(foyer.EvidenceMissing) as refused:
        propose_up(rizki, evidence=evidence)
    named = [item for item in (first, second, third) if item in str(refused.value)]
    assert named == [second, third]


def test_time_in_a_phase_is_asked_for_too(world: World, rizki: Youth) -> None:
    go_up(rizki)
    with pytest.raises(foyer.EvidenceMissing, match="paling sedikit 8 minggu di fase ini, baru 0"):
        propose_up(rizki)


def test_what_is_met_says_how_and_by_whom(world: World, rizki: Youth) -> None:
    evidence = [foyer.Seen(True, "", "Bu Siti"), *all_met(phase_of(rizki))[1:]]
    with pytest.raises(Refused) as refused:
        propose_up(rizki, evidence=evidence)
    assert refused.value.field == "how_1"


def test_the_youths_own_words_are_part_of_it(world: World, rizki: Youth) -> None:
    with pytest.raises(Refused) as refused:
        propose_up(rizki, youth_words=" ")
    assert refused.value.field == "youth_words"


def test_an_exception_is_the_heads_with_the_reason(world: World, rizki: Youth) -> None:
    step = propose_up(rizki, evidence=[foyer.Seen(False)] * 3, is_exception=True)
    with pytest.raises(foyer.HeadDecides):
        decide(step, world.supervisor, note="Sudah siap")
    with pytest.raises(Refused, match="alasannya"):
        decide(step, world.head)
    decided = decide(step, world.head, note="Diterima magang, perlu keluar sendiri.")
    assert (decided.is_exception, rizki.phase()) == (True, "Dibimbing")


def test_nothing_lacking_is_no_exception_even_when_asked_for(world: World, rizki: Youth) -> None:
    assert propose_up(rizki, is_exception=True).is_exception is False


def test_neither_coach_nor_proposer_decides(world: World, rizki: Youth) -> None:
    step = propose_up(rizki)
    with pytest.raises(NotAllowed):
        decide(step, world.owner)
    decide(step, world.head, Decision.REFUSED, "Lengkapi dahulu catatan uangnya.")
    by_supervisor = propose_up(rizki, by=world.supervisor)
    with pytest.raises(foyer.OwnStep):
        decide(by_supervisor, world.supervisor)


def test_who_is_refused_stays_and_is_told_why(world: World, rizki: Youth) -> None:
    step = propose_up(rizki)
    with pytest.raises(Refused, match="alasannya"):
        decide(step, world.head, Decision.REFUSED)
    decide(step, world.head, Decision.REFUSED, "Tunggu magangnya.")
    assert rizki.phase() == "Orientasi"
    propose_up(rizki)  # and may be proposed again


def test_a_step_is_decided_once(world: World, rizki: Youth) -> None:
    step = propose_up(rizki)
    decide(step, world.head)
    with pytest.raises(foyer.AlreadyDecided):
        decide(step, world.supervisor)


def test_one_step_waits_at_a_time(world: World, rizki: Youth) -> None:
    propose_up(rizki)
    with pytest.raises(Refused, match="menunggu keputusan"):
        propose_up(rizki)


def test_back_shows_the_way_back(world: World, rizki: Youth) -> None:
    go_up(rizki)
    with as_user(world.owner):
        orientation = Phase.objects.get(phase_set=rizki.deal.phase_set_id, order=1)
    facts: dict[str, Any] = {
        "agreement": rizki.deal, "to_phase": orientation, "reason": "Tidak pulang", "way_back": "Tepat waktu",
        "way_back_date": today(world) + timedelta(days=14), "youth_words": "Saya menyesal.", "by": world.owner,
    }  # fmt: skip
    for lacking in ("reason", "way_back", "youth_words"):
        with pytest.raises(Refused) as refused:
            foyer.propose_back(id=uuid7(), at=now(), **(facts | {lacking: " "}))
        assert refused.value.field == lacking
    with pytest.raises(Refused) as refused:
        foyer.propose_back(id=uuid7(), at=now(), **(facts | {"way_back_date": today(world)}))
    assert refused.value.field == "way_back_date"
    with pytest.raises(Refused, match="fase sebelum"):
        foyer.propose_back(id=uuid7(), at=now(), **(facts | {"to_phase": phase_of(rizki)}))
    decide(foyer.propose_back(id=uuid7(), at=now(), **facts), world.head)
    assert rizki.phase() == "Orientasi"


def test_three_phases_with_one_step_back(world: World, rizki: Youth) -> None:
    way = [rizki.phase()]
    for act in (go_up, go_up, lambda youth: go_back(youth, 2), go_up, go_up):
        act(rizki)
        way.append(rizki.phase())
    assert way == [
        "Orientasi", "Dibimbing", "Mandiri terbimbing", "Dibimbing", "Mandiri terbimbing", "Siap keluar",
    ]  # fmt: skip
    with pytest.raises(foyer.NoFurther):
        propose_up(rizki, evidence=[])


def test_what_was_seen_stays_with_the_step(world: World, rizki: Youth) -> None:
    step = propose_up(rizki)
    with as_user(world.owner):
        kept = list(StepEvidence.objects.filter(step=step).values_list("position", "is_met", "seen_by"))
    assert kept == [(number, True, "Pak Dodi, instruktur las") for number in (1, 2, 3)]


def test_a_form_sent_twice_is_one_step(world: World, rizki: Youth) -> None:
    pk = uuid7()
    facts: dict[str, Any] = {
        "agreement": rizki.deal,
        "evidence": all_met(phase_of(rizki)),
        "youth_words": "Siap",
        "by": world.owner,
    }
    for _again in range(2):
        foyer.propose_up(id=pk, at=now(), **facts)
    with as_user(world.owner):
        assert Step.objects.filter(agreement=rizki.deal, kind="up").count() == 1
