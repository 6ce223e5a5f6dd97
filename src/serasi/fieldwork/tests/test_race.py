"""What several send at once, in a database in which everything is committed."""

import threading

import pytest
from django.db import connection
from django.test import Client

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.assessments.models import Assessment
from serasi.assessments.tests import factories as instruments
from serasi.assessments.tests.factories import MAKAN, TIDUR
from serasi.cases.tests.factories import World, make_case
from serasi.fieldwork.models import Submission
from serasi.fieldwork.tests.factories import Phone, filled, phone_of, said


@pytest.mark.slow
def test_the_same_sent_by_two_at_once_is_one(committed_world: World) -> None:
    world = committed_world
    edition = instruments.published(world.panti, world.head)
    case, phone = make_case(world), phone_of(world.owner)
    xml = filled(case, edition, {TIDUR: "2", MAKAN: "1"})
    begin, answers = threading.Barrier(4), []

    def post() -> None:
        try:
            begin.wait()
            answers.append(said(Phone(phone.device, phone.token, Client()).send(xml)))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(201, "Diterima.")] * 4
    with acting(User.objects.system(), "test.look"):
        assert (Submission.objects.count(), Assessment.objects.count()) == (1, 1)
