"""What the database itself guards, laid anew after every migration: the trail, row-level security, grants.

The application signs in as the role ``serasi_app``, which owns nothing. It cannot write into the trail or change it:
the trigger function writes there with its owner's rights. Every session of work names its actor inside its
transaction with ``serasi.actor``; a tracked table refuses a write without one. Rows of tables with a ``row_policy`` are
seen only under that condition, whatever query is sent.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections

from serasi.access import registry
from serasi.access.enums import PersonalClass
from serasi.access.models import Record, RoleGrant, tracked_models

FUNCTIONS = """
CREATE OR REPLACE FUNCTION access_actor() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('serasi.actor', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION access_is_system() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('serasi.scope', true), '') = 'system' $$;

CREATE OR REPLACE FUNCTION access_units(wanted text) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT unit.id), '{}')
    FROM access_posting posting
    JOIN access_user holder ON holder.id = posting.user_id AND holder.is_active
    JOIN access_rolegrant held ON held.role = posting.role AND held.permission = wanted
    JOIN access_unit home ON home.id = posting.unit_id
    JOIN access_unit unit ON unit.id = home.id
        OR (held.reach = 'tree' AND unit.path LIKE home.path || '%')
    WHERE posting.user_id = access_actor() AND held.reach IN ('unit', 'tree')
        AND posting.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date
$$;

CREATE OR REPLACE FUNCTION access_may(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_posting posting
        JOIN access_user holder ON holder.id = posting.user_id AND holder.is_active
        JOIN access_rolegrant held ON held.role = posting.role AND held.permission = wanted
        WHERE posting.user_id = access_actor()
            AND posting.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date
    )
$$;

CREATE OR REPLACE FUNCTION access_difference(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
$$ SELECT jsonb_object_agg(key, value) FROM jsonb_each(a) WHERE b -> key IS DISTINCT FROM value $$;

CREATE OR REPLACE FUNCTION access_write_trail() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor uuid := nullif(current_setting('serasi.actor', true), '')::uuid;
    operation text := coalesce(nullif(current_setting('serasi.operation', true), ''), '?');
    request uuid := nullif(current_setting('serasi.request', true), '')::uuid;
    secret text[] := coalesce(TG_ARGV[0], '{}')::text[];  -- columns that not even the evidence may hold
BEGIN
    IF actor IS NULL THEN
        RAISE EXCEPTION 'a write to % names no actor', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO access_trail (actor_id, operation, request_id, table_name, record_id, action, after)
        SELECT actor, operation, request, TG_TABLE_NAME, n.id, 'insert', to_jsonb(n) - secret FROM new_rows n;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO access_trail (actor_id, operation, request_id, table_name, record_id, action, before, after)
        SELECT actor, operation, request, TG_TABLE_NAME, n.id, 'update',
            access_difference(to_jsonb(o) - secret, to_jsonb(n) - secret),
            access_difference(to_jsonb(n) - secret, to_jsonb(o) - secret)
        FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE o IS DISTINCT FROM n;
    ELSE
        INSERT INTO access_trail (actor_id, operation, request_id, table_name, record_id, action, before)
        SELECT actor, operation, request, TG_TABLE_NAME, o.id, 'delete', to_jsonb(o) - secret FROM old_rows o;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION access_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.superseded_at IS NOT NULL
        OR to_jsonb(OLD) - '{superseded_at,superseded_by_id,superseded_reason}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{superseded_at,superseded_by_id,superseded_reason}'::text[] THEN
        RAISE EXCEPTION '% is superseded, never changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION access_make_partitions(months_ahead int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    first date;
BEGIN
    FOREACH parent IN ARRAY ARRAY['access_trail', 'access_look'] LOOP
        FOR ahead IN 0..months_ahead LOOP
            first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date;
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                parent || to_char(first, '_YYYY_MM'), parent, first || ' 00:00+00',
                (first + interval '1 month')::date || ' 00:00+00'
            );
        END LOOP;
    END LOOP;
END $$;
"""

ROLE = """
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    -- From 16 on, who made a role may hold it without the right to become it (ADMIN without SET).
    IF NOT pg_has_role(current_user, '{role}',
        CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
        GRANT {role} TO CURRENT_USER;
    END IF;
EXCEPTION WHEN unique_violation THEN NULL;
END $$;
"""

GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON access_trail, access_rolegrant, django_migrations FROM {role};
REVOKE UPDATE, DELETE ON access_look, access_signin FROM {role};
DO $$ DECLARE part regclass; BEGIN
    FOR part IN SELECT inhrelid FROM pg_inherits
        WHERE inhparent IN ('access_trail'::regclass, 'access_look'::regclass) LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM {role}', part);
    END LOOP;
END $$;
"""


def lay_safeguards(*, using: str = "default", **_signal: Any) -> None:
    """Lay roles, functions, triggers, policies and grants; safe to repeat, and a no-op for the application's role."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [settings.APPLICATION_ROLE])
        if cursor.fetchone()[0]:
            return
        role = settings.APPLICATION_ROLE
        cursor.execute(ROLE.format(role=role))
        cursor.execute(FUNCTIONS)
        cursor.execute("SELECT access_make_partitions(3)")
        for statement in (*_functions_of_models(), *_trail_triggers(), *_row_policies(role)):
            cursor.execute(statement)
        cursor.execute(GRANTS.format(role=role))
        for statement in _withheld(role):
            cursor.execute(statement)
        _copy_registry(cursor)


def _functions_of_models() -> list[str]:
    """What an app keeps in the database beside its tables: ``database_functions`` of a model, safe to repeat."""
    found = [getattr(model, "database_functions", None) for model in apps.get_models()]
    return [sql for sql in found if sql]


def _withheld(role: str) -> list[str]:
    """``withheld`` on a model names the rights the application does not have: it asks a function instead."""
    return [
        f"REVOKE {rights} ON {model._meta.db_table} FROM {role}"
        for model in apps.get_models()
        if (rights := getattr(model, "withheld", None))
    ]


def _trail_triggers() -> list[str]:
    statements = []
    for model in tracked_models():
        table = model._meta.db_table
        secret = ",".join(
            str(getattr(model._meta.get_field(name), "column", name))
            for name, personal_class in getattr(model, "personal", {}).items()
            if personal_class is PersonalClass.SECRET
        )
        for event, rows in {
            "INSERT": "NEW TABLE AS new_rows",
            "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
            "DELETE": "OLD TABLE AS old_rows",
        }.items():
            statements.append(
                f"CREATE OR REPLACE TRIGGER trail_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION access_write_trail('{{{secret}}}')"
            )
    return statements


def _row_policies(role: str) -> list[str]:
    statements = []
    for model in apps.get_models():
        policy = getattr(model, "row_policy", None) if issubclass(model, Record) else None
        if policy:
            table = model._meta.db_table
            statements += [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"DROP POLICY IF EXISTS need_to_know ON {table}",
                f"CREATE POLICY need_to_know ON {table} USING (access_is_system() OR ({policy})) WITH CHECK (true)",
            ]
    return statements


def _copy_registry(cursor: Any) -> None:
    table = RoleGrant._meta.db_table
    rows = [(role.value, p.code, reach.value) for p in registry.permissions() for role, reach in p.held_by.items()]
    cursor.execute(f"DELETE FROM {table}")  # noqa: S608  (a constant table name)
    cursor.executemany(f"INSERT INTO {table} (role, permission, reach) VALUES (%s, %s, %s)", rows)  # noqa: S608
