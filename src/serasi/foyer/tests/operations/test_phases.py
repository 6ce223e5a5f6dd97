"""An edition is drafted, adapted, put in force and never changed; agreements keep theirs."""

import pytest

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.cases.tests.factories import World, now
from serasi.common.identifiers import uuid7
from serasi.foyer import operations as foyer
from serasi.foyer.models import PhaseSet
from serasi.foyer.queries import edition_in_force
from serasi.foyer.reference import shipped_phases
from serasi.foyer.tests.factories import live, phase_of, use_foyer

pytestmark = pytest.mark.django_db


def draft(world: World) -> PhaseSet:
    return foyer.draft_edition(id=uuid7(), unit=world.panti, by=world.head, at=now())


def test_the_first_edition_is_what_is_shipped(world: World) -> None:
    edition = draft(world)
    assert [one.name for one in edition.phases.order_by("order")] == [one.name for one in shipped_phases()]
    assert edition_in_force(world.panti) is None
    foyer.put_in_force(phase_set=edition, by=world.head, at=now())
    assert edition_in_force(world.panti) == edition


def test_a_house_adapts_its_own_and_older_agreements_keep_theirs(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    second = draft(world)
    phase = second.phases.get(order=1)
    foyer.change_phase(phase=phase, revision=1, name="Kenalan", by=world.head, at=now())
    foyer.put_in_force(phase_set=second, by=world.head, at=now())
    assert (phase_of(youth).name, phase.name, second.number) == ("Orientasi", "Kenalan", 2)


def test_what_is_in_force_is_not_changed(world: World) -> None:
    edition = use_foyer(world)
    phase = edition.phases.get(order=1)
    with pytest.raises(foyer.EditionInForce):
        foyer.change_phase(phase=phase, revision=1, name="Lain", by=world.head, at=now())
    with pytest.raises(foyer.EditionInForce):
        foyer.remove_phase(phase=phase, by=world.head, at=now())
    with pytest.raises(foyer.EditionInForce):
        foyer.drop_edition(phase_set=edition, by=world.head, at=now())


def test_one_draft_at_a_time_and_two_phases_at_least(world: World) -> None:
    edition = draft(world)
    with pytest.raises(Refused, match="sedang disusun"):
        draft(world)
    first, second, *_rest = edition.phases.order_by("order")
    foyer.remove_phase(phase=first, by=world.head, at=now())
    foyer.remove_phase(phase=second, by=world.head, at=now())
    with pytest.raises(Refused, match="Paling sedikit dua"):
        foyer.remove_phase(phase=edition.phases.first(), by=world.head, at=now())  # type: ignore[arg-type]


def test_two_who_change_a_phase_at_once_see_both(world: World) -> None:
    phase = draft(world).phases.get(order=1)
    foyer.change_phase(phase=phase, revision=1, name="Kenalan", by=world.head, at=now())
    with pytest.raises(Conflict):
        foyer.change_phase(phase=phase, revision=1, name="Masuk", by=world.supervisor, at=now())


def test_a_worker_designs_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        foyer.draft_edition(id=uuid7(), unit=world.panti, by=world.owner, at=now())
    with pytest.raises(NotAllowed):
        foyer.draft_edition(id=uuid7(), unit=world.panti, by=world.other_head, at=now())
