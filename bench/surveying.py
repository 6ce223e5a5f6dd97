"""A survey of 10,000 households: what its pages cost, how its checks are worked out, and what a data set takes.

Run as `python -m bench.surveying [INTERVIEWS]` with the demonstration world's settings in the environment; prints one
JSON object. The interviews are copies of some hundred that were held as people do, through the form and its evaluator,
each with answers of its own, within a transaction that is taken back. A tenth of the number is measured first: the
ratio of a page is its time over that.
"""

import json
import os
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
django.setup()

from django.conf import settings  # noqa: E402  (Django is set up)
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from serasi.access.models import User  # noqa: E402
from serasi.access.operations import acting  # noqa: E402
from serasi.common.identifiers import uuid7  # noqa: E402
from serasi.surveys import operations as surveys  # noqa: E402
from serasi.surveys.models import Finding, Interview, Survey  # noqa: E402

INTERVIEWS: Final = 10_000
DAYS: Final = 40
TURNS: Final = 15
PAGES: Final = ("survey", "interviews", "checks", "results", "people", "releases")
WORKER: Final = "peksos@demo"
SYLLABLES: Final = ("sa", "ri", "wu", "lan", "di", "ma", "no", "ti", "yah", "ka", "pri", "han", "to", "ni", "gi", "war")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else INTERVIEWS
    settings.ALLOWED_HOSTS = ["*"]
    system, worker = User.objects.system(), User.objects.get(email=WORKER)
    with acting(system, "bench"), transaction.atomic():
        survey = Survey.objects.select_related("unit", "edition").get(name="Keluarga pemulung Bantargebang")
        models = list(Interview.objects.standing().filter(survey=survey).select_related("survey__unit"))
        found: dict[str, dict[str, float]] = {}
        _hold(survey, models, number // 10)
        before = _pages(survey, worker)
        _hold(survey, models, number - number // 10)
        every = Interview.objects.filter(survey=survey).count()
        found["read all of it anew"] = _once(
            lambda: surveys.reread_survey(survey=survey, by=system, at=timezone.now()), every
        )
        found["work out its findings"] = _once(
            lambda: surveys.check_survey(survey=survey, by=system, at=timezone.now()), every
        )
        connection.cursor().execute("ANALYZE surveys_interview, surveys_reading, surveys_tally, surveys_finding")
        found["findings"] = {"count": Finding.objects.filter(survey=survey).count()}
        found |= {
            label: figures | {"ratio": figures["p50"] / before[label]["p50"]}
            for label, figures in _pages(survey, worker).items()
        }
        found["data set, downloaded"] = _download(survey, worker)
        print(json.dumps(found))
        transaction.set_rollback(True)


def _hold(survey: Survey, models: list[Interview], number: int) -> None:
    """Interviews like those that were held: names, numbers, days, villages and points of their own; then read."""
    dice = Random(number)
    Interview.objects.bulk_create(_copies(survey, models, number, dice), batch_size=500)
    surveys.reread_survey(survey=survey, by=User.objects.system(), at=timezone.now())


def _copies(survey: Survey, models: list[Interview], number: int, dice: Random) -> Iterator[Interview]:
    """Some fifteen are held by one enumerator in one village on a day, as in the field."""
    villages = [one.village_id for one in models if one.village_id]
    enumerators = sorted({one.enumerator_id for one in models}, key=str)
    begins = survey.begins_on - timedelta(days=DAYS)
    for place in range(number):
        model = dice.choice(models)
        one = Interview.objects.model(**{each.attname: getattr(model, each.attname) for each in model._meta.fields})
        day: date = begins + timedelta(days=place // 15 % DAYS)
        moved = day - model.held_on
        one.pk, one.held_on, one.replaces_id = uuid7(), day, None
        one.started_at, one.arrived_at = model.started_at + moved, model.arrived_at + moved
        one.ended_at = one.started_at + timedelta(minutes=dice.randrange(15, 45))
        one.enumerator_id = enumerators[place // 15 % len(enumerators)]
        one.village_id = villages[place // 15 % len(villages)] if model.village_id else None
        if model.point:
            one.latitude, one.longitude = -6.327 + dice.uniform(-0.02, 0.02), 106.993 + dice.uniform(-0.02, 0.02)
        one.instance = _somebody_elses(model.instance, one, dice)
        yield one


def _somebody_elses(instance: str, one: Interview, dice: Random) -> str:
    def name(_found: re.Match[str]) -> str:
        words = ("".join(dice.choices(SYLLABLES, k=3)).title() for _word in range(2))
        return f"<nama>{' '.join(words)}</nama>"

    def nik(_found: re.Match[str]) -> str:
        return f"<nik>327507{dice.randrange(10**9, 10**10)}</nik>"

    def money(found: re.Match[str]) -> str:
        return f"<{found[1]}>{int(found[2]) + 500 * dice.randrange(0, 20)}</{found[1]}>"

    instance = re.sub(r"<nama>[^<]+</nama>", name, instance)
    instance = re.sub(r"<nik>\d+</nik>", nik, instance)
    return re.sub(r"<(hasil_hari|pengeluaran)>(\d+)</\1>", money, instance)


def _pages(survey: Survey, reader: User) -> dict[str, dict[str, float]]:
    client = Client()
    client.force_login(reader)
    found = {f"page: {part}": _page(client, reverse(f"surveys:{part}", args=[survey.pk])) for part in PAGES}
    village = next(one for one in Interview.objects.filter(survey=survey).values_list("village", flat=True)[:50] if one)
    results = reverse("surveys:results", args=[survey.pk])
    return found | {"page: results of one village": _page(client, f"{results}?desa={village}")}


def _page(client: Client, url: str) -> dict[str, float]:
    taken = []
    for _turn in range(TURNS + 2):
        begun = time.perf_counter()
        answer = client.get(url)
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    statements = sum(not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for each in captured)
    taken = sorted(taken[2:])
    return {
        "p50": statistics.median(taken),
        "p95": taken[round(len(taken) * 0.95) - 1],
        "statements": statements,
        "kilobytes": len(answer.content) / 1024,
    }


def _once(act: Callable[[], Any], number: int) -> dict[str, float]:
    begun = time.perf_counter()
    act()
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "a second": number / seconds}


def _download(survey: Survey, reader: User) -> dict[str, float]:
    """Memory is how much more the process held at its largest."""
    client = Client()
    client.force_login(reader)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    sent = {"id": str(uuid7()), "level": "2", "purpose": "Pengukuran"}
    answer: Any = client.post(reverse("surveys:releases", args=[survey.pk]), sent)
    size = sum(len(chunk) for chunk in answer.streaming_content)
    return {
        "seconds": time.perf_counter() - begun,
        "kilobytes": size / 1024,
        "megabytes of memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
    }


if __name__ == "__main__":
    main()
