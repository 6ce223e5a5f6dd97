"""``serasi backup DIR`` and ``serasi restore DIR``: everything an installation owns.

A backup is a folder: ``database.dump`` (PostgreSQL's custom format), ``files.zip`` (uploads), ``keys.json``
(without which encrypted fields stay closed) and ``manifest.json`` with versions and checksums. It is
written beside its name and takes the name when it is complete; so does a restored database: until then the
old one stays as it is.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tqdm import tqdm

from serasi.cli.database import prepare_database
from serasi.cli.home import data_folder
from serasi.postgres import PostgresError, drop_database
from serasi.postgres.binaries import bin_folder

FORMAT = 1
DUMP, FILES, KEYS, MANIFEST = "database.dump", "files.zip", "keys.json", "manifest.json"
APPLICATION_ROLE = "serasi_app"
BACKUP_ROLE = "serasi_backup"
TIMEOUT_SETTING = b"SET transaction_timeout = 0;\n"
"""Written by pg_restore 17 and newer whatever the server is; older servers do not know it."""
ENVIRONMENT = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class ArchiveError(Exception):
    """The backup or restore cannot be done; one line, with the remedy."""


@dataclass(frozen=True, slots=True)
class Database:
    """The database by its address, and PostgreSQL's programs that reach it."""

    url: str
    over_tls: bool

    @property
    def name(self) -> str:
        return str(conninfo_to_dict(self.url)["dbname"])

    def connect(self, dbname: str | None = None) -> psycopg.Connection:
        address = make_conninfo(self.url, dbname=dbname) if dbname else self.url
        return psycopg.connect(address, autocommit=True, connect_timeout=10)

    def environment(self, dbname: str | None = None) -> dict[str, str]:
        """Return the address as environment, where no list of processes shows the password."""
        facts = conninfo_to_dict(self.url) | ({"dbname": dbname} if dbname else {})
        address = {ENVIRONMENT[key]: str(value) for key, value in facts.items() if key in ENVIRONMENT}
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"} | address

    def program(self, name: str) -> str:
        """Return the program we brought along, or the machine's: ours is newer, but knows no TLS."""
        if not self.over_tls or name == "pg_restore":
            with contextlib.suppress(PostgresError):
                ours = bin_folder() / name
                if ours.is_file():
                    return str(ours)
        installed = shutil.which(name)
        if installed is None:
            raise ArchiveError(f"{name} is missing: install PostgreSQL's client programs")
        return installed


def backup(arguments: Sequence[str]) -> int:
    """Write a backup and print what is in it."""
    parser = argparse.ArgumentParser(prog="serasi backup", description="Write the database and the files to a folder.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--without-keys", action="store_true", help="leave the encryption keys out; keep them yourself")
    parser.add_argument("--json", action="store_true", help="print the manifest as JSON")
    wanted = parser.parse_args(arguments)
    return _report(lambda: _backup(wanted.folder.absolute(), with_keys=not wanted.without_keys), as_json=wanted.json)


def restore(arguments: Sequence[str]) -> int:
    """Bring a backup back."""
    parser = argparse.ArgumentParser(prog="serasi restore", description="Bring a backup back.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that serasi backup wrote")
    parser.add_argument("--replace", action="store_true", help="give up the data that are there now")
    parser.add_argument("--json", action="store_true", help="print the manifest as JSON")
    wanted = parser.parse_args(arguments)
    return _report(lambda: _restore(wanted.folder.absolute(), replace=wanted.replace), as_json=wanted.json)


def _report(act: Callable[[], dict[str, Any]], *, as_json: bool) -> int:
    try:
        manifest = act()
    except (ArchiveError, PostgresError, psycopg.Error, OSError) as error:
        sys.stderr.write(f"serasi: {str(error).strip().splitlines()[0]}\n")
        return 1
    if as_json:
        sys.stdout.write(json.dumps(manifest) + "\n")
    else:
        for name, facts in manifest["files"].items():
            sys.stdout.write(f"{name:<14}  {facts['bytes']:>14,} bytes  {facts['sha256'][:16]}…\n")
    return 0


def _database() -> Database:
    prepare_database()
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, connect_timeout=10) as connection:
        return Database(url, over_tls=bool(connection.pgconn.ssl_in_use))


def _backup(target: Path, *, with_keys: bool) -> dict[str, Any]:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ArchiveError(f"{target} is not empty: name a folder that does not exist yet")
    database = _database()
    home = data_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        facts = _dump(database, work / DUMP)
        # After the database: a file that a record names may then be missing only if it was deleted meanwhile.
        _pack(home / "uploads", work / FILES)
        if with_keys and (home / KEYS).is_file():
            shutil.copyfile(home / KEYS, work / KEYS)
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "serasi": version("serasi"),
            **facts,
            "files": {path.name: _facts_of(path) for path in sorted(work.iterdir())},
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
        for path in work.iterdir():
            path.chmod(0o600)
        if target.exists():
            target.rmdir()
        work.rename(target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return manifest


def _dump(database: Database, path: Path) -> dict[str, Any]:
    with database.connect() as connection:
        facts = {
            "postgresql": connection.info.parameter_status("server_version"),
            "migrations": _migrations(connection),
        }
        role = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = %s AND pg_has_role(oid, 'MEMBER')", [BACKUP_ROLE]
        ).fetchone()
    command = [
        database.program("pg_dump"),
        "--format=custom",
        "--no-comments",
        "--no-password",
        "--file",
        str(path),
    ]
    if role:
        command += ["--role", BACKUP_ROLE]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        command, env=database.environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        hint = ""
        if "row-level security" in done.stderr:
            hint = f" (as administrator: CREATE ROLE {BACKUP_ROLE} NOLOGIN BYPASSRLS; GRANT pg_read_all_data TO "
            hint += f"{BACKUP_ROLE}; GRANT {BACKUP_ROLE} TO CURRENT_USER)"
        raise ArchiveError(f"pg_dump failed: {_reason(done.stderr)}{hint}")
    return facts


