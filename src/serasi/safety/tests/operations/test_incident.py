"""An incident from the night it happened to the day it is closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import admit, ago, build
from serasi.safety import operations as safety
from serasi.safety.enums import IncidentKind, Means, Part, Recipient, Severity
from serasi.safety.models import Amendment, Incident, Involved, Notice
from serasi.safety.operations import Someone
from serasi.safety.tests.factories import close, report, tell

pytestmark = pytest.mark.django_db


def stored(incident: Incident, reader: Any) -> Any:
    with as_user(reader):
        return Incident.objects.with_state().with_clock().get(pk=incident.pk)


def test_a_carer_reports_a_fall_and_it_gets_the_next_number(world: World) -> None:
    stay = admit(world, build(world), person=make_person(world, "Asep Suryana"))

    first, second = report(world, stay), report(world)

    year = day_at(world.panti, first.happened_at).year
    assert [first.number, second.number] == [f"CIPAYUNG/KJ/{year}/0001", f"CIPAYUNG/KJ/{year}/0002"]
    with as_user(world.carer):
        people = [(one.part, one.person_id, one.tag) for one in Involved.objects.filter(incident=first)]
    assert people == [("affected", stay.person_id, stay.tag)]


def test_the_same_report_sent_twice_is_one_incident(world: World) -> None:
    one = uuid7()
    facts: dict[str, Any] = {
        "id": one,
        "unit": world.panti,
        "kind": IncidentKind.FALL,
        "severity": Severity.LIGHT,
        "happened_at": ago(hours=1),
        "account": "Terpeleset.",
        "by": world.carer,
        "at": now(),
    }

    safety.report_incident(**facts)
    safety.report_incident(**facts)

    with as_user(world.carer):
        assert Incident.objects.count() == 1


def test_nobody_reports_from_another_house_or_of_the_future(world: World) -> None:
    with pytest.raises(NotAllowed):
        report(world, by=world.outsider)
    with pytest.raises(Refused) as refused:
        report(world, happened_at=now() + timedelta(hours=1))
    assert refused.value.field == "happened_at"


def test_someone_of_another_house_is_not_put_into_an_incident(world: World) -> None:
    elsewhere = admit(world, build(world, unit=world.other))

    with pytest.raises(safety.NotOfThisHouse):
        report(world, elsewhere)


def test_who_must_be_told_next_follows_from_the_rules_and_what_was_told(world: World) -> None:
    """A moderate fall: the head within 8 hours, the family within 24."""
    incident = report(world)
    due = [stored(incident, world.head).notice_due_at]

    tell(world, incident, Recipient.HEAD)
    due.append(stored(incident, world.head).notice_due_at)
    tell(world, incident, Recipient.FAMILY)
    due.append(stored(incident, world.head).notice_due_at)

    happened = incident.happened_at
    assert due == [happened + timedelta(hours=8), happened + timedelta(hours=24), None]


def test_a_graver_incident_has_a_stricter_clock(world: World) -> None:
    incident = report(world)

    safety.amend_incident(
        incident=incident, revision=1, severity=Severity.GRAVE, reason="Ternyata patah tulang", by=world.carer, at=now()
    )

    assert stored(incident, world.head).notice_due_at == incident.happened_at + timedelta(hours=1)


def test_who_cannot_be_told_is_told_why(world: World) -> None:
    incident = report(world)

    with pytest.raises(Refused) as refused:
        tell(world, incident, Recipient.FAMILY, means=Means.IMPOSSIBLE, told_to="")
    tell(world, incident, Recipient.FAMILY, means=Means.IMPOSSIBLE, told_to="", note="Keluarga belum ditemukan")

    assert refused.value.field == "note"


def test_an_amendment_keeps_what_stood_there_before(world: World) -> None:
    incident = report(world)

    safety.amend_incident(
        incident=incident,
        revision=1,
        kind=IncidentKind.FIGHT,
        account="Didorong, lalu jatuh.",
        place="",
        reason="Ada saksi",
        by=world.owner,
        at=now(),
    )

    with as_user(world.carer):
        (kept,) = Amendment.objects.filter(incident=incident)
        changed = Incident.objects.get(pk=incident.pk)
    assert (kept.fields, kept.before) == (["kind", "account"], ["Jatuh", "Terpeleset di lantai basah."])
    assert (changed.kind, changed.account, changed.revision) == ("fight", "Didorong, lalu jatuh.", 2)


def test_two_who_change_at_once_see_both_versions(world: World) -> None:
    incident = report(world)
    safety.amend_incident(incident=incident, revision=1, place="Dapur", reason="Salah tempat", by=world.owner, at=now())

    with as_user(world.carer):
        earlier = Incident.objects.get(pk=incident.pk)
    earlier.place = ""
    with pytest.raises(Conflict) as conflict:
        safety.amend_incident(
            incident=earlier, revision=1, place="Kamar mandi", reason="Salah tempat", by=world.carer, at=now()
        )

    assert (conflict.value.typed["place"], getattr(conflict.value.stored, "place", "")) == ("Kamar mandi", "Dapur")


def test_nothing_changed_is_no_amendment(world: World) -> None:
    incident = report(world)

    with pytest.raises(safety.NothingChanged):
        safety.amend_incident(incident=incident, revision=1, place="", reason="?", by=world.owner, at=now())


def test_the_head_closes_it_once_everybody_has_been_told(world: World) -> None:
    incident = report(world)
    with pytest.raises(NotAllowed):
        safety.close_incident(id=uuid7(), incident=incident, cause="Basah", learning="Tanda", by=world.carer, at=now())
    with pytest.raises(safety.NotAllTold) as refused:
        close(world, incident)
    assert refused.value.recipients == (Recipient.HEAD, Recipient.FAMILY)

    tell(world, incident, Recipient.HEAD, Recipient.FAMILY)
    close(world, incident)

    assert stored(incident, world.head).is_closed
    with pytest.raises(safety.ClosedIncident):
        tell(world, incident, Recipient.POLICE)


def test_a_closed_incident_is_opened_again_with_a_reason(world: World) -> None:
    incident = report(world, severity=Severity.LIGHT)
    tell(world, incident, Recipient.HEAD)
    close(world, incident)

    safety.reopen_incident(id=uuid7(), incident=incident, reason="Saksi baru", by=world.head, at=now())

    assert not stored(incident, world.head).is_closed
    tell(world, incident, Recipient.POLICE)


def test_a_follow_up_has_an_owner_of_the_house_and_is_done_once(world: World) -> None:
    incident = report(world)
    facts: dict[str, Any] = {
        "incident": incident,
        "what": "Pasang pegangan",
        "due_date": day_at(world.panti, now()) + timedelta(days=3),
        "by": world.head,
        "at": now(),
    }
    with pytest.raises(Refused) as refused:
        safety.add_follow_up(id=uuid7(), owner=world.outsider, **facts)
    follow_up = safety.add_follow_up(id=uuid7(), owner=world.owner, **facts)

    safety.finish_follow_up(follow_up=follow_up, result="Terpasang", by=world.owner, at=now())

    assert refused.value.field == "owner"
    with pytest.raises(Refused):
        safety.finish_follow_up(follow_up=follow_up, result="Lagi", by=world.owner, at=now())


def test_someone_named_wrongly_is_withdrawn_and_may_be_named_again(world: World) -> None:
    stay = admit(world, build(world))
    incident = report(world, stay)
    someone = Someone(Part.WITNESS, stay_id=stay.pk)
    with pytest.raises(Refused):
        safety.add_person(id=uuid7(), incident=incident, someone=someone, by=world.carer, at=now())
    with as_user(world.carer):
        (involved,) = Involved.objects.select_related("incident__unit").filter(incident=incident)

    safety.withdraw_person(involved=involved, by=world.carer, at=now())
    safety.add_person(id=uuid7(), incident=incident, someone=someone, by=world.carer, at=now())

    with as_user(world.carer):
        parts = list(Involved.objects.standing().filter(incident=incident).values_list("part", flat=True))
    assert parts == ["witness"]


def test_someone_is_a_resident_or_words_never_both_or_neither(world: World) -> None:
    stay = admit(world, build(world))
    incident = report(world)
    for someone in (Someone(Part.WITNESS), Someone(Part.WITNESS, stay_id=stay.pk, words="Tamu")):
        with pytest.raises(Refused):
            safety.add_person(id=uuid7(), incident=incident, someone=someone, by=world.carer, at=now())


def test_what_was_told_cannot_be_unwritten(world: World) -> None:
    """Not even by a forgotten path: the application has no right to."""
    incident = report(world)
    tell(world, incident, Recipient.HEAD)

    with as_user(world.head):
        for act in (
            lambda: Notice.objects.filter(incident=incident).update(told_to="Lain"),
            lambda: Notice.objects.filter(incident=incident).delete(),
            lambda: Incident.objects.filter(pk=incident.pk)._raw_delete("default"),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()
