"""Visits and calls: who is expected, who was here, whom nobody has visited or called for long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Max
from django.utils import translation

from serasi.access.models import Unit, User
from serasi.common.names import search_words
from serasi.daily.models import BarredContact, Visit
from serasi.daily.models.practice import CONTACT_WITHIN_DAYS
from serasi.daily.queries.residents import Resident
from serasi.people import reference
from serasi.people.models import Relationship
from serasi.residence.enums import State
from serasi.residence.models import Occupancy, Stay
from serasi.residence.queries import beginning_of


@dataclass(frozen=True, slots=True)
class Quiet:
    """A resident whom nobody visited or called for ``days``; ``latest`` is None where nobody ever did."""

    resident: Resident
    latest: datetime | None
    days: int


def visits_on(*, stays: Iterable[UUID], unit: Unit, day: date, now: datetime, reader: User) -> list[Visit]:
    """What took place or was expected on a day, in the order of the hours. One statement.

    Today also shows what was expected earlier and nobody has said what became of it.
    """
    since, until = beginning_of(unit, day), beginning_of(unit, day + timedelta(days=1))
    rows = Visit.objects.visible_to(reader).in_force().filter(stay__in=list(stays))
    found = rows.between(since, until)
    if since <= now < until:
        found = found | rows.expected().filter(expected_at__lt=since)
    return list(found.select_related("concluded_by", "written_by").by_moment())


def expected_by(stay: Stay, *, day: date) -> list[Visit]:
    """Who is expected by a resident on a day, for that resident: asked with whole sight. One statement."""
    since, until = beginning_of(stay.unit, day), beginning_of(stay.unit, day + timedelta(days=1))
    rows = Visit.objects.expected().filter(stay=stay, expected_at__gte=since, expected_at__lt=until)
    return list(rows.by_moment())


def latest_contacts(*, stays: Iterable[UUID], at: datetime, reader: User) -> dict[UUID, datetime]:
    """When each was visited or called last, by stay. One statement."""
    rows = Visit.objects.visible_to(reader).kept().filter(stay__in=list(stays), began_at__lte=at)
    return dict(rows.order_by().values_list("stay").annotate(latest=Max("began_at")))


def long_without_contact(
    *, here: Iterable[Resident], contacts: Mapping[UUID, datetime], unit: Unit, at: datetime
) -> list[Quiet]:
    """Who is in the house or in hospital, has lived here longer than the unit's practice allows, and had neither visit
    nor call (``contacts``, as `latest_contacts` read them) nor leave from the house within that time; the longest
    first. One statement. ``unit`` comes with its practice, or asks for it.
    """
    most = timedelta(days=_within_days(unit))
    asked = [
        one
        for one in here
        if one.is_known
        and one.state in {State.PRESENT, State.HOSPITAL}
        and one.came_at
        and max(one.came_at, contacts.get(one.stay_id, one.came_at)) <= at - most
    ]
    back: dict[UUID, datetime] = dict(
        Occupancy.objects.filter(
            stay__in=[one.stay_id for one in asked],
            state=State.LEAVE,
            ended_at__gt=at - most,
            ended_at__lte=at,
        )
        .order_by()
        .values_list("stay")
        .annotate(back=Max("ended_at"))
    )
    found = [
        Quiet(one, contacts.get(one.stay_id), (at - (contacts.get(one.stay_id) or one.came_at or at)).days)
        for one in asked
        if one.stay_id not in back
    ]
    return sorted(found, key=lambda one: -one.days)


def _within_days(unit: Unit) -> int:
    try:
        return int(unit.day_practice.contact_within_days)
    except ObjectDoesNotExist:
        return CONTACT_WITHIN_DAYS


def barred_from(stay: Stay, name: str, relationship: Relationship | None, *, day: date) -> BarredContact | None:
    """Who may not contact this resident and is meant by this name, or by this tie. Names are alike when one has all the
    words of the other, however spelt: better asked once too often. One statement.
    """
    words = set(search_words(name))
    for bar in BarredContact.objects.filter(stay=stay).on(day):
        if relationship is not None and bar.relationship_id == relationship.pk:
            return bar
        others = set(search_words(bar.name))
        if words and others and (words <= others or others <= words):
            return bar
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of a resident's family or care whom the register knows: as words, and who that is."""

    relationship: Relationship
    name: str
    relation: str


def known_contacts(*, stay: Stay, day: date, reader: User) -> list[Known]:
    """Parents, guardians, caring family, as far as the reader may see both ends; in words that are kept, Indonesian.
    One statement."""
    ties = Relationship.objects.filter(person=stay.person_id, period__contains=day).select_related("other")
    with translation.override("id"):
        return [
            Known(
                tie,
                tie.other.shown_name(to=reader) if tie.other else tie.contact_name,
                str(reference.relations().get(tie.relation) or tie.relation),
            )
            for tie in ties
        ]
