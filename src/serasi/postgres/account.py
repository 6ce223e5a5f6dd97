"""The operating system's user that the server runs as.

PostgreSQL refuses to run as root. When root starts Serasi (a container, a fresh machine), the server gets a
system user of its own, who owns the cluster's files and nothing else.
"""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from serasi.postgres.errors import PostgresError

NAME = "serasi"


@dataclass(frozen=True, slots=True)
class Account:
    """A user other than the one who runs this process."""

    name: str
    uid: int
    gid: int


class Identity(TypedDict, total=False):
    """What ``subprocess`` needs to become that user."""

    user: int
    group: int
    extra_groups: list[int]


def identity(account: Account | None) -> Identity:
    """Return the arguments for ``subprocess`` that run a program as the account; none means as ourselves."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def account_for(data: Path) -> Account | None:
    """Return who must run the server over this data folder, or None for ourselves.

    An existing cluster belongs to whoever made it; a new one to us, or to the system user when we are root.
    """
    if data.exists():
        owner = data.stat().st_uid
        if owner == os.geteuid() != 0:
            return None
        if os.geteuid() != 0:
            raise PostgresError(f"the database in {data} belongs to another user ({_name_of(owner)}): run as it")
        if owner != 0:
            return _account(pwd.getpwuid(owner))
    if os.geteuid() != 0:
        return None
    return _system_user()


def can_run(account: Account, program: Path) -> bool:
    """Say whether the account may reach and run a program; asked of the system itself, so that ACLs count."""
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the server's own folder
            [program, "--version"], capture_output=True, check=False, timeout=30, cwd="/", **identity(account)
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0


def can_write(account: Account, folder: Path) -> bool:
    """Say whether the account may reach and write a folder."""
    answer = subprocess.run(  # noqa: S603 - a fixed question
        ["/bin/sh", "-c", 'cd "$1" && test -w .', "sh", str(folder)],
        capture_output=True,
        check=False,
        cwd="/",
        **identity(account),
    )
    return answer.returncode == 0


def _system_user() -> Account:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if useradd is None:
        if (found := _lookup(NAME)) is None:
            raise PostgresError(f"PostgreSQL does not run as root: make a user named {NAME}, or run as another user")
        return found
    for _ in range(20):
        if (found := _lookup(NAME)) is not None:
            return found
        # Another process may hold the lock of the user list, so a refusal is not yet the answer.
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", "--comment", "Serasi database", NAME]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a fixed command
        if _lookup(NAME) is None:
            time.sleep(0.25)
    raise PostgresError(f"cannot make the system user {NAME}: make it by hand, or run as another user")


def _lookup(name: str) -> Account | None:
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        return None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
