"""Checks at start: each says what is wrong and what to do.

Those of settings run whenever Django checks itself; those of the database with `serasi check` alone, for a migration
must be able to mend what they find.
"""

import stat
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.utils import timezone

from serasi.access import registry
from serasi.access.models import Record, tracked_models

OLDEST = 15
END_OF_LIFE = {15: date(2027, 11, 11), 16: date(2028, 11, 9), 17: date(2029, 11, 8), 18: date(2030, 11, 14)}
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
SCOPE = "serasi.access.middleware.ScopeMiddleware"
SIGNED_IN = "serasi.access.middleware.SignedInMiddleware"


@register(Tags.security)
def settings_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """What an installation may have set wrong, told before the first request."""
    found: list[CheckMessage] = []
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("The site answers to any host name.", hint="Name them in SERASI_HOSTS.", id="access.E001"))
    if public and not settings.SERASI_HTTPS:
        found.append(
            checks.Warning(
                f"The site is reached as {public[0]} without HTTPS.",
                hint="Put a certificate in front and set SERASI_HTTPS=1.",
                id="access.W002",
            )
        )
    if settings.SERASI_DEMO and public:
        found.append(
            Error(
                "The demonstration world, whose passwords everyone knows, is open to other machines.",
                hint="Unset SERASI_DEMO, or leave SERASI_HOSTS as it is.",
                id="access.E003",
            )
        )
    if not 1 <= settings.SERASI_IDLE_MINUTES <= 120:
        found.append(
            Error(
                "Screens lock after less than a minute or more than two hours.",
                hint="Set SERASI_IDLE_MINUTES from 1 to 120.",
                id="access.E004",
            )
        )
    keys = settings.SERASI_HOME / "keys.json"
    if keys.exists() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        found.append(
            Error(f"Others on this machine can read the keys in {keys.name}.", hint="chmod 600 it.", id="access.E005")
        )
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend") and public:
        found.append(
            checks.Warning(
                "Mail is printed instead of sent; nobody can ask for a new password by mail.",
                hint="Set SERASI_EMAIL_BACKEND, or let heads hand out invitations.",
                id="access.W006",
            )
        )
    order = [name for name in settings.MIDDLEWARE if name in {SCOPE, SIGNED_IN}]
    if order != [SIGNED_IN, SCOPE] or settings.MIDDLEWARE[-1] != SCOPE:
        found.append(
            Error(
                "Pages do not run inside the scope of who asks.",
                hint=f"End MIDDLEWARE with {SIGNED_IN} and {SCOPE}.",
                id="access.E007",
            )
        )
    return found


def database_guards_itself(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Server, role, trail, row-level security, grants and partitions are as `safeguards` lays them."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            with connections[alias].cursor() as cursor:
                found += _server(cursor)
                cursor.execute("SELECT to_regclass('access_trail') IS NOT NULL")
                if cursor.fetchone()[0]:
                    found += [*_role(cursor), *_trail(cursor), *_rows(cursor), *_registry(cursor), *_partitions(cursor)]
        except DatabaseError as error:
            found.append(
                Error(
                    f"The database does not answer: {str(error).splitlines()[0]}",
                    hint="Is PostgreSQL running, and DATABASE_URL right?",
                    id="access.E010",
                )
            )
    return found


def _server(cursor: Any) -> Iterable[CheckMessage]:
    cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version')")
    major, version = cursor.fetchone()
    if major < OLDEST:
        yield Error(f"PostgreSQL {version} is too old.", hint=f"Use {OLDEST} or newer.", id="access.E011")
    ends = END_OF_LIFE.get(major)
    if ends is not None and timezone.localdate() > ends - timedelta(days=180):
        yield checks.Warning(
            f"PostgreSQL {version} gets no repairs after {ends}.", hint="Plan the next version.", id="access.W012"
        )


def _role(cursor: Any) -> Iterable[CheckMessage]:
    role = settings.APPLICATION_ROLE
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole,"
        " EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid) FROM pg_roles WHERE rolname = %s",
        [role],
    )
    row = cursor.fetchone()
    if row is None:
        yield Error(f"The role {role} is missing.", hint="Run: serasi migrate", id="access.E013")
    elif row[0] or row[1]:
        yield Error(
            f"The role {role} may pass by its own guards.",
            hint=f"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS NOCREATEROLE, and let it own no table.",
            id="access.E014",
        )
    cursor.execute(
        "SELECT has_table_privilege(%s, 'access_trail', 'INSERT, UPDATE, DELETE')"
        " OR has_table_privilege(%s, 'access_look', 'UPDATE, DELETE')",
        [role, role],
    )
    if row is not None and cursor.fetchone()[0]:
        yield Error("The application can change its own evidence.", hint="Run: serasi migrate", id="access.E015")


def _trail(cursor: Any) -> Iterable[CheckMessage]:
    cursor.execute(
        "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname LIKE 'trail_%%' AND tgenabled <> 'D' GROUP BY relname HAVING count(*) = 3"
    )
    laid = {row[0] for row in cursor.fetchall()}
    for table in sorted({model._meta.db_table for model in tracked_models()} - laid):
        yield Error(f"Changes of {table} leave no trail.", hint="Run: serasi migrate", id="access.E016")


def _rows(cursor: Any) -> Iterable[CheckMessage]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        " AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)"
    )
    guarded = {row[0] for row in cursor.fetchall()}
    wanted = {m._meta.db_table for m in apps.get_models() if issubclass(m, Record) and m.row_policy}
    for table in sorted(wanted - guarded):
        yield Error(f"Rows of {table} are open to every query.", hint="Run: serasi migrate", id="access.E017")


def _registry(cursor: Any) -> Iterable[CheckMessage]:
    cursor.execute("SELECT role, permission, reach FROM access_rolegrant")
    declared = {(r.value, p.code, reach.value) for p in registry.permissions() for r, reach in p.held_by.items()}
    if set(cursor.fetchall()) != declared:
        yield Error(
            "The database knows other permissions than the program.", hint="Run: serasi migrate", id="access.E018"
        )


def _partitions(cursor: Any) -> Iterable[CheckMessage]:
    next_month = (timezone.now().replace(day=1) + timedelta(days=32)).strftime("_%Y_%m")
    for parent in ("access_trail", "access_look"):
        cursor.execute("SELECT to_regclass(%s) IS NULL", [parent + next_month])
        if cursor.fetchone()[0]:
            yield checks.Warning(
                f"{parent} has no place for next month yet.",
                hint="Is the background worker running? It makes places every night.",
                id="access.W019",
            )
