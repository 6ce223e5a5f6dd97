"""Who sees what: the database and `visible_to` give the same answer, and a sealed person is a tag in every text."""

import pytest

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, make_case, make_person
from serasi.residence.tests.factories import admit, build
from serasi.safety.enums import Recipient
from serasi.safety.models import (
    Amendment,
    FollowUp,
    Incident,
    Involved,
    Notice,
    Restraint,
    RestraintCheck,
    RestraintRenewal,
    Review,
)
from serasi.safety.queries import names_in
from serasi.safety.tests.factories import guard, report, restrain, tell

pytestmark = pytest.mark.django_db
MODELS = (
    Incident, Involved, Notice, FollowUp, Review, Amendment, Restraint, RestraintCheck, RestraintRenewal
)  # fmt: skip


def seen_by(reader: User) -> list[int]:
    with as_user(reader):
        for model in MODELS:
            shown = set(model.objects.values_list("pk", flat=True))
            assert shown == set(model.objects.visible_to(reader).values_list("pk", flat=True)), model
        return [model.objects.count() for model in (Incident, Involved, Notice, Restraint)]


def test_who_works_in_the_house_and_the_teams_of_its_people_see_an_incident(world: World) -> None:
    person = make_person(world, "Asep Suryana")
    make_case(world, person=person, team=(world.psychologist,))
    stay = admit(world, build(world), person=person)
    incident = report(world, stay)
    report(world)
    tell(world, incident, Recipient.HEAD)
    restrain(world, stay)
    guard(world, person, "ordinary", world.owner, world.outsider)
    student = make_staff(Role.STUDENT, world.panti)

    whole, near, nothing = [2, 1, 1, 1], [1, 1, 1, 1], [0, 0, 0, 0]
    assert {who.full_name: seen_by(who) for who in (world.carer, world.head, world.psychologist)} == {
        "Siti Pengasuh": whole,
        "Bambang Hartono": whole,
        "Maya Psikolog": whole,
    }
    assert seen_by(world.outsider) == near  # on the person's team, in another house
    for who in (world.other_head, world.officer, world.administrator, student):
        assert seen_by(who) == nothing


def test_a_guarded_person_is_initials_or_a_tag_and_so_is_their_name_in_a_text(world: World) -> None:
    house = build(world)
    bejo, cahyo = make_person(world, "Bejo Wibowo"), make_person(world, "Cahyo Lesmana")
    stays = [admit(world, house, person=one, bed=bed) for one, bed in zip((bejo, cahyo), house.beds, strict=False)]
    guard(world, bejo, "sppa", world.owner)
    guard(world, cahyo, "sealed", world.owner)
    incident = report(world, *stays, account="Bejo mendorong Cahyo Lesmana.")

    def read_by(reader: User, *, on_paper: bool = False) -> tuple[list[str], str]:
        with as_user(reader):
            rows = list(Involved.objects.filter(incident=incident).order_by("tag"))
            names = names_in(reader, [one.person_id for one in rows], on_paper=on_paper)
            shown = [names.of(one.person_id, one.tag) for one in rows]  # type: ignore[arg-type]
            return shown, names.veil.over(incident.account)

    tag = f"#{stays[1].tag}"
    assert read_by(world.owner) == (["Bejo Wibowo", "Cahyo Lesmana"], "Bejo mendorong Cahyo Lesmana.")
    for reader in (world.carer, world.head):
        assert read_by(reader) == (["B. W.", tag], "B. mendorong C. L..")
    assert read_by(world.owner, on_paper=True) == (["B. W.", tag], "B. mendorong C. L..")


def test_a_carer_names_by_tag_whom_they_may_not_know(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Cahyo Lesmana"))
    guard(world, stay.person, "sealed", world.owner)

    incident = report(world, stay, by=world.carer)

    with as_user(world.owner):
        assert Involved.objects.get(incident=incident).person_id == stay.person_id
