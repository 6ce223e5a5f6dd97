"""People of an interview become people of the register, a household, and a report where someone is in need. Never
twice."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.cases.enums import Urgency
from serasi.cases.operations import receive_report
from serasi.cases.operations.report import UNKNOWN
from serasi.cases.reference import danger_screen
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.models import HouseholdMember, Person
from serasi.surveys.models import Interview, Settled
from serasi.surveys.people import Someone
from serasi.surveys.permissions import SETTLE


@operation(SETTLE)
def register_someone(
    *, person_id: UUID, someone: Someone, by: User, at: datetime, not_same_as: Collection[UUID] = ()
) -> Settled:
    """They are new. Raises LikelySame until every likely match was looked at."""
    settled = _begin(someone, by)
    if settled is not None:
        return settled
    new = someone.described(not_same_as=not_same_as)
    unit = someone.told.interview.survey.unit
    person = people.register_person(id=person_id, new=new, unit=unit, by=by, at=at)
    return _say(someone, person, is_new=True, by=by, at=at)


@operation(SETTLE)
def recognise_someone(*, person_id: UUID, someone: Someone, by: User, at: datetime) -> Settled:
    """They are someone whom the register knows; the unit of the survey knows them from now on."""
    settled = _begin(someone, by)
    if settled is not None:
        return settled
    survey = someone.told.interview.survey
    reason = f"Didata dalam survei: {survey.name}"[:300]
    link = people.recognise(id=uuid7(), person_id=person_id, unit=survey.unit, reason=reason, by=by, at=at)
    return _say(someone, Person.objects.get(pk=link.person_id), is_new=False, by=by, at=at)


@operation(SETTLE)
def open_report_of(*, id: UUID, settled: Settled, need: str, by: User, at: datetime) -> Settled:
    """Someone who was found is in need: a report is received about them, with what was seen. Once."""
    require(by, SETTLE, on=settled.interview.survey)
    if not need.strip():
        raise Refused(_("Tulis apa yang dibutuhkan orang ini."), field="need")
    held = (
        Settled.objects.select_for_update(of=("self",))
        .select_related("person", "interview__survey__unit")
        .get(pk=settled.pk)
    )
    if held.report_id is not None:
        return held
    survey = held.interview.survey
    held.report = receive_report(
        id=id,
        unit=survey.unit,
        channel="penjangkauan",
        received_at=at,
        subject_description=held.person.full_name,
        urgency=Urgency.ORDINARY,
        danger=dict.fromkeys(danger_screen().codes, UNKNOWN),
        narrative=gettext("Ditemukan dalam survei «%(survey)s». %(need)s")
        % {"survey": survey.name, "need": need.strip()},
        reporter_name=by.full_name,
        region=held.interview.village,
        person=held.person,
        by=by,
        at=at,
    )
    held.save(update_fields=["report"])
    return held


def _begin(someone: Someone, by: User) -> Settled | None:
    """What stands there already; nobody else settles people of this interview meanwhile."""
    interview = someone.told.interview
    require(by, SETTLE, on=interview.survey)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('surveys.settle' || %s, 0))", [str(interview.pk)])
    if not Interview.objects.standing().filter(pk=interview.pk).exists():
        raise Refused(_("Wawancara ini sudah dibatalkan atau diganti."))
    return Settled.objects.filter(interview=interview, place=someone.place).first()


def _say(someone: Someone, person: Person, *, is_new: bool, by: User, at: datetime) -> Settled:
    interview = someone.told.interview
    if Settled.objects.filter(interview=interview, person=person).exists():
        raise Refused(_("Dua orang dalam satu wawancara tidak mungkin orang yang sama."))
    home = _home(someone, person, by=by, at=at)
    return Settled.objects.create(
        id=uuid7(),
        interview=interview,
        place=someone.place,
        person=person,
        household_id=home,
        is_new=is_new,
        settled_by=by,
        settled_at=at,
    )


def _home(someone: Someone, person: Person, *, by: User, at: datetime) -> UUID | None:
    """The household of the interview: that of those who were settled before, else of the card, else a new one.

    Who lives in a household of the register already stays there: where someone lives is not changed by a survey.
    """
    interview = someone.told.interview
    today = interview.survey.unit.day_at(at)
    now_in = HouseholdMember.objects.filter(period__contains=today)
    own = now_in.filter(person=person).first()
    if own is not None:
        return own.household_id
    others = Settled.objects.filter(interview=interview, household__isnull=False).values("household")
    member = now_in.filter(household__in=others).select_related("person").first()
    if member is not None:
        people.join_household_of(
            id=uuid7(), person=person, member=member, relation=someone.relation, since=today, by=by, at=at
        )
        return member.household_id
    joined = people.join_household(id=uuid7(), person=person, card=someone.card, since=today, by=by, at=at)
    return joined.household_id
