"""What the database itself refuses, whatever path leads there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from serasi.access.operations import acting
from serasi.cases.tests.factories import World, now
from serasi.residence.tests.factories import admit, ago, build
from serasi.safety.models import (
    Amendment,
    Concern,
    ConcernStep,
    FollowUp,
    Incident,
    IncidentSeries,
    Involved,
    Notice,
    Restraint,
    RestraintCheck,
    RestraintRenewal,
    Review,
)
from serasi.safety.tests.factories import report, restrain, worry

pytestmark = pytest.mark.django_db


def test_each_rule_is_the_databases_own(world: World) -> None:
    stay = admit(world, build(world))
    incident, restraint = report(world, stay), restrain(world, stay)
    concern = worry(world, world.carer, about="resident")
    author: dict[str, Any] = {"written_by": world.head, "written_at": now()}
    of_it = author | {"incident": incident}
    line: dict[str, Any] = {
        field.attname: getattr(restraint, field.attname)
        for field in Restraint._meta.concrete_fields
        if field.name != "id"
    }
    told: dict[str, Any] = of_it | {"recipient": "head", "told_at": ago(), "told_to": "Piket", "means": "phone"}
    raised: dict[str, Any] = {
        field.attname: getattr(concern, field.attname) for field in Concern._meta.concrete_fields if field.name != "id"
    }
    happened: dict[str, Any] = {
        field.attname: getattr(incident, field.attname)
        for field in Incident._meta.concrete_fields
        if field.name != "id"
    } | {"number": "X"}
    ended = DateTimeTZRange(ago(days=3), ago(days=2))
    broken: dict[str, Callable[[], Any]] = {
        "safety_incident_says_what_happened": lambda: Incident.objects.create(**happened | {"account": ""}),
        "safety_incident_is_told_afterwards": lambda: Incident.objects.create(
            **happened | {"happened_at": now() + timedelta(days=1)}
        ),
        "safety_incident_codes_are_known": lambda: Incident.objects.create(**happened | {"kind": "x"}),
        "safety_one_series_per_unit_and_year": lambda: [
            IncidentSeries.objects.create(unit=world.other, year=2020) for _time in range(2)
        ],
        "safety_involved_is_someone": lambda: Involved.objects.create(**of_it, unit=world.panti, part="staff"),
        "safety_person_is_involved_once": lambda: Involved.objects.create(
            **of_it, unit=world.panti, part="staff", person_id=stay.person_id
        ),
        "safety_withdrawing_someone_is_whole": lambda: Involved.objects.create(
            **of_it, unit=world.panti, part="staff", words="A", withdrawn_at=now()
        ),
        "safety_involved_part_is_known": lambda: Involved.objects.create(
            **of_it, unit=world.panti, part="x", words="A"
        ),
        "safety_notice_names_who_was_told": lambda: Notice.objects.create(**told | {"told_to": ""}),
        "safety_notice_is_written_afterwards": lambda: Notice.objects.create(
            **told | {"told_at": now() + timedelta(days=1)}
        ),
        "safety_notice_codes_are_known": lambda: Notice.objects.create(**told | {"recipient": "x"}),
        "safety_follow_up_says_what": lambda: FollowUp.objects.create(
            **of_it, what="", owner=world.head, due_date=now().date()
        ),
        "safety_follow_up_is_done_whole": lambda: FollowUp.objects.create(
            **of_it, what="A", owner=world.head, due_date=now().date(), done_at=now()
        ),
        "safety_review_is_whole": lambda: Review.objects.create(**of_it, turn="closed", cause="A"),
        "safety_amendment_has_a_reason": lambda: Amendment.objects.create(**of_it, reason="", fields=[], before=[]),
        "safety_one_restraint_at_a_time": lambda: Restraint.objects.create(**line),
        "safety_restraint_has_a_start": lambda: Restraint.objects.create(
            **line | {"period": DateTimeTZRange(None, ago(days=9)), "ended_by_id": world.head.pk, "end_note": "A"}
        ),
        "safety_restraint_is_accounted_for": lambda: Restraint.objects.create(
            **line | {"period": ended, "ended_by_id": world.head.pk, "end_note": "A", "tried": ""}
        ),
        "safety_restraint_has_limits": lambda: Restraint.objects.create(
            **line | {"period": ended, "ended_by_id": world.head.pk, "end_note": "A", "limit_minutes": 0}
        ),
        "safety_restraint_ends_whole": lambda: Restraint.objects.create(**line | {"period": ended}),
        "safety_restraint_is_reviewed_after_its_end": lambda: Restraint.objects.filter(pk=restraint.pk).update(
            reviewed_at=now(), reviewed_by=world.head, review="A"
        ),
        "safety_restraint_codes_are_known": lambda: Restraint.objects.filter(pk=restraint.pk).update(kind="x"),
        "safety_check_is_whole": lambda: RestraintCheck.objects.create(
            **author, restraint=restraint, checked_at=now() + timedelta(days=1), condition="calm"
        ),
        "safety_renewal_is_whole": lambda: RestraintRenewal.objects.create(
            **author, restraint=restraint, until_at=ago(days=1), reason="A"
        ),
        "safety_concern_says_what": lambda: Concern.objects.create(**raised | {"account": ""}),
        "safety_concern_goes_past_the_unit": lambda: Concern.objects.create(**raised | {"about": "staff"}),
        "safety_concern_codes_are_known": lambda: Concern.objects.create(**raised | {"harm": "x"}),
        "safety_concern_is_received_and_closed_once": lambda: [
            ConcernStep.objects.create(**author, concern=concern, kind="acknowledged") for _time in range(2)
        ],
        "safety_step_says_what": lambda: ConcernStep.objects.create(**author, concern=concern, kind="acted"),
    }

    named = {}
    for name, breaks in broken.items():
        with acting(world.head, "test.break"), pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks()
        named[name] = name in str(refused.value)

    assert named == dict.fromkeys(broken, True)
