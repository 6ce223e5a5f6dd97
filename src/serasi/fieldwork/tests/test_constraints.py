"""What the database itself refuses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.cases.tests.factories import World, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.fieldwork.enums import Purpose, Waiting
from serasi.fieldwork.models import Device, Difference, Submission, SubmissionFile
from serasi.fieldwork.tests.factories import changed, phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(world: World) -> Iterator[Submission]:
    """One that landed, and left a difference; whatever follows acts as the system."""
    case = make_case(world, person=make_person(world, phone="0811"))
    phone_of(world.owner).send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0800"}))
    with acting(User.objects.system(), "test.constraints"):
        yield Submission.objects.get()


def refuses(constraint: str, model: Any, **changes: Any) -> bool:
    """Whether the only row of a table cannot become so."""
    try:
        with transaction.atomic():
            model.objects.update(**changes)
    except IntegrityError as error:
        return constraint in str(error)
    return False


@pytest.mark.parametrize(
    "changes",
    [
        {"landed_at": None},
        {"is_dropped": True, "xml": None},
        {"waits_for": Waiting.ENDED},
    ],
)
def test_a_submission_lands_or_waits(submission: Submission, changes: dict[str, Any]) -> None:
    assert refuses("fieldwork_submission_lands_or_waits", Submission, **changes)


def test_a_decision_has_its_author_and_comes_after_the_sending(world: World, submission: Submission) -> None:
    waits = {"waits_for": Waiting.ENDED, "landed_at": None, "is_dropped": True, "xml": None}

    assert refuses("fieldwork_settling_is_whole", Submission, **waits, settled_at=now())
    assert refuses(
        "fieldwork_settling_is_whole",
        Submission,
        **waits,
        settled_at=submission.received_at.replace(year=2020),
        settled_by=world.head,
    )


def test_what_was_dropped_keeps_no_content_and_what_was_not_keeps_it(world: World, submission: Submission) -> None:
    dropped = {"waits_for": Waiting.ENDED, "landed_at": None, "settled_at": now(), "settled_by": world.head}

    assert refuses("fieldwork_dropped_keeps_no_content", Submission, **dropped, is_dropped=True)
    assert refuses("fieldwork_dropped_keeps_no_content", Submission, xml=None)


def test_an_instance_and_an_edit_of_it_are_there_once(world: World, submission: Submission) -> None:
    same = {
        "instance": submission.instance,
        "user": world.owner,
        "unit": world.panti,
        "purpose": Purpose.CHANGE,
        "title": "x",
        "xml": b"<data/>",
        "received_at": now(),
        "landed_at": now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(id=uuid7(), **same)
    Submission.objects.create(id=uuid7(), **(same | {"instance": "uuid:1", "replaces": submission}))
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(id=uuid7(), **(same | {"instance": "uuid:2", "replaces": submission}))


def test_a_file_of_a_submission_is_named_once(submission: Submission) -> None:
    SubmissionFile.objects.create(id=uuid7(), submission=submission, name="a.jpg")
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionFile.objects.create(id=uuid7(), submission=submission, name="a.jpg")


def test_a_device_has_a_name_and_is_ended_whole_and_later(world: World, submission: Submission) -> None:
    assert refuses("fieldwork_device_has_a_name", Device, name="")
    assert refuses("fieldwork_closing_is_whole", Device, closed_at=now())
    assert refuses("fieldwork_closing_is_whole", Device, closed_at=now().replace(year=2020), closed_by=world.head)


def test_a_difference_differs_once_and_is_decided_whole(submission: Submission) -> None:
    found = Difference.objects.get()

    assert refuses("fieldwork_versions_differ", Difference, desk=found.device)
    assert refuses("fieldwork_deciding_is_whole", Difference, chosen="desk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Difference.objects.create(
            id=uuid7(), submission=submission, person=found.person, fact=found.fact, desk="1", device="2"
        )
