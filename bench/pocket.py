"""What a large pocket comes to: 300 clients with five years of notes, on the phone and on the wire.

Run as `python -m bench.pocket [EMAIL]` with the demonstration world's settings in the environment; prints one JSON
object. The crowd is made of copies of one client's file, within a transaction that is taken back.
"""

import gzip
import json
import os
import sys
import time
from datetime import timedelta
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
django.setup()

from django.db import transaction  # noqa: E402  (Django is set up)
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange  # noqa: E402
from django.utils import timezone  # noqa: E402

from serasi.access.models import User  # noqa: E402
from serasi.access.operations import acting  # noqa: E402
from serasi.cases.models import Case, Note, TeamMember  # noqa: E402
from serasi.common.identifiers import uuid7  # noqa: E402
from serasi.fieldwork.pocket_presenters import pocket_facts  # noqa: E402
from serasi.fieldwork.queries.pocket import pocket_of  # noqa: E402
from serasi.people.models import Person, PersonTeam, PersonUnit  # noqa: E402

KILOBITS: Final = 400
CLIENTS: Final = 300
NOTES: Final = 5 * 24
"""Of each file: two a month for five years."""
TEXT: Final = "Bertemu di rumah; makan cukup, tidur masih terganggu. Keluarga mau ikut pertemuan. " * 4
TURNS: Final = 5


def main() -> None:
    email = sys.argv[1] if len(sys.argv) > 1 else "pendamping@demo"
    with acting(User.objects.system(), "bench"), transaction.atomic():
        worker = User.objects.get(email=email)
        _crowd(worker)
        print(json.dumps(_measured(worker)))
        transaction.set_rollback(True)


def _crowd(worker: User) -> None:
    """Copies of one file of the worker, each with its notes."""
    model = Case.objects.of_team_member(worker).open().select_related("person").first()
    assert model is not None, "this worker has no client to copy"
    now = timezone.now()
    for number in range(CLIENTS):
        person = Person.objects.get(pk=model.person_id)
        person.pk, person.nik, person.nik_hash, person.user = uuid7(), None, None, None
        person.no_nik_reason, person.full_name = "tidak_membawa_dokumen", f"Orang Rekaan {number}"
        person.phone = f"0812{number:07}"
        person.save(force_insert=True)
        PersonUnit.objects.create(id=uuid7(), person=person, unit=model.unit, since_at=now)
        PersonTeam.objects.create(id=uuid7(), person=person, user=worker, since_at=now)
        case = Case.objects.get(pk=model.pk)
        case.pk, case.person, case.number, case.report = uuid7(), person, f"BENCH/{number}", None
        case.save(force_insert=True)
        since = DateTimeTZRange(now - timedelta(days=1), None)
        TeamMember.objects.create(id=uuid7(), case=case, user=worker, part="member", period=since)
        Note.objects.bulk_create(
            Note(
                id=uuid7(),
                case=case,
                kind="progress",
                happened_at=now - timedelta(days=15 * turn),
                text=TEXT,
                written_by=worker,
                written_at=now,
            )
            for turn in range(NOTES)
        )


def _measured(worker: User) -> dict[str, float]:
    with acting(worker, "bench.pocket"):
        taken = []
        for _turn in range(TURNS):
            begun = time.perf_counter()
            facts = pocket_facts(pocket_of(worker), worker)
            taken.append(time.perf_counter() - begun)
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    wire = len(gzip.compress(body, 6))
    return {
        "clients carried": len(facts["cases"]),
        "notes in their files": CLIENTS * NOTES,
        "pocket on the phone, KB": round(len(body) / 1024, 1),
        "pocket on the wire, KB": round(wire / 1024, 1),
        f"pocket at {KILOBITS} kbit/s, s": round(wire * 8 / (KILOBITS * 1000), 2),
        "made by the server in, ms": round(sorted(taken)[TURNS // 2] * 1000, 1),
    }


if __name__ == "__main__":
    main()
