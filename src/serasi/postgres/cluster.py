"""Making a cluster, and its settings.

A cluster is made beside its place and moved there when it is complete, so a start that was cut short leaves
nothing that the next start could mistake for a database. No superuser can sign in: what needs one is done
here once, in PostgreSQL's single-user mode.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from serasi.postgres.account import Account, can_write, identity
from serasi.postgres.binaries import SHARED, Binaries, make_shared_folder
from serasi.postgres.errors import PostgresError

OWNER = "serasi"
DATABASE = "serasi"
BACKUP_ROLE = "serasi_backup"
EXTENSIONS = ("btree_gin", "btree_gist", "fuzzystrmatch", "pg_trgm", "unaccent")

ACCESS = """\
# Written by Serasi. Only this machine, only with a password; no local socket, no replication.
host all all 127.0.0.1/32 scram-sha-256
"""

SETTINGS = """\
# Written by Serasi at every start. Your own settings go to local.conf beside this file; they win.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 60

shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 1GB
random_page_cost = 1.1
max_parallel_workers_per_gather = 1
jit = off

wal_level = minimal
max_wal_senders = 0
min_wal_size = 128MB
max_wal_size = 1GB
wal_compression = on

timezone = 'UTC'
log_timezone = 'UTC'
default_text_search_config = 'pg_catalog.simple'

# People's data must not reach the log: neither statements nor the values in the details of an error.
log_min_error_statement = panic
log_error_verbosity = terse
log_line_prefix = '%m [%p] %q%u '
"""

SETTINGS_16 = """
# A role made by the owner can be taken on by the owner.
createrole_self_grant = 'set, inherit'
"""


def make(data: Path, account: Account | None, binaries: Binaries, password: str) -> None:
    """Make a cluster at ``data`` whose owner signs in with this password.

    1. initdb in a new folder, with checksums and an order that no system upgrade changes.
    2. In single-user mode: extensions into template1, so that test databases have them too; the owner, an
       ordinary role; a role that may read past row-level security for backups; the database.
    3. Move it to its place.
    """
    new, final = _folders(data, account)
    try:
        _initdb(new, account, binaries)
        (new / "pg_hba.conf").write_text(ACCESS)
        with (new / "postgresql.conf").open("a") as settings:
            settings.write("\ninclude_if_exists 'serasi.conf'\ninclude_if_exists 'local.conf'\n")
        _write(new / "local.conf", "# Your own settings of this server; they win over serasi.conf.\n", account)
        _first_statements(new, account, binaries, password)
        new.rename(final)
        if final != data:
            data.unlink(missing_ok=True)
            data.symlink_to(final)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        if final != data:
            final.parent.rmdir()
        raise


def write_settings(data: Path, port: int, account: Account | None, major: int) -> None:
    """Write the settings this version of Serasi wants."""
    _write(data / "serasi.conf", SETTINGS.format(port=port) + (SETTINGS_16 if major >= 16 else ""), account)


def _write(path: Path, text: str, account: Account | None) -> None:
    path.write_text(text)
    if account is not None:
        os.chown(path, account.uid, account.gid)


def _folders(data: Path, account: Account | None) -> tuple[Path, Path]:
    """Return where to build and where to move, in a shared place when the account may not enter ours."""
    new = Path(tempfile.mkdtemp(prefix="data.new-", dir=data.parent))
    if account is None:
        return new, data
    os.chown(new, account.uid, account.gid)
    if can_write(account, new):
        return new, data
    new.rmdir()
    try:
        make_shared_folder()
        place = Path(tempfile.mkdtemp(prefix="cluster-", dir=SHARED))
        place.chmod(0o711)
        new = place / "data.new"
        new.mkdir(mode=0o700)
        os.chown(new, account.uid, account.gid)
    except OSError as error:
        raise PostgresError(
            f"the user {account.name} may not enter {data.parent}, nor could {SHARED} be used"
        ) from error
    if not can_write(account, new):
        raise PostgresError(f"the user {account.name} may enter neither {data.parent} nor {place}")
    return new, place / "data"


def _initdb(data: Path, account: Account | None, binaries: Binaries) -> None:
    command = [binaries.path("initdb"), "--pgdata", str(data), "--username", "postgres", "--encoding", "UTF8"]
    command += ["--auth", "reject", "--data-checksums", "--no-instructions"]
    command += ["--locale", "C.UTF-8" if os.uname().sysname == "Linux" else "C"]
    if binaries.major >= 17:
        command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    _run(command, account, "make a database cluster")


def _first_statements(data: Path, account: Account | None, binaries: Binaries, password: str) -> None:
    statements = [f"CREATE EXTENSION {name}" for name in EXTENSIONS]
    statements += [
        f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'",
        f"CREATE ROLE {BACKUP_ROLE} NOLOGIN BYPASSRLS",
        f"GRANT pg_read_all_data TO {BACKUP_ROLE}",
        f"GRANT {BACKUP_ROLE} TO {OWNER}",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    ]
    command = [binaries.path("postgres"), "--single", "-D", str(data), "-c", "exit_on_error=on", "template1"]
    _run(command, account, "prepare the database cluster", stdin=";\n".join(statements) + ";\n")


def _run(command: list[str], account: Account | None, purpose: str, stdin: str = "") -> None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        command,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment(),
        umask=0o077,
        **identity(account),
    )
    if done.returncode != 0:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        serious = [line for line in lines if "ERROR" in line or "FATAL" in line or "error:" in line]
        raise PostgresError(f"cannot {purpose}: {(serious or lines or ['no reason given'])[-1].strip()}")


def environment() -> dict[str, str]:
    """Return a clean environment: nothing of the caller's ``PG…`` settings reaches the server."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8" if os.uname().sysname == "Linux" else "C",
    }
