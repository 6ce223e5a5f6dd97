"""What an operator types: a list of any size, the bridge of codes; and what the clock does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, now
from serasi.entitlements.models import BridgedRegion, Delivery
from serasi.entitlements.operations import withdraw_delivery
from serasi.entitlements.tasks import expire
from serasi.entitlements.tests.factories import csv_of, entries_of, loaded, nik, regions, row, seen

pytestmark = pytest.mark.django_db


def import_entitlements(path: Path, capsys: pytest.CaptureFixture[str], **options: Any) -> dict[str, Any]:
    given = {"programme": "pkh", "period": "2026-07", "unit": "cipayung", "json": True} | options
    call_command("import_entitlements", str(path), **given)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_list_is_loaded_from_the_command_line_and_twice_changes_nothing(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regions()
    path, errors = tmp_path / "pkh.csv", tmp_path / "perbaiki.xlsx"
    path.write_bytes(csv_of(row(nik(1)), row("123")))

    told = import_entitlements(path, capsys, errors=errors, bast="BAST/9", until=None)
    again = import_entitlements(path, capsys)

    assert {name: told[name] for name in ("state", "rows", "taken", "refused", "known_file")} == {
        "state": "in_force",
        "rows": 2,
        "taken": 1,
        "refused": 1,
        "known_file": False,
    }
    assert errors.stat().st_size > 0
    assert (again["id"], again["known_file"]) == (told["id"], True)
    with as_user(User.objects.system()):
        assert Delivery.objects.get().unit_id == world.panti.pk


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "ENTAH"}, "no unit"),
        ({"region": "99.99"}, "no region"),
        ({"by": "entah@serasi.test"}, "no user"),
        ({"by": "owner@serasi.test"}, "tidak berwenang"),
    ],
)
def test_what_cannot_be_loaded_ends_the_command(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: dict[str, Any], said: str
) -> None:
    path = tmp_path / "pkh.csv"
    path.write_bytes(csv_of(row(nik(1))))

    with pytest.raises(CommandError, match=said):
        import_entitlements(path, capsys, **options)


def test_a_file_that_is_not_there_ends_the_command(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="No such file"):
        import_entitlements(tmp_path / "tiada.csv", capsys)


def test_the_bridge_of_codes_is_loaded(world: World, tmp_path: Path) -> None:
    regions()
    path = tmp_path / "bps.csv"
    path.write_text("kode_bps,kode_kemendagri\n3175010,31.75.10\n9999999,99.99\n", encoding="utf-8")

    call_command("import_bps_codes", str(path), edition="uji")

    assert list(BridgedRegion.objects.values_list("code", "region_id")) == [("3175010", "31.75.10")]
    path.write_text("a;b\n", encoding="utf-8")
    with pytest.raises(CommandError, match="kode_bps"):
        call_command("import_bps_codes", str(path), edition="uji")


def test_the_clock_deletes_what_has_ended(world: World) -> None:
    delivery = loaded(world, csv_of(row(nik(1))))
    withdraw_delivery(delivery=delivery, reason="Salah kirim", by=world.head, at=now())

    expire(timestamp=0)

    assert entries_of(delivery) == []
    assert seen(delivery, world.head).rows_deleted == 1
