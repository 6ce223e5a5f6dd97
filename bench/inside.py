"""What only the inside of a stage knows: whom to search for, how many statements an act takes, what guards cost.

Run as `python -m bench.inside look` or `… ratios` with the stage's settings in the environment; prints one JSON object.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
django.setup()

from django.apps import apps  # noqa: E402  (Django is set up)
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.acts import Act, acts  # noqa: E402
from serasi.access.models import Unit, User  # noqa: E402
from serasi.access.operations import acting  # noqa: E402
from serasi.cases.models import Case  # noqa: E402
from serasi.common.identifiers import uuid7  # noqa: E402
from serasi.people.models import Person  # noqa: E402
from serasi.shelters.models import Gathering  # noqa: E402
from serasi.shelters.operations import open_gathering  # noqa: E402
from serasi.start.naming import misspelt  # noqa: E402

WORKER, HEAD = "peksos@demo", "kepala@demo"
MISSPELT_COMMON = ("Mohamad Santosa", "Siti Wijaja", "Achmad Saputro", "Noer Pratama", "Dewi Santos", "Agus Wijya")
ROUNDS = 25


class Inside:
    """A signed-in worker within this process, who counts the statements of each request."""

    def __init__(self, worker: User) -> None:
        self._client = Client()
        self._client.force_login(worker)
        self.counts: list[int] = []

    def get(self, path: str) -> str:
        with self._counting():
            text = self._client.get(path).content.decode()
        return str(text)

    def send(self, path: str, fields: dict[str, str]) -> str:
        with self._counting():
            answer = self._client.post(path, fields)
        if answer.status_code not in {302, 303}:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return str(answer["Location"])

    def ask(self, path: str, fields: dict[str, str]) -> str:
        with self._counting():
            answer = self._client.post(path, fields, headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return str(answer.content.decode())

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """All that is asked of the database, but for where the transaction begins and ends."""
        with CaptureQueriesContext(connection) as captured:
            yield
        self.counts.append(sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured))

    def statements(self, act: Act) -> str:
        """Of each request of the act, when it is done for the second time: `3+11`."""
        act(self, 0)()
        ready = act(self, 1)
        self.counts.clear()
        ready()
        return "+".join(map(str, self.counts))


def look() -> dict[str, Any]:
    """Names, numbers and ids to ask for, and the statements of each act."""
    worker = User.objects.get(email=WORKER)
    dice = Random(5)
    with acting(worker, "bench.look"):
        people = list(Person.objects.visible_to(worker).order_by("id")[:300])
        cases = list(Case.objects.of_team_member(worker).open().order_by("id").values_list("pk", flat=True)[:100])
    known: dict[str, Any] = {
        "worker": WORKER,
        "common": [misspelt(dice, name) for name in MISSPELT_COMMON * 4],
        "rare": [misspelt(dice, p.full_name) for p in people if len(p.full_name.split()) == 2][:60],
        "phones": [p.phone for p in people if p.phone][:40],
        "niks": [p.nik for p in people if p.nik][:40],
        "people": [str(p.pk) for p in people[:60]],
        "cases": [str(pk) for pk in cases[:60]],
        "shelters": [str(_shelter().pk)],
    }
    inside = Inside(worker)
    return known | {"statements": {label: inside.statements(act) for label, act in acts(known).items()}}


def _shelter() -> Gathering:
    """One that is open, at the worker's unit."""
    head = User.objects.get(email=HEAD)
    found = Gathering.objects.visible_to(head).open().first()
    if found is not None:
        return found
    unit = Unit.objects.get(pk=head.scope.posts[0].unit_id)
    return open_gathering(id=uuid7(), unit=unit, kind="disaster", place="Balai ukur", by=head, at=timezone.now())


def ratios() -> dict[str, float]:
    """How much longer acts take with row-level security and with the trail than without; both within one run."""
    known = look()
    worker = User.objects.get(email=WORKER)
    measured = acts(known)
    policed = ("open person", "open case", "work list", "register of a unit", "search a misspelt common name")
    found = {f"row-level security: {label}": _ratio(worker, measured[label], _without_policies) for label in policed}
    for label in ("save a progress note", "register a person"):
        found[f"trail: {label}"] = _ratio(worker, measured[label], _without_trail)
    return found


def _ratio(worker: User, act: Act, without: Any) -> float:
    """Median time as it is, over median time without the guard; in turns, so that noise falls on both alike."""
    inside = Inside(worker)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        for taken, rests in zip(times, (False, True), strict=True):
            with transaction.atomic():
                connection.queries_log.clear()
                if rests:
                    without()
                act(inside, turn)()
                ready = act(inside, turn)
                begun = time.perf_counter()
                ready()
                taken.append(time.perf_counter() - begun)
                transaction.set_rollback(True)
    return statistics.median(times[0][3:]) / statistics.median(times[1][3:])


@contextmanager
def _as_owner() -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE NONE")
        yield cursor
        cursor.execute(f'SET LOCAL ROLE "{role}"')


def _tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if model._meta.managed]


def _without_policies() -> None:
    with _as_owner() as cursor:
        for table in _tables():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


def _without_trail() -> None:
    with _as_owner() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%trail%'")
        for table, trigger in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{trigger}"')


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["*"]
    settings.SERASI_DEMO = True
    print(json.dumps({"look": look, "ratios": ratios}[sys.argv[1]]()))
