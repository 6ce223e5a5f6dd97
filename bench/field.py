"""Fifty phones come home after a week without signal: 500 forms with scores in one burst, then all of them once more.

Run as `python -m bench.field <site>` with the stage's settings in the environment; prints one JSON object.
"""

import http.client
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
django.setup()

from django.db.backends.postgresql.psycopg_any import DateRange  # noqa: E402  (Django is set up)
from django.utils import timezone  # noqa: E402
from lxml import etree  # noqa: E402

from serasi.access.enums import Role  # noqa: E402
from serasi.access.models import Posting, Unit, User  # noqa: E402
from serasi.access.operations import acting  # noqa: E402
from serasi.assessments.models import Assessment, Edition, Score  # noqa: E402
from serasi.assessments.queries import form_of  # noqa: E402
from serasi.cases.models import Case  # noqa: E402
from serasi.cases.operations.case import open_case  # noqa: E402
from serasi.common.identifiers import uuid7  # noqa: E402
from serasi.fieldwork import operations  # noqa: E402
from serasi.fieldwork.enums import DeviceKind  # noqa: E402
from serasi.people import operations as people  # noqa: E402
from serasi.people.enums import IdentityState, Sex  # noqa: E402
from serasi.xforms.instance import compose  # noqa: E402
from serasi.xforms.parts import ControlKind  # noqa: E402

WORKER, INSTRUMENT = "peksos@demo", "kegiatan_sehari"
PHONES, FORMS, ALONE = 50, 10, 100
BOUNDARY = "serasi-bench"


@dataclass(frozen=True, slots=True)
class Phone:
    """Its key, and the forms it has kept."""

    token: str
    queue: tuple[bytes, ...]


def figures(site: str) -> dict[str, Any]:
    worker = User.objects.get(email=WORKER)
    edition = Edition.objects.filter(instrument__code=INSTRUMENT, instrument__unit=None).newest().get()
    phones = [_phone(number, worker.scope.posts[0].unit_id, edition) for number in range(PHONES + 1)]
    before = _counted()
    alone = _sent(site, phones[-1])
    began = time.perf_counter()
    with ThreadPoolExecutor(PHONES) as pool:
        first = list(pool.map(lambda phone: _sent(site, phone), phones[:PHONES]))
        burst = time.perf_counter() - began
        again = list(pool.map(lambda phone: _sent(site, phone), phones[:PHONES]))
    after = _counted()
    wanted = PHONES * FORMS + ALONE
    kept, found = (now - then for now, then in zip(after, before, strict=True))
    refused = sum(status != 201 for one in (*first, *again, alone) for status, _ms in one)
    waits = [ms for one in first for _status, ms in one]
    return {
        "one phone, a form after the other": _timing([ms for _status, ms in alone]),
        "500 forms from 50 phones at once": _timing(waits) | {"seconds": burst, "a second": PHONES * FORMS / burst},
        "answers that were no 201": {"count": refused},
        "forms lost, of those sent twice": {"count": wanted - kept},
        "forms kept twice": {"count": max(0, kept - wanted)},
        "scores of each form": {"count": found / wanted},
    }


def _phone(number: int, unit_id: UUID, edition: Edition) -> Phone:
    """A social worker of the house with a case of their own, a device, and what was filled without signal."""
    system, now = User.objects.system(), timezone.now()
    name = f"Petugas Lapangan {number}"
    with acting(system, "bench.field.staff"):
        user = User.objects.create(email=f"lapangan{number}@bench", full_name=name, password="!")
        unit = Unit.objects.get(pk=unit_id)
        Posting.objects.create(user=user, role=Role.SOCIAL_WORKER, unit=unit, period=DateRange(date(2020, 1, 1), None))
    with acting(system, "bench.field.case"):
        person = people.register_person(
            id=uuid7(),
            new=people.NewPerson(
                identity_state=IdentityState.STATED,
                sex=Sex.FEMALE,
                description=f"Orang yang ditemui petugas {number}",
                no_nik_reason="tidak_membawa_dokumen",
                kinds=("lanjut_usia_telantar",),
            ),
            unit=unit,
            by=system,
            at=now,
        )
    case = open_case(id=uuid7(), person=person, unit=unit, by=user, at=now)
    _device, token = operations.open_device(id=uuid7(), kind=DeviceKind.COLLECT, name="Ponsel", by=user, at=now)
    many = ALONE if number == PHONES else FORMS
    return Phone(token, tuple(_filled(case, edition, Random(f"{number} {one}")) for one in range(many)))


def _filled(case: Case, edition: Edition, chance: Random) -> bytes:
    """Every question of a choice answered by chance."""
    form = form_of(edition.pk)
    chosen = [path for path, one in form.controls.items() if one.kind is ControlKind.SELECT_ONE]
    asked = [path for path in chosen if not form.fields[path].outermost_repeat]
    answers = {path: chance.choice(form.choices(path)).value for path in asked}
    root = etree.fromstring(compose(form, answers, instance_id=uuid7()))
    named = etree.Element(f"{{{etree.QName(root).namespace}}}kasus" if etree.QName(root).namespace else "kasus")
    named.text = str(case.pk)
    root.insert(0, named)
    return etree.tostring(root)


def _sent(site: str, phone: Phone) -> list[tuple[int, float]]:
    """Status and milliseconds of each form of the queue, sent one after the other over one connection."""
    parts = urlsplit(site)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    found = []
    for xml in phone.queue:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="isian.xml"\r\n'
        body = f"{head}Content-Type: text/xml\r\n\r\n".encode() + xml + f"\r\n--{BOUNDARY}--\r\n".encode()
        began = time.perf_counter()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        connection.request("POST", f"/openrosa/k/{phone.token}/submission", body, kind)
        answer = connection.getresponse()
        answer.read()
        found.append((answer.status, 1000 * (time.perf_counter() - began)))
    connection.close()
    return found


def _counted() -> tuple[int, int]:
    with acting(User.objects.system(), "bench.field.count"):
        return Assessment.objects.finished().count(), Score.objects.count()


def _timing(milliseconds: Sequence[float]) -> dict[str, float]:
    return {
        "p50": statistics.median(milliseconds),
        "p95": sorted(milliseconds)[int(0.95 * (len(milliseconds) - 1))],
        "a second": 1000 * len(milliseconds) / sum(milliseconds),
    }


if __name__ == "__main__":
    print(json.dumps(figures(sys.argv[1])))
