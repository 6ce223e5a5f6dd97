import pytest
from django.db import IntegrityError
from django.utils import timezone

from serasi.access.enums import Role
from serasi.access.models import TrailEntry, User
from serasi.access.operations import Conflict, NotAllowed, acting
from serasi.access.operations.users import (
    EmailTaken,
    NotYourself,
    change_user,
    choose_language,
    choose_password,
    create_user,
    deactivate_user,
    reactivate_user,
    reset_password,
)
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_posting, make_user
from serasi.common.identifiers import uuid7

NOW = timezone.now()


def test_a_head_makes_an_account_that_has_no_password_yet(world: World) -> None:
    user = create_user(id=uuid7(), email=" Baru@Serasi.TEST ", full_name="Bu Baru", by=world.head, at=NOW)
    user.refresh_from_db()
    assert (user.email, user.full_name, user.has_usable_password()) == ("baru@serasi.test", "Bu Baru", False)


def test_a_worker_makes_no_accounts(world: World) -> None:
    with pytest.raises(NotAllowed):
        create_user(id=uuid7(), email="a@serasi.test", full_name="A", by=world.owner, at=NOW)


def test_an_address_belongs_to_one_account_however_it_is_written(world: World) -> None:
    with pytest.raises(EmailTaken) as refused:
        create_user(id=uuid7(), email=world.owner.email.upper(), full_name="A", by=world.head, at=NOW)
    assert refused.value.field == "email"


def test_a_head_changes_the_name_of_her_staff_and_the_trail_tells_both(world: World) -> None:
    change_user(
        user=world.owner,
        email=world.owner.email,
        full_name="Peni Pekerja, M.Sos",
        language="id",
        revision=1,
        by=world.head,
        at=NOW,
    )
    entry = TrailEntry.objects.filter(record_id=world.owner.pk, action="update").latest("id")
    assert (entry.actor_id, entry.operation) == (world.head.pk, "access.users.change_user")
    assert entry.before == {"full_name": "Peni Pekerja", "revision": 1}
    assert entry.after == {"full_name": "Peni Pekerja, M.Sos", "revision": 2}


def test_two_changes_of_one_account_end_in_a_conflict(world: World) -> None:
    for _ in range(1):
        change_user(
            user=world.owner, email="b@serasi.test", full_name="B", language="id", revision=1, by=world.head, at=NOW
        )
    with pytest.raises(Conflict):
        change_user(
            user=world.owner, email="c@serasi.test", full_name="C", language="id", revision=1, by=world.head, at=NOW
        )


def test_a_head_of_another_place_rules_over_none_of_it(world: World) -> None:
    for act in (deactivate_user, reset_password):
        with pytest.raises(NotAllowed):
            act(user=world.owner, by=world.outsider, at=NOW)


def test_nobody_switches_off_or_resets_themselves(world: World) -> None:
    with pytest.raises(NotYourself):
        deactivate_user(user=world.head, by=world.head, at=NOW)


def test_a_head_cannot_take_over_an_administrator_who_also_works_there(world: World) -> None:
    make_posting(world.owner, Role.ADMINISTRATOR, world.panti)
    with pytest.raises(NotAllowed) as refused:
        reset_password(user=world.owner, by=world.head, at=NOW)
    assert "sebagai Administrator" in str(refused.value)


def test_an_account_without_postings_is_the_administrators_concern(world: World) -> None:
    lone = make_user("Sendiri")
    with pytest.raises(NotAllowed):
        deactivate_user(user=lone, by=world.head, at=NOW)
    assert deactivate_user(user=lone, by=world.administrator, at=NOW).is_active is False


def test_an_account_switched_off_may_do_nothing_at_once_and_again_when_it_is_on(world: World) -> None:
    assert deactivate_user(user=world.owner, by=world.head, at=NOW).scope.posts == ()
    assert len(reactivate_user(user=world.owner, by=world.head, at=NOW).scope.posts) == 1


def test_the_trail_knows_that_a_password_changed_and_not_which(world: World) -> None:
    choose_password(user=world.owner, password="sebuah-sandi-panjang", by=world.owner, at=NOW)
    entry = TrailEntry.objects.filter(record_id=world.owner.pk).latest("id")
    assert (entry.operation, entry.before, entry.after) == (
        "access.users.choose_password",
        {"revision": 1},
        {"revision": 2},
    )
    assert User.objects.get(pk=world.owner.pk).check_password("sebuah-sandi-panjang")


def test_a_reset_takes_the_password_away(world: World) -> None:
    choose_password(user=world.owner, password="sebuah-sandi-panjang", by=world.owner, at=NOW)
    reset_password(user=world.owner, by=world.head, at=NOW)
    assert not User.objects.get(pk=world.owner.pk).has_usable_password()


def test_one_chooses_ones_own_language_and_nobody_elses(world: World) -> None:
    choose_language(user=world.owner, language="en", by=world.owner, at=NOW)
    assert User.objects.get(pk=world.owner.pk).language == "en"
    with pytest.raises(NotAllowed):
        choose_language(user=world.owner, language="id", by=world.head, at=NOW)


def test_the_database_holds_addresses_in_lower_case(world: World) -> None:
    with pytest.raises(IntegrityError, match="access_email_is_lower_case"), acting(world.head, "test"):
        User.objects.filter(pk=world.owner.pk).update(email="Peni@serasi.test")


def test_the_database_holds_no_user_without_a_name(world: World) -> None:
    with pytest.raises(IntegrityError, match="access_user_has_a_name"), acting(world.head, "test"):
        User.objects.filter(pk=world.owner.pk).update(full_name="")