def _restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Bring a backup back.

    1. Check every checksum before anything is touched.
    2. Refuse to give up data unless told to.
    3. Restore into a new database and a new folder; only then do they take the places of the old ones.
    """
    manifest = _checked_manifest(source)
    home = data_folder()
    database = _database()
    uploads = home / "uploads"
    if not replace and (_has_tables(database) or (uploads.is_dir() and any(uploads.iterdir()))):
        raise ArchiveError("there are data here already; --replace gives them up")
    new_uploads = home / "uploads.new"
    shutil.rmtree(new_uploads, ignore_errors=True)
    new_uploads.mkdir(parents=True)
    with zipfile.ZipFile(source / FILES) as archive:
        for member in tqdm(archive.infolist(), desc="files", disable=None):
            archive.extract(member, new_uploads)
    new_database = f"{database.name}_restoring"
    _make_database(database, new_database)
    try:
        _load(database, new_database, source / DUMP)
    except BaseException:
        with database.connect("postgres") as connection:
            drop_database(connection, new_database)
        shutil.rmtree(new_uploads, ignore_errors=True)
        raise
    _take_place(database, new_database)
    shutil.rmtree(uploads, ignore_errors=True)
    new_uploads.rename(uploads)
    _bring_keys(source / KEYS, home / KEYS)
    return manifest


def _checked_manifest(source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
        wanted: dict[str, dict[str, Any]] = manifest["files"]
        if manifest["format"] != FORMAT:
            raise ArchiveError(f"this backup has format {manifest['format']}; this version reads {FORMAT}")
    except FileNotFoundError:
        raise ArchiveError(f"{source} is not a backup: {MANIFEST} is missing") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{source / MANIFEST} is damaged") from error
    if not {DUMP, FILES} <= wanted.keys() <= {DUMP, FILES, KEYS}:
        raise ArchiveError(f"{source / MANIFEST} does not name the files of a backup")
    for name, facts in wanted.items():
        path = source / name
        if not path.is_file() or _facts_of(path) != facts:
            raise ArchiveError(f"{path} is not the file that was written; nothing was changed")
    return manifest


def _has_tables(database: Database) -> bool:
    with database.connect() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p')"
            " AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))"
        ).fetchone()
    return bool(row and row[0])


def _make_database(database: Database, name: str) -> None:
    with database.connect("postgres") as connection:
        known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]).fetchone()
        if known is None:
            role = sql.Identifier(APPLICATION_ROLE)
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _load(database: Database, name: str, dump: Path) -> None:
    """Write the dump as SQL and run it in one transaction, so that any server from 15 on takes it."""
    reading = [database.program("pg_restore"), "--no-owner", "--no-comments", "--file=-", str(dump)]
    writing = [
        database.program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--output",
        os.devnull,
    ]
    writing += ["--set", "ON_ERROR_STOP=1"]
    environment = database.environment(name)
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            reading, env=environment, stdout=subprocess.PIPE, stderr=complaints
        ) as reader,
        subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            writing, env=environment, stdin=subprocess.PIPE, stderr=complaints
        ) as writer,
    ):
        assert reader.stdout is not None  # noqa: S101 - both are pipes
        assert writer.stdin is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):
            for line in reader.stdout:
                if line == TIMEOUT_SETTING:
                    break
                writer.stdin.write(line)
            shutil.copyfileobj(reader.stdout, writer.stdin, 1 << 20)
        with contextlib.suppress(BrokenPipeError):
            writer.stdin.close()
        reader.stdout.close()
        failed = writer.wait() != 0 or reader.wait() != 0
        complaints.seek(0)
        if failed:
            raise ArchiveError(f"the database was not restored: {_reason(complaints.read().decode())}")
    with database.connect(name) as connection:
        connection.execute("ANALYZE")


def _take_place(database: Database, name: str) -> None:
    with database.connect("postgres") as connection:
        old, new = sql.Identifier(database.name), sql.Identifier(name)
        drop_database(connection, database.name)
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(new, old))


def _bring_keys(source: Path, target: Path) -> None:
    """Put the backup's keys in place; keys that were there are kept under another name, never lost."""
    if not source.is_file() or (target.is_file() and source.read_bytes() == target.read_bytes()):
        return
    if target.is_file():
        target.rename(target.with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"))
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(source.read_bytes())


def _pack(folder: Path, path: Path) -> None:
    """Pack the uploads as they are: photos and documents do not get smaller."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for file in tqdm(sorted(folder.rglob("*")), desc="files", disable=None):
            if file.is_file():
                archive.write(file, file.relative_to(folder))


def _migrations(connection: psycopg.Connection) -> dict[str, str]:
    """Return the latest migration of each app."""
    if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
        return {}
    return dict(
        connection.execute("SELECT DISTINCT ON (app) app, name FROM django_migrations ORDER BY app, id DESC").fetchall()
    )


def _facts_of(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _reason(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines or ["no reason given"])[0]
