"""Folders for servers, and the command as its users start it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serasi import postgres

Command = Callable[..., subprocess.CompletedProcess[str]]


def new_home() -> Path:
    """Return a data folder that the server's own user may reach; pytest's folders are closed to it."""
    parent = Path(tempfile.mkdtemp(prefix="serasi-ground-", dir="/tmp"))
    parent.chmod(0o711)
    return parent / "var"


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a data folder without anything in it."""
    folder = new_home()
    yield folder
    postgres.stop(folder)
    shutil.rmtree(folder.parent)


@pytest.fixture(scope="module")
def running_home() -> Iterator[Path]:
    """Return a data folder whose server runs; for tests that leave it running."""
    folder = new_home()
    postgres.ensure(folder)
    yield folder
    postgres.stop(folder)
    shutil.rmtree(folder.parent)


@pytest.fixture
def serasi(tmp_path: Path) -> Command:
    """Return a function that runs ``serasi`` from a foreign folder, without a database named."""

    def run(*arguments: str, home: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PORT"}}
        environment |= {"SERASI_HOME": str(home or tmp_path / "var"), **settings}
        return subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "serasi", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=environment,
            timeout=240,
        )

    return run
