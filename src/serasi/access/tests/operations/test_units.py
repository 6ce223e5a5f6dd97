from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from serasi.access.models import Unit, User
from serasi.access.operations import Conflict, NotAllowed, Refused, acting
from serasi.access.operations.units import (
    PathTooLong,
    UnitClosed,
    UnitInUse,
    WouldBeCircle,
    change_unit,
    close_unit,
    move_unit,
    open_unit,
    reopen_unit,
)
from serasi.access.scope import today
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_unit
from serasi.common.identifiers import uuid7


def facts(**other: Any) -> dict[str, Any]:
    return {
        "code": "BARU",
        "name": "Panti Baru",
        "short_name": "Panti Baru",
        "kind": "panti",
        "owner": "province",
    } | other


def test_an_administrator_opens_a_unit_below_another(world: World) -> None:
    unit = open_unit(id=uuid7(), parent=world.province, by=world.administrator, at=timezone.now(), **facts())
    assert Unit.objects.get(pk=unit.pk).path == "PUSAT/PROV/BARU/"


def test_the_same_form_sent_twice_opens_one_unit(world: World) -> None:
    wanted = uuid7()
    for _ in range(2):
        open_unit(id=wanted, parent=world.province, by=world.administrator, at=timezone.now(), **facts())
    assert Unit.objects.filter(code="BARU").count() == 1


def test_a_head_opens_no_units(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_unit(id=uuid7(), parent=world.panti, by=world.head, at=timezone.now(), **facts())


def test_nobody_opens_a_unit_without_a_parent(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_unit(id=uuid7(), parent=None, by=world.administrator, at=timezone.now(), **facts())


def test_a_code_in_use_is_refused_in_words_beside_its_field(world: World) -> None:
    with pytest.raises(Refused) as refused:
        open_unit(id=uuid7(), parent=world.province, by=world.administrator, at=timezone.now(), **facts(code="PANTI"))
    assert (str(refused.value), refused.value.field) == ("Kode ini sudah dipakai unit lain.", "code")


def test_a_code_with_spaces_is_refused_in_words(world: World) -> None:
    with pytest.raises(Refused) as refused:
        open_unit(id=uuid7(), parent=world.province, by=world.administrator, at=timezone.now(), **facts(code="a b"))
    assert str(refused.value) == "Kode unit hanya huruf besar, angka dan tanda hubung."


def test_a_tree_too_deep_for_its_path_is_refused(world: World) -> None:
    unit = world.panti
    for number in range(7):
        unit = make_unit(unit, code=f"{'X' * 35}{number}")
    with pytest.raises(PathTooLong):
        make_unit(unit, code="X" * 36)


def test_moving_a_unit_moves_everything_under_it(world: World) -> None:
    move_unit(
        unit=world.panti,
        parent=world.elsewhere,
        revision=world.panti.revision,
        by=world.administrator,
        at=timezone.now(),
    )
    assert list(Unit.objects.filter(path__startswith="PUSAT/").values_list("code", "path")) == [
        ("PUSAT", "PUSAT/"),
        ("PROV", "PUSAT/PROV/"),
        ("LAIN", "PUSAT/PROV/LAIN/"),
        ("PANTI", "PUSAT/PROV/LAIN/PANTI/"),
        ("CABANG", "PUSAT/PROV/LAIN/PANTI/CABANG/"),
    ]


def test_a_unit_does_not_go_under_itself(world: World) -> None:
    with pytest.raises(WouldBeCircle):
        move_unit(
            unit=world.panti,
            parent=world.annex,
            revision=world.panti.revision,
            by=world.administrator,
            at=timezone.now(),
        )


def test_a_new_code_gives_new_paths_to_all_below(world: World) -> None:
    change_unit(
        unit=world.panti,
        revision=world.panti.revision,
        time_zone="Asia/Makassar",
        by=world.administrator,
        at=timezone.now(),
        **facts(code="PANTI-1"),
    )
    assert Unit.objects.get(pk=world.annex.pk).path == "PUSAT/PROV/PANTI-1/CABANG/"
    assert Unit.objects.get(pk=world.panti.pk).revision == world.panti.revision == 2


def test_two_people_changing_a_unit_are_shown_both_versions(world: World) -> None:
    mine = Unit.objects.get(pk=world.panti.pk)
    arguments: dict[str, Any] = {"time_zone": "Asia/Jakarta", "by": world.administrator, "at": timezone.now()}
    change_unit(unit=world.panti, revision=1, **facts(code="PANTI", name="Nama pertama"), **arguments)
    with pytest.raises(Conflict) as conflict:
        change_unit(unit=mine, revision=1, **facts(code="PANTI", name="Nama kedua"), **arguments)
    assert conflict.value.stored.name == "Nama pertama"  # type: ignore[attr-defined]
    assert conflict.value.typed["name"] == "Nama kedua"


def test_a_unit_with_staff_or_open_branches_is_not_closed(world: World) -> None:
    arguments: dict[str, Any] = {"on": today(), "revision": 1, "by": world.administrator, "at": timezone.now()}
    with pytest.raises(UnitInUse):
        close_unit(unit=world.province, **arguments)
    with pytest.raises(UnitInUse) as refused:
        close_unit(unit=world.elsewhere, **arguments)
    assert str(refused.value) == "Masih ada 1 penugasan yang berlaku pada tanggal itu. Akhiri dulu."


def test_a_closed_unit_takes_nothing_new_until_it_opens_again(world: World) -> None:
    by, at = world.administrator, timezone.now()
    close_unit(unit=world.annex, on=today() - timedelta(days=1), revision=1, by=by, at=at)
    with pytest.raises(UnitClosed):
        open_unit(id=uuid7(), parent=world.annex, by=by, at=at, **facts())
    reopen_unit(unit=world.annex, revision=world.annex.revision, by=by, at=at)
    assert open_unit(id=uuid7(), parent=world.annex, by=by, at=at, **facts()).path.endswith("/CABANG/BARU/")


def test_the_database_refuses_a_unit_that_is_its_own_parent(world: World) -> None:
    with (
        pytest.raises(IntegrityError, match="access_unit_is_not_its_own_parent"),
        acting(User.objects.system(), "test"),
    ):
        Unit.objects.filter(pk=world.annex.pk).update(parent=world.annex)


def test_the_database_refuses_two_units_with_one_path(world: World) -> None:
    with (
        pytest.raises(IntegrityError, match="access_unit_path"),
        acting(User.objects.system(), "test"),
        transaction.atomic(),
    ):
        Unit.objects.filter(pk=world.annex.pk).update(path=world.panti.path)


def test_opening_a_unit_is_a_handful_of_statements(world: World, django_assert_max_num_queries: Any) -> None:
    assert world.administrator.scope.posts
    with django_assert_max_num_queries(8):  # two of them only because the test is a transaction
        open_unit(id=uuid7(), parent=world.province, by=world.administrator, at=timezone.now(), **facts())
