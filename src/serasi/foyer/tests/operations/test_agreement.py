"""What youth and house agree: two-way, signed by all, 24 months at most, one at a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months
from serasi.foyer import operations as foyer
from serasi.foyer.enums import Ending, Party
from serasi.foyer.models import Agreement, Signature, Step
from serasi.foyer.tests.factories import go_up, live, phase_of, settle, sign, today, use_foyer, write
from serasi.residence import operations as residence
from serasi.residence.models import Stay

pytestmark = pytest.mark.django_db


def test_a_house_without_phases_makes_no_agreement(world: World) -> None:
    with pytest.raises(foyer.NoEdition):
        write(settle(world))


def test_it_holds_once_youth_and_house_have_signed(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    write(youth)
    assert youth.phase() == ""
    sign(youth, Party.YOUTH)
    assert youth.phase() == ""
    sign(youth, Party.HOUSE)
    assert youth.phase() == "Orientasi"


def test_for_a_minor_the_guardian_signs_too(world: World) -> None:
    use_foyer(world)
    youth = settle(world, birth_date=today(world) - timedelta(days=365 * 16))
    write(youth)
    sign(youth, Party.YOUTH)
    sign(youth, Party.HOUSE)
    assert youth.phase() == ""
    with pytest.raises(Refused, match="hubungan wali"):
        sign(youth, Party.GUARDIAN, name="Ibu Sari")
    sign(youth, Party.GUARDIAN, name="Ibu Sari", relation="ibu")
    assert youth.phase() == "Orientasi"


def test_the_coach_never_signs_for_the_house(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    write(youth, coach=world.supervisor)
    sign(youth, Party.YOUTH)
    with pytest.raises(foyer.OwnCoach):
        sign(youth, Party.HOUSE, by=world.supervisor)
    with pytest.raises(NotAllowed):
        sign(youth, Party.HOUSE, by=world.colleague)
    sign(youth, Party.HOUSE, by=world.head)
    with as_user(world.head):
        assert Signature.objects.get(agreement=youth.deal, party=Party.HOUSE).name == "Bambang Hartono"


def test_nobody_signs_twice_or_in_the_future(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    write(youth)
    sign(youth, Party.YOUTH)
    with pytest.raises(Refused, match="sudah menandatangani"):
        sign(youth, Party.YOUTH)
    with pytest.raises(Refused, match="belum tiba"):
        foyer.sign_agreement(
            id=uuid7(), agreement=youth.deal, party=Party.HOUSE, name="", signed_at=now() + timedelta(hours=1),
            by=world.head, at=now(),
        )  # fmt: skip


def test_one_day_beyond_24_months_is_refused(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    begins = today(world)
    with pytest.raises(Refused, match="24 bulan") as refused:
        write(youth, begins_date=begins, ends_date=add_months(begins, 24) + timedelta(days=1))
    assert refused.value.field == "ends_date"
    write(youth, begins_date=begins, ends_date=add_months(begins, 24))


def test_one_agreement_at_a_time(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    with pytest.raises(Refused, match="sudah punya kesepakatan"):
        write(youth)


def test_a_form_sent_twice_makes_one(world: World) -> None:
    use_foyer(world)
    youth, pk = settle(world), uuid7()
    assert write(youth, id=pk) == write(youth, id=pk)
    with as_user(world.owner):
        assert Agreement.objects.count() == 1


def test_what_is_signed_is_not_worded_anew(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    one = write(youth)
    facts: dict[str, Any] = {
        "coach": world.colleague, "begins_date": one.begins_date, "ends_date": one.ends_date,
        "youth_offers": ["Saya menabung"], "house_offers": one.house_offers, "by": world.owner, "at": now(),
    }  # fmt: skip
    foyer.change_agreement(agreement=one, revision=1, **facts)
    assert (one.coach, one.youth_offers) == (world.colleague, ["Saya menabung"])
    sign(youth, Party.YOUTH)
    with pytest.raises(foyer.SignedAlready):
        foyer.change_agreement(agreement=one, revision=2, **facts)


def test_a_coach_works_in_the_house(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    for stranger in (world.outsider, world.carer):
        with pytest.raises(foyer.CoachCannotAct):
            write(youth, coach=stranger)


def test_a_renewal_goes_on_in_the_phase_that_was_reached_and_within_the_same_two_years(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    go_up(youth)
    old, day = youth.deal, today(world)
    facts: dict[str, Any] = {
        "coach": world.owner,
        "begins_date": day,
        "youth_offers": ["a"],
        "house_offers": ["b"],
        "by": world.owner,
    }
    with pytest.raises(Refused, match="24 bulan"):
        foyer.renew_agreement(
            id=uuid7(), agreement=old, ends_date=old.ceiling_date + timedelta(days=1), at=now(), **facts
        )
    youth.agreement = foyer.renew_agreement(id=uuid7(), agreement=old, ends_date=old.ceiling_date, at=now(), **facts)
    sign(youth, Party.YOUTH)
    sign(youth, Party.HOUSE)
    assert phase_of(youth).name == "Dibimbing"
    with as_user(world.owner):
        old.refresh_from_db()
    assert (old.ending, old.ended_date, youth.deal.since_date) == (Ending.RENEWED, day, old.since_date)


def test_it_ends_with_a_reason_and_what_never_began_is_dropped(world: World) -> None:
    use_foyer(world)
    youth, other = live(world), settle(world, "Bagas")
    with pytest.raises(Refused, match="mengapa"):
        foyer.end_agreement(
            agreement=youth.deal, ended_date=today(world), ending=Ending.GOAL, reason=" ", by=world.owner, at=now()
        )
    foyer.end_agreement(
        agreement=youth.deal, ended_date=today(world), ending=Ending.GOAL, reason="Kos dan bekerja", by=world.owner,
        at=now(),
    )  # fmt: skip
    assert youth.phase() == "Orientasi"  # what was reached stays readable
    with pytest.raises(foyer.NotInForce):
        go_up(youth)
    foyer.end_agreement(
        agreement=write(other), ended_date=today(world), ending="", reason="Pulang ke ibu", by=world.owner, at=now()
    )
    assert (other.deal.ending, other.deal.ended_date) == (Ending.DROPPED, other.deal.begins_date)
    write(other)


def test_who_is_discharged_makes_no_agreement(world: World) -> None:
    use_foyer(world)
    youth = settle(world)
    residence.end_stay(id=uuid7(), stay=youth.stay, ending="family", happened_at=now(), by=world.owner, at=now())
    with as_user(world.owner):
        youth.stay = Stay.objects.select_related("unit", "person").get(pk=youth.stay.pk)
    with pytest.raises(foyer.NotLivingHere):
        write(youth)


def test_a_step_that_was_decided_is_kept_by_the_database(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    with pytest.raises(DatabaseError), as_user(world.owner):
        Step.objects.filter(agreement=youth.deal).update(youth_words="lain")
