from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from serasi.access.enums import Role
from serasi.access.models import Posting, TrailEntry
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.operations.postings import (
    PostingOver,
    RoleOutOfPlace,
    RoleTooWide,
    WrongPeriod,
    end_posting,
    extend_posting,
    post,
)
from serasi.access.operations.units import UnitClosed, close_unit
from serasi.access.operations.users import NotYourself, deactivate_user
from serasi.access.permissions import may
from serasi.access.scope import today
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_posting, make_user
from serasi.common.identifiers import uuid7

NOW = timezone.now()
DAY = timedelta(days=1)


def posted(world: World, **other: Any) -> Posting:
    facts: dict[str, Any] = {
        "id": uuid7(),
        "user": world.colleague,
        "role": Role.CARER,
        "unit": world.panti,
        "starts_on": today(),
        "last_day": today() + 30 * DAY,
        "by": world.head,
        "at": NOW,
    } | other
    return post(**facts)


def test_a_head_posts_at_her_own_unit_and_below(world: World) -> None:
    here, below = posted(world), posted(world, unit=world.annex)
    assert [p.unit.code for p in Posting.objects.filter(pk__in=[here.pk, below.pk]).order_by("pk")] == [
        "PANTI",
        "CABANG",
    ]


def test_a_head_posts_nobody_elsewhere_or_above(world: World) -> None:
    for unit in (world.elsewhere, world.province):
        with pytest.raises(NotAllowed) as refused:
            posted(world, unit=unit)
        assert refused.value.field == "unit"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MINISTRY_OFFICER])
def test_a_head_gives_no_role_that_is_not_hers_to_give(world: World, role: Role) -> None:
    with pytest.raises(RoleTooWide):
        posted(world, role=role)


def test_a_worker_posts_nobody(world: World) -> None:
    with pytest.raises(NotAllowed):
        posted(world, by=world.owner)


def test_nobody_posts_themselves_or_lengthens_their_own_posting(world: World) -> None:
    with pytest.raises(NotYourself):
        posted(world, user=world.head)
    own = Posting.objects.get(user=world.head)
    with pytest.raises(NotYourself):
        end_posting(posting=own, last_day=today(), by=world.head, at=NOW)


def test_leave_to_approve_ones_own_work_comes_from_an_administrator(world: World) -> None:
    with pytest.raises(RoleTooWide):
        posted(world, may_approve_own=True)
    assert posted(world, may_approve_own=True, by=world.administrator).may_approve_own


def test_a_ministry_officer_sits_at_the_ministry_alone(world: World) -> None:
    with pytest.raises(RoleOutOfPlace):
        posted(world, role=Role.MINISTRY_OFFICER, by=world.administrator)
    assert posted(world, role=Role.MINISTRY_OFFICER, unit=world.ministry, by=world.administrator).role


def test_a_closed_unit_and_a_closed_account_take_no_posting(world: World) -> None:
    close_unit(unit=world.annex, on=today() - DAY, revision=1, by=world.administrator, at=NOW)
    with pytest.raises(UnitClosed):
        posted(world, unit=world.annex)
    deactivate_user(user=world.colleague, by=world.head, at=NOW)
    with pytest.raises(Refused, match="dimatikan"):
        posted(world)


def test_the_same_role_twice_at_the_same_time_is_refused_in_words(world: World) -> None:
    posted(world)
    with pytest.raises(Refused) as refused:
        posted(world, starts_on=today() + 30 * DAY, last_day=None)
    assert str(refused.value) == "Orang ini sudah memegang peran yang sama di unit ini pada masa tersebut."
    assert posted(world, starts_on=today() + 31 * DAY, last_day=None).pk


def test_the_form_sent_twice_makes_one_posting(world: World) -> None:
    wanted = uuid7()
    assert posted(world, id=wanted) == posted(world, id=wanted)
    assert Posting.objects.filter(user=world.colleague, role=Role.CARER).count() == 1


def test_a_period_that_ends_before_it_begins_or_lasts_for_ever_is_refused(world: World) -> None:
    for last_day in (today() - DAY, today() + 4000 * DAY):
        with pytest.raises(WrongPeriod) as refused:
            posted(world, last_day=last_day)
        assert refused.value.field == "last_day"


def test_a_posting_ends_by_itself(world: World) -> None:
    user = make_user("Sementara")
    make_posting(user, Role.SOCIAL_WORKER, world.panti, starts_on=today() - 9 * DAY, last_day=today() - DAY)
    make_posting(user, Role.CARER, world.panti, starts_on=today() + DAY)
    make_posting(user, Role.INSTRUCTOR, world.panti, last_day=today())
    assert [post.role for post in user.scope.posts] == [Role.INSTRUCTOR]
    assert not may(user, "access.emergency.open", on=world.panti)


def test_a_posting_ended_yesterday_gives_nothing_today(world: World) -> None:
    posting = Posting.objects.get(user=world.owner)
    ended = end_posting(posting=posting, last_day=today() - DAY, by=world.head, at=NOW)
    assert ended is not None
    assert ended.last_day == today() - DAY
    assert posting.user.scope.posts == ()


def test_a_posting_that_never_began_is_taken_away_and_the_trail_keeps_it(world: World) -> None:
    posting = posted(world, starts_on=today() + 5 * DAY)
    assert end_posting(posting=posting, last_day=today(), by=world.head, at=NOW) is None
    assert not Posting.objects.filter(user=world.colleague, role=Role.CARER).exists()
    entry = TrailEntry.objects.filter(table_name="access_posting", action="delete").get()
    assert entry.before is not None
    assert entry.before["user_id"] == str(world.colleague.pk)


def test_days_already_served_are_not_rewritten(world: World) -> None:
    posting = Posting.objects.get(user=world.owner)
    with pytest.raises(WrongPeriod):
        end_posting(posting=posting, last_day=today() - 5 * DAY, by=world.head, at=NOW)


def test_an_ended_posting_stays_ended(world: World) -> None:
    user = make_user()
    posting = make_posting(user, Role.CARER, world.panti, last_day=today() - DAY)
    with pytest.raises(PostingOver):
        extend_posting(posting=posting, last_day=None, by=world.head, at=NOW)


def test_a_running_posting_is_made_longer_but_not_shorter_by_extending(world: World) -> None:
    posting = posted(world)
    extended = extend_posting(posting=posting, last_day=today() + 60 * DAY, by=world.head, at=NOW)
    assert extended.last_day == today() + 60 * DAY
    with pytest.raises(WrongPeriod):
        extend_posting(posting=extended, last_day=today() + 10 * DAY, by=world.head, at=NOW)
    assert extend_posting(posting=extended, last_day=None, by=world.head, at=NOW).last_day is None


def test_the_database_holds_no_posting_without_a_beginning(world: World) -> None:
    for period in ((None, today()), "empty"):
        with pytest.raises(IntegrityError, match="access_posting_has_a_start"), acting(world.head, "test"):
            Posting.objects.filter(user=world.owner).update(period=period)


def test_the_database_holds_no_two_postings_of_one_role_that_overlap(world: World) -> None:
    with pytest.raises(IntegrityError, match="access_posting_does_not_overlap"), acting(world.head, "test"):
        Posting.objects.bulk_create(
            Posting(user=world.owner, role=Role.SOCIAL_WORKER, unit=world.panti, period=(today(), None))
            for _ in range(1)
        )
