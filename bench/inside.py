"""What only the inside knows of a stage: whom to search for, and how many statements each page takes.

Run as `python -m bench.inside` with the stage's settings in the environment; prints one JSON object.
"""

import json
import os
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
WORKER = "peksos@demo"
MISSPELT_COMMON = ("Mohamad Santosa", "Siti Wijaja", "Achmad Saputro", "Noer Pratama", "Dewi Santos", "Agus Wijya")


def look() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415  (Django is set up by the caller)
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from serasi.access.models import User  # noqa: PLC0415
    from serasi.access.operations import acting  # noqa: PLC0415
    from serasi.cases.models import Case  # noqa: PLC0415
    from serasi.people.models import Person  # noqa: PLC0415
    from serasi.start.naming import misspelt  # noqa: PLC0415

    worker = User.objects.get(email=WORKER)
    dice = Random(5)
    with acting(worker, "bench.look"):
        people = list(Person.objects.visible_to(worker).order_by("-id")[:300])
        cases = list(Case.objects.of_team_member(worker).open().order_by("id").values_list("pk", flat=True)[:100])
    rare = [misspelt(dice, p.full_name) for p in people if len(p.full_name.split()) == 2][:60]
    found = {
        "worker": WORKER,
        "common": [misspelt(dice, name) for name in MISSPELT_COMMON * 4],
        "rare": rare,
        "phones": [p.phone for p in people if p.phone][:40],
        "niks": [p.nik for p in people if p.nik][:40],
        "people": [str(p.pk) for p in people[:60]],
        "cases": [str(pk) for pk in cases[:60]],
    }
    settings.ALLOWED_HOSTS = ["*"]
    settings.SERASI_DEMO = True
    client = Client()
    client.force_login(worker)
    pages = {
        "open person": f"/orang/{found['people'][0]}/",
        "open case": f"/kasus/{found['cases'][0]}/",
        "work list": "/kasus/",
        "today": "/",
        "search a misspelt common name": f"/orang/?q={found['common'][0]}",
    }
    counts = {}
    for label, path in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts[label] = len(captured)
    return found | {"statements": counts}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(look()))
