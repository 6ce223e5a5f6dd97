"""Each wrong setting is told, with what to do about it."""

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.core.management import call_command
from django.utils import translation

from serasi.access.checks import database_guards_itself, settings_are_sound
from serasi.access.permission_table import as_markdown
from serasi.access.tasks import make_partitions

ROOT = Path(__file__).parents[4]


def ids(found: list[CheckMessage]) -> list[str | None]:
    assert all(finding.hint for finding in found)
    return [finding.id for finding in found]


def test_this_installation_is_sound(db: None) -> None:
    assert ids(database_guards_itself(databases=["default"])) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ALLOWED_HOSTS": ["*"], "SERASI_HTTPS": True, "EMAIL_BACKEND": "smtp"}, ["access.E001"]),
        ({"ALLOWED_HOSTS": ["serasi.go.id"], "EMAIL_BACKEND": "smtp", "SERASI_HTTPS": False}, ["access.W002"]),
        (
            {"ALLOWED_HOSTS": ["serasi.go.id"], "EMAIL_BACKEND": "smtp", "SERASI_HTTPS": True, "SERASI_DEMO": True},
            ["access.E003"],
        ),
        ({"SERASI_IDLE_MINUTES": 0}, ["access.E004"]),
        (
            {"ALLOWED_HOSTS": ["serasi.go.id"], "SERASI_HTTPS": True, "EMAIL_BACKEND": "x.console.EmailBackend"},
            ["access.W006"],
        ),
        ({"MIDDLEWARE": ["x"]}, ["access.E007"]),
    ],
)
def test_a_wrong_setting_is_told(settings: Any, tmp_path: Path, wrong: dict[str, Any], told: list[str]) -> None:
    settings.SERASI_HOME = tmp_path
    for name, value in wrong.items():
        setattr(settings, name, value)
    assert ids(settings_are_sound()) == told


def test_keys_that_others_can_read_are_told(settings: Any, tmp_path: Path) -> None:
    settings.SERASI_HOME = tmp_path
    keys = tmp_path / "keys.json"
    keys.touch(mode=0o600)
    assert ids(settings_are_sound()) == []
    os.chmod(keys, 0o644)
    assert ids(settings_are_sound()) == ["access.E005"]


def test_the_command_tells_version_and_findings(db: None) -> None:
    out = StringIO()
    call_command("check", stdout=out, json=True)
    assert '"database": "PostgreSQL ' in out.getvalue()


def test_the_page_of_rights_in_the_documents_is_true() -> None:
    with translation.override("id"):
        assert (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8") == as_markdown()


def test_partitions_are_made_by_the_clock(db: None) -> None:
    make_partitions(timestamp=0)
    assert database_guards_itself(databases=["default"]) == []
