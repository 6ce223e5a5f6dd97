"""A house that lives the Foyer model, and a youth with an agreement; everything through the operations."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from serasi.access.models import User
from serasi.cases.models import Case
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months
from serasi.foyer import operations as foyer
from serasi.foyer.enums import Decision, Party
from serasi.foyer.models import Agreement, Phase, PhaseSet, Step
from serasi.foyer.queries import way_of
from serasi.people.models import Person
from serasi.residence.models import Stay
from serasi.residence.tests.factories import House, admit, ago, build


def today(world: World) -> date:
    return world.panti.day_at(now())


@dataclass
class Youth:
    """Someone who lives here, with a file of the owner, and with an agreement once there is one."""

    world: World
    person: Person
    case: Case
    stay: Stay
    agreement: Agreement | None = None

    @property
    def deal(self) -> Agreement:
        assert self.agreement is not None
        return self.agreement

    def phase(self, *, reader: User | None = None) -> str:
        """The name of the phase they are in today."""
        with as_user(reader or self.world.owner):
            found = way_of(self.deal).phase_on(today(self.world))
        return found.name if found else ""


def use_foyer(world: World, *, by: User | None = None) -> PhaseSet:
    by = by or world.head
    edition = foyer.draft_edition(id=uuid7(), unit=world.panti, by=by, at=now())
    return foyer.put_in_force(phase_set=edition, by=by, at=now())


def settle(
    world: World, name: str = "Rizki Ramadani", *, house: House | None = None, bed: int = 0, **facts: Any
) -> Youth:
    """A youth comes to live here."""
    house = house or build(world, name=f"Wisma {uuid7().hex[-6:]}")
    facts.setdefault("birth_date", date(today(world).year - 19, 1, 2))
    person = make_person(world, name, kinds=["anak_telantar"], **facts)
    case = make_case(world, person=person, with_report=False)
    stay = admit(world, house, person=person, bed=house.beds[bed], case=case, happened_at=ago(days=200))
    return Youth(world, person, case, stay)


def write(youth: Youth, *, by: User | None = None, **facts: Any) -> Agreement:
    world = youth.world
    begins = facts.pop("begins_date", today(world) - timedelta(days=180))
    agreement = foyer.write_agreement(
        id=facts.pop("id", None) or uuid7(),
        stay=youth.stay,
        case=youth.case,
        coach=facts.pop("coach", world.owner),
        begins_date=begins,
        ends_date=facts.pop("ends_date", add_months(begins, 12)),
        youth_offers=facts.pop("youth_offers", ["Saya belajar las setiap hari"]),
        house_offers=facts.pop("house_offers", ["Kamar yang aman", "Pembimbing"]),
        by=by or world.owner,
        at=now(),
        **facts,
    )
    youth.agreement = agreement
    return agreement


def sign(youth: Youth, party: str, *, by: User | None = None, **facts: Any) -> None:
    world = youth.world
    foyer.sign_agreement(
        id=uuid7(),
        agreement=youth.deal,
        party=party,
        name=facts.pop("name", "Rizki Ramadani"),
        signed_at=ago(minutes=5),
        by=by or (world.head if party == Party.HOUSE else world.owner),
        at=now(),
        **facts,
    )


def live(world: World, name: str = "Rizki Ramadani", **facts: Any) -> Youth:
    """A youth whose agreement is in force since half a year: first phase."""
    youth = settle(world, name, **{key: facts.pop(key) for key in ("house", "bed") if key in facts})
    write(youth, **facts)
    sign(youth, Party.YOUTH)
    sign(youth, Party.HOUSE)
    return youth


def all_met(phase: Phase) -> list[foyer.Seen]:
    return [foyer.Seen(True, "Terlihat empat minggu", "Pak Dodi, instruktur las") for _item in phase.evidence]


def phase_of(youth: Youth) -> Phase:
    with as_user(youth.world.owner):
        found = way_of(youth.deal).phase_on(today(youth.world))
    assert found is not None
    return found


def propose_up(youth: Youth, *, by: User | None = None, **facts: Any) -> Step:
    facts.setdefault("evidence", all_met(phase_of(youth)))
    facts.setdefault("youth_words", "Saya sudah berani pulang sendiri.")
    return foyer.propose_up(id=uuid7(), agreement=youth.deal, by=by or youth.world.owner, at=now(), **facts)


def decide(step: Step, by: User, decision: str = Decision.APPROVED, note: str = "") -> Step:
    with as_user(by):
        step = Step.objects.select_related("agreement__unit", "agreement__person").get(pk=step.pk)
    return foyer.decide_step(step=step, decision=decision, note=note, by=by, at=now())


def go_up(youth: Youth) -> None:
    """One phase up, as an exception of the head where time has not passed."""
    decide(propose_up(youth, is_exception=True), youth.world.head, note="Sudah siap lebih awal.")


def go_back(youth: Youth, to_order: int = 1) -> None:
    with as_user(youth.world.owner):
        to_phase = Phase.objects.get(phase_set=youth.deal.phase_set_id, order=to_order)
    step = foyer.propose_back(
        id=uuid7(),
        agreement=youth.deal,
        to_phase=to_phase,
        reason="Tiga malam tidak pulang",
        way_back="Pulang tepat waktu dua minggu",
        way_back_date=today(youth.world) + timedelta(days=14),
        youth_words="Saya malu, saya mau coba lagi.",
        by=youth.world.owner,
        at=now(),
    )
    decide(step, youth.world.head)
