"""Concerns: who gets them, who never sees them, how they are answered."""

from uuid import UUID

import pytest

from serasi.access.enums import Role, UnitKind
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.tests.factories import make_posting, make_staff, make_unit
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.safety import operations as safety
from serasi.safety.enums import PAST_THE_UNIT, About, StepKind
from serasi.safety.models import Concern, ConcernStep
from serasi.safety.permissions import RECEIVE
from serasi.safety.tests.factories import worry

pytestmark = pytest.mark.django_db


def seen_by(reader: User) -> list[UUID]:
    """What the database shows, which must be what `visible_to` gives."""
    with as_user(reader):
        shown = list(Concern.objects.order_by("pk").values_list("pk", flat=True))
        assert shown == list(Concern.objects.visible_to(reader).order_by("pk").values_list("pk", flat=True))
    return shown


def step(concern: Concern, by: User, kind: StepKind, text: str = "") -> None:
    with as_user(by):
        concern = Concern.objects.get(pk=concern.pk)
    safety.take_step(id=uuid7(), concern=concern, kind=kind, text=text, by=by, at=now())


@pytest.mark.parametrize("about", list(About))
def test_about_staff_or_the_unit_it_goes_past_the_unit_otherwise_to_it(world: World, about: About) -> None:
    concern = worry(world, world.carer, about=about)

    assert concern.goes_to == (world.dinas if about in PAST_THE_UNIT else world.panti)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_works_in_the_unit_never_sees_what_goes_past_it(world: World, role: Role) -> None:
    """Every role, at the unit it is about; and whoever is posted above as well is still one of its people."""
    colleague = make_staff(role, world.panti) if role not in {Role.DINAS_OFFICER, Role.MINISTRY_OFFICER} else None
    concern = worry(world, world.carer)
    if colleague is None:
        colleague = make_staff(Role.HEAD, world.panti)
        make_posting(colleague, Role.HEAD, world.dinas)
        assert colleague.refresh_scope().scope.has(RECEIVE)

    assert seen_by(colleague) == []
    assert [seen_by(one) for one in (world.carer, world.officer)] == [[concern.pk], [concern.pk]]
    with pytest.raises(NotAllowed):
        safety.take_step(id=uuid7(), concern=concern, kind=StepKind.ACKNOWLEDGED, by=colleague, at=now())


def test_nobody_of_another_house_sees_any_concern(world: World) -> None:
    worry(world, world.carer)
    worry(world, world.carer, about=About.RESIDENT)

    assert [seen_by(one) for one in (world.outsider, world.other_head, world.administrator)] == [[], [], []]


def test_a_concern_about_another_resident_is_received_in_the_house(world: World) -> None:
    concern = worry(world, world.carer, about=About.RESIDENT)

    assert [seen_by(one) for one in (world.head, world.supervisor, world.owner, world.officer)] == [
        [concern.pk],
        [concern.pk],
        [],
        [],
    ]


def test_whom_it_is_about_never_sees_it_wherever_they_are_posted(world: World) -> None:
    make_posting(world.officer, Role.INSTRUCTOR, world.other)
    second = make_staff(Role.DINAS_OFFICER, world.dinas)
    concern = worry(world, make_staff(Role.CARER, world.panti), about=About.FAMILY, about_user=world.supervisor)
    upward = worry(world, world.carer, about=About.STAFF, about_user=world.officer)

    assert [seen_by(one) for one in (world.supervisor, world.head)] == [[], [concern.pk]]
    assert [seen_by(one) for one in (world.officer, second)] == [[], [upward.pk]]


def test_it_goes_to_the_nearest_above_where_somebody_receives(world: World) -> None:
    ministry = make_unit(code="KEMENSOS", kind=UnitKind.MINISTRY)
    sentra = make_unit(ministry, code="SENTRA", kind=UnitKind.SENTRA)
    student = make_staff(Role.STUDENT, sentra)
    with pytest.raises(safety.NobodyAbove):
        worry(world, student, unit=sentra)

    officer = make_staff(Role.MINISTRY_OFFICER, ministry)
    concern = worry(world, student, unit=sentra)

    assert (concern.goes_to, seen_by(officer)) == (ministry, [concern.pk])


def test_a_house_without_anyone_to_receive_is_helped_by_the_unit_above(world: World) -> None:
    lks = make_unit(world.dinas, code="LKS", kind=UnitKind.LKS)
    worker = make_staff(Role.LKS_WORKER, lks)

    assert worry(world, worker, unit=lks, about=About.FAMILY).goes_to == world.dinas


def test_a_resident_is_the_reporter_whoever_passes_it_on(world: World) -> None:
    """The carer holds the tablet; the resident reads the answer with an access of their own."""
    person = make_person(world)
    resident = make_staff(Role.RESIDENT, world.panti)
    with as_user(User.objects.system()):
        type(person).objects.filter(pk=person.pk).update(user=resident)
    facts = {"id": uuid7(), "unit": world.panti, "about": About.STAFF, "harm": "words", "account": "Saya dihina."}

    for _time in range(2):  # sent twice, it is one
        safety.raise_concern(**facts, resident=person, by=world.carer, at=now())  # type: ignore[arg-type]

    assert [seen_by(one) for one in (world.carer, resident, world.officer, world.owner)] == [
        [],
        [facts["id"]],
        [facts["id"]],
        [],
    ]


def test_the_reporter_reads_the_answer_and_not_what_was_done(world: World) -> None:
    concern = worry(world, world.carer)
    step(concern, world.officer, StepKind.ACTED, "Kepala dipanggil Senin.")
    with pytest.raises(Refused) as refused:
        step(concern, world.officer, StepKind.CLOSED, "Selesai.")
    step(concern, world.officer, StepKind.ANSWERED, "Kami memeriksa dan mengganti penugasan.")
    step(concern, world.officer, StepKind.CLOSED, "Selesai.")

    def read_by(reader: User) -> list[str]:
        with as_user(reader):
            shown = sorted(ConcernStep.objects.values_list("kind", flat=True))
            assert shown == sorted(ConcernStep.objects.visible_to(reader).values_list("kind", flat=True))
        return shown

    assert refused.value.field == "kind"
    assert read_by(world.carer) == ["acknowledged", "answered", "closed"]
    assert read_by(world.officer) == ["acknowledged", "acted", "answered", "closed"]
    assert read_by(world.head) == []
    with pytest.raises(Refused):
        step(concern, world.officer, StepKind.ANSWERED, "Lagi.")


def test_everybody_who_works_there_may_raise_one_and_nobody_elsewhere(world: World) -> None:
    for role in (Role.STUDENT, Role.LKS_WORKER, Role.PARTNER, Role.RESIDENT, Role.FIELD_ASSISTANT):
        worry(world, make_staff(role, world.panti))
    with pytest.raises(NotAllowed):
        worry(world, world.outsider)


def test_a_unit_stays_a_unit(world: World) -> None:
    """The path decides who is above; a unit whose code begins alike is not."""
    alike = make_unit(world.dinas, code="CIPAYUNG-2")

    assert worry(world, make_staff(Role.CARER, alike), unit=alike).goes_to == Unit.objects.get(pk=world.dinas.pk)
