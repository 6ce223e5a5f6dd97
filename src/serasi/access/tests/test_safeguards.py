"""The database refuses what the application must never do, whatever the application says."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access import registry
from serasi.access.enums import Role, Subject
from serasi.access.looks import log_look
from serasi.access.models import Look, RoleGrant, TrailEntry, Unit, User
from serasi.access.operations import acting
from serasi.access.operations.units import open_unit
from serasi.access.operations.users import deactivate_user
from serasi.access.safeguards import ROLE
from serasi.access.scope import today
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_posting, make_unit, make_user
from serasi.common.identifiers import uuid7


def run(statement: str, *parameters: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def forget_actor() -> None:
    run("SELECT set_config('serasi.actor', '', true), set_config('serasi.scope', '', true)")


def test_tests_run_as_the_application_s_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("serasi_app", False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_trail SET operation = 'x'",
        "DELETE FROM access_trail",
        "TRUNCATE access_trail",
        "INSERT INTO access_trail (actor_id) VALUES (NULL)",
        "UPDATE access_look SET purpose = 'x'",
        "DELETE FROM access_look",
        "DELETE FROM access_trail_other",
        "UPDATE access_look_other SET purpose = 'x'",
        "UPDATE access_signin SET kind = 'in'",
        "DELETE FROM access_signin",
        "UPDATE access_rolegrant SET reach = 'tree'",
        "INSERT INTO access_rolegrant VALUES ('carer', 'x', 'tree')",
        "ALTER TABLE access_unit DISABLE TRIGGER trail_update",
        "DROP TRIGGER trail_update ON access_unit",
        "CREATE OR REPLACE FUNCTION access_actor() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    ],
)
def test_the_application_s_role_cannot_touch_the_evidence(world: World, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


def test_a_write_without_an_actor_is_refused_by_the_table(world: World) -> None:
    forget_actor()
    with pytest.raises(ProgrammingError, match="names no actor"), transaction.atomic():
        Unit.objects.filter(pk=world.panti.pk).update(name="Diubah diam-diam")
    assert Unit.objects.get(pk=world.panti.pk).name == "Unit PANTI"


@pytest.mark.django_db
def test_when_the_trail_cannot_be_written_nothing_is_changed(world: World) -> None:
    before = list(Unit.objects.values())
    # An operation's name that the trail cannot hold stands for any failure of the trail.
    actor, too_long = str(world.head.pk), "x" * 100
    run("SELECT set_config('serasi.actor', %s, true), set_config('serasi.operation', %s, true)", actor, too_long)
    with pytest.raises(Error, match="too long"):
        run("UPDATE access_unit SET name = 'x'")
    assert list(Unit.objects.values()) == before


def test_every_write_tells_actor_operation_and_both_values(world: World) -> None:
    unit = open_unit(
        id=uuid7(),
        code="BARU",
        name="Panti Baru",
        short_name="Baru",
        kind="panti",
        owner="province",
        parent=world.province,
        by=world.administrator,
        at=timezone.now(),
    )
    entry = TrailEntry.objects.get(record_id=unit.pk)
    assert (entry.actor_id, entry.operation, entry.table_name, entry.action) == (
        world.administrator.pk,
        "access.units.open_unit",
        "access_unit",
        "insert",
    )
    assert entry.after is not None
    assert (entry.after["code"], entry.before) == ("BARU", None)


def test_the_system_s_sight_ends_with_its_operation(world: World) -> None:
    with acting(world.owner, "outer"):
        with acting(User.objects.system(), "inner"):
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_actor(), access_is_system()")
            assert cursor.fetchone() == (world.owner.pk, False)


def test_an_operation_inside_another_keeps_the_name_people_asked_for(world: World) -> None:
    with acting(world.administrator, "outer"), acting(world.administrator, "inner"):
        Unit.objects.filter(pk=world.annex.pk).update(name="Lain")
    assert TrailEntry.objects.filter(record_id=world.annex.pk).latest("id").operation == "outer"


def test_a_look_needs_a_purpose(world: World) -> None:
    with pytest.raises(Error, match="purpose"), transaction.atomic():
        log_look(by=world.owner, subject=Subject.PERSON, subject_id=uuid7(), purpose="")
    log_look(by=world.owner, subject=Subject.PERSON, subject_id=uuid7(), purpose="Asesmen")
    assert Look.objects.get().purpose == "Asesmen"


def test_the_database_knows_the_registry_as_the_code_does(db: None) -> None:
    declared = {(role.value, p.code, reach.value) for p in registry.permissions() for role, reach in p.held_by.items()}
    assert set(RoleGrant.objects.values_list("role", "permission", "reach")) == declared


def test_partitions_are_made_ahead(db: None) -> None:
    run("SELECT access_make_partitions(3)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'access_trail'::regclass")
        assert cursor.fetchone()[0] == 5
    run("SELECT access_make_partitions(5)")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(f"DELETE FROM access_trail_{(today() + timedelta(days=93)):%Y_%m}")  # noqa: S608  (a date)


# --- The scope under the application is the scope in the application ------------------------------------------------

PERMISSIONS = sorted(p.code for p in registry.permissions())
trees = st.lists(st.integers(0, 30), min_size=1, max_size=7)
postings = st.lists(
    st.tuples(st.sampled_from(list(Role)), st.integers(0, 30), st.integers(-3, 3), st.integers(0, 3) | st.none()),
    max_size=5,
    unique_by=lambda p: (p[0], p[1]),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees, given_postings=postings, is_active=st.booleans())
def test_the_database_reaches_exactly_the_units_that_the_application_reaches(
    db: None,
    tree: list[int],
    given_postings: list[tuple[Role, int, int, int | None]],
    is_active: bool,  # noqa: FBT001  (hypothesis names it)
) -> None:
    sid = transaction.savepoint()
    units = [make_unit(code="AKAR")]
    for number, parent in enumerate(tree):
        # Codes that begin like others, so that "starts with" must mean whole codes.
        units.append(make_unit(units[parent % len(units)], code=f"A{'1' * (number % 3)}-{number}"))
    user = make_user()
    held: set[tuple[Role, int]] = set()
    for role, where, start, length in given_postings:
        unit = units[where % len(units)]
        if (role, where % len(units)) in held or role in {Role.MINISTRY_OFFICER, Role.DINAS_OFFICER}:
            continue
        held.add((role, where % len(units)))
        first = today() + timedelta(days=start)
        make_posting(
            user,
            role,
            unit,
            starts_on=first,
            last_day=None if length is None else first + timedelta(days=length),
        )
    if not is_active:
        deactivate_user(user=user, by=User.objects.system(), at=timezone.now())
    user = User.objects.get(pk=user.pk)
    for code in PERMISSIONS:
        with acting(user, "test"), connection.cursor() as cursor:
            cursor.execute("SELECT access_units(%s), access_may(%s)", [code, code])
            found, may = cursor.fetchone()
        expected = set(Unit.objects.reached_by(user, code).values_list("pk", flat=True))
        assert (set(found), may) == (expected, user.scope.has(code))
    transaction.savepoint_rollback(sid)


def test_an_actor_who_is_no_user_number_is_refused_by_the_scope(db: None) -> None:
    run("SELECT set_config('serasi.actor', 'nobody', true)")
    with pytest.raises(Error, match="uuid"):
        run("SELECT access_actor()")


def test_an_owner_who_makes_the_role_may_also_become_it(db: None) -> None:
    """From PostgreSQL 16 on, making a role gives ADMIN without SET unless the server says otherwise."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        if connection.cursor().connection.info.server_version >= 160000:
            cursor.execute("SET LOCAL createrole_self_grant = ''")
        cursor.execute(ROLE.format(role="serasi_trial"))
        cursor.execute(ROLE.format(role="serasi_trial"))
        cursor.execute("SET LOCAL ROLE serasi_trial")
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("serasi_trial",)
        transaction.set_rollback(True)
