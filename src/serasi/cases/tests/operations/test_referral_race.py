"""Two receivers answer at the same moment, in two transactions of a real database; one answer counts."""

import threading
from uuid import UUID

import pytest
from django.db import connections

from serasi.access.models import User
from serasi.access.operations import Refused, acting
from serasi.cases.enums import ReferralAnswer
from serasi.cases.models import Case, Referral
from serasi.cases.operations.referral import AlreadyAnswered, accept_referral, refuse_referral
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import make_sent_referral
from serasi.common.identifiers import uuid7


def answer_at_once(referral_id: UUID, people: list[User]) -> list[str]:
    """Everyone answers behind one gate: the first accepts, the others refuse."""
    gate, told = threading.Barrier(len(people)), []

    def answer(person: User, *, accepts: bool) -> None:
        try:
            with as_user(person):
                received = Referral.objects.select_related("to_unit").get(pk=referral_id)
            gate.wait(timeout=10)
            if accepts:
                accept_referral(referral=received, case_id=uuid7(), by=person, at=now())
            else:
                refuse_referral(referral=received, code="penuh", reason="Penuh", by=person, at=now())
            told.append("counted")
        except AlreadyAnswered:
            told.append("too late")
        except Refused as refused:
            told.append(str(refused.message))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=answer, args=(person,), kwargs={"accepts": number % 2 == 0})
        for number, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(told)


@pytest.mark.slow
def test_of_two_who_answer_at_once_one_counts(committed_world: World) -> None:
    world = committed_world
    for _round in range(5):
        sent = make_sent_referral(world, make_case(world))
        people = [User.objects.get(pk=person.pk) for person in (world.outsider, world.other_head)]
        assert answer_at_once(sent.pk, people) == ["counted", "too late"]
        with acting(User.objects.system(), "test.look"):
            stored = Referral.objects.get(pk=sent.pk)
            opened = Case.objects.filter(came_from=sent).count()
        assert (stored.answer == ReferralAnswer.ACCEPTED) == (opened == 1)
        assert stored.package == sent.package
