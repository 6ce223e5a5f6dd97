"""A house of 1,000 beds with five years of history: its board, census and roll call, sixty at one bed; forecasts.

Run as `python -m bench.residents` with the stage's settings in the environment; prints one JSON object.
"""

import gzip
import json
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from random import Random
from threading import Barrier
from typing import Any

import django
from bs4 import BeautifulSoup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
django.setup()

from django.conf import settings  # noqa: E402  (Django is set up)
from django.db import connection  # noqa: E402
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from serasi.access.models import Unit, User  # noqa: E402
from serasi.access.operations import Refused, acting  # noqa: E402
from serasi.capacity.forecasting import Error, outlooks  # noqa: E402
from serasi.capacity.queries.flows import flows_of  # noqa: E402
from serasi.common.identifiers import uuid7  # noqa: E402
from serasi.daily.enums import Mark  # noqa: E402
from serasi.people.enums import IdentityState, Sex  # noqa: E402
from serasi.people.models import Person, PersonUnit  # noqa: E402
from serasi.residence import operations as residence  # noqa: E402
from serasi.residence.enums import Ending, MovementKind  # noqa: E402
from serasi.residence.models import Bed, Movement, Occupancy, Stay  # noqa: E402
from serasi.residence.queries import census  # noqa: E402
from serasi.start.naming import Names  # noqa: E402

WORKER, CARER, ELSEWHERE = "peksos@demo", "pengasuh@demo", "kepala@demo"
WARDS, ROOMS, BEDS = 20, 25, 2
LIVED_IN_TURN = 5
"""How many people each bed held, one after the other, a year each."""
TRIPS = 9
"""How often each of them was out and came back: with arrival and end, 99,000 movements."""
YEAR = timedelta(days=365)
AT_ONCE, ROUNDS, CONNECTIONS = 60, 20, 7  # the pool gives eight, one of them to the house


def figures() -> dict[str, Any]:
    worker = User.objects.get(email=WORKER)
    unit = _house(worker)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(worker)
    now, past = timezone.now(), timezone.now() - 2.5 * YEAR
    day = f"{timezone.localdate(past):%d/%m/%Y}"
    with acting(worker, "bench.residents.look"):
        ward = Bed.objects.of(unit).values_list("room__ward", flat=True)[0]
    address = f"/hunian/{unit.pk}/"
    pages = {
        "board of 1,000 beds, by ward": address,
        "board of 1,000 beds, every room": f"{address}?semua=1",
        "the same, two years ago": f"{address}?semua=1&hari={day}",
        "floor plan of a ward of 50": f"{address}denah/?wisma={ward}",
        "month of the house": f"{address}bulan/",
        "month of a ward of 50": f"{address}bulan/?wisma={ward}",
    }
    found: dict[str, Any] = {label: _page(client, path) for label, path in pages.items()}
    for label, moment, known_at in (
        ("census two years ago", past, None),
        ("census two years ago, as known then", past, past),
    ):

        def ask(moment: datetime = moment, known_at: datetime | None = known_at) -> None:
            census(unit=unit, at=moment, known_at=known_at)

        with acting(worker, "bench.residents.census"):
            found[label] = _timed(ask)
    carer = Client()
    carer.force_login(User.objects.get(email=CARER))
    found["roll call of a ward of 50, closed"] = _roll_call(carer, f"/harian/wisma/{ward}/apel/")
    found[f"{AT_ONCE} at one bed at once"] = _race(unit, worker, now)
    for days, error in _forecast(beside=unit).items():
        found[f"forecast {days} days ahead, held-out months"] = error
    return found


def _roll_call(client: Client, address: str) -> dict[str, float]:
    """A carer opens the page, finds everybody as the board says, and closes the count."""

    def close() -> None:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        told = {str(one["name"]): str(one.get("value", "")) for one in page.select("main input[type=hidden]")}
        marks = {str(one["name"]): str(one["value"]) for one in page.select("main input[type=radio][checked]")}
        told |= marks | {"counted": str(list(marks.values()).count(Mark.PRESENT))}
        if (status := client.post(address, told).status_code) != 302:
            raise RuntimeError(f"the roll call answered {status}")

    with CaptureQueriesContext(connection) as asked:
        close()
    statements = sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in asked)
    return {**_timed(close, times=10), "statements": statements}


def _forecast(*, beside: Unit) -> dict[int, dict[str, float]]:
    """The mean error over that of "as many as today", of all demonstration houses, on months that were held out. The
    house of this bench is none: its people stay a year to the day."""
    system = User.objects.system()
    errors: dict[int, list[Error]] = {}
    with acting(system, "bench.residents.forecast"):
        today = timezone.localdate()
        for unit in Unit.objects.filter(institution__isnull=False).exclude(pk=beside.pk):
            for outlook in outlooks(flows_of(unit, on=today).every, today=today.toordinal()):
                if outlook.error:
                    errors.setdefault(outlook.horizon, []).append(outlook.error)
    return {
        days: {"ratio": sum(one.mean * one.tries for one in told) / sum(one.naive * one.tries for one in told)}
        for days, told in errors.items()
    }


def _page(client: Client, path: str) -> dict[str, float]:
    client.get(path)  # what is kept for a while is there
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    statements = sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in asked)
    return {
        **_timed(lambda: client.get(path)),
        "statements": statements,
        "kilobytes": len(gzip.compress(answer.content, 6)) / 1024,
    }


def _timed(ask: Callable[[], object], times: int = 30) -> dict[str, float]:
    taken = []
    for turn in range(times + 3):
        begun = time.perf_counter()
        ask()
        if turn >= 3:
            taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return {"p50": statistics.median(taken), "p95": taken[round(len(taken) * 0.95) - 1]}


def _race(unit: Unit, worker: User, now: datetime) -> dict[str, float]:
    """Every round: sixty at one free bed, one gets it. Seconds of a round; how many rounds had exactly one."""
    dice = Random(3)
    with acting(User.objects.system(), "bench.residents.race"):
        people = _people(unit, AT_ONCE, now, dice)
    with acting(worker, "bench.residents.race"):
        room = residence.add_room(
            id=uuid7(), ward=Bed.objects.of(unit).select_related("room__ward__unit")[0].room.ward,
            name=f"Perlombaan {uuid7().hex[-6:]}", beds=1, by=User.objects.get(email=ELSEWHERE), at=now,
        )  # fmt: skip
        bed = Bed.objects.select_related("room__ward__unit").get(room=room)
    taken, alone = [], 0
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for _round in range(ROUNDS):
            gate, moment = Barrier(CONNECTIONS), timezone.now()

            def admit(place: int, gate: Barrier = gate, moment: datetime = moment) -> Stay | None:
                if place < CONNECTIONS:
                    gate.wait()
                try:
                    return residence.admit(
                        id=uuid7(), person=people[place], unit=unit, room=bed.room, bed=bed, purpose="Ukuran",
                        exit_plan="Ukuran", happened_at=moment, by=worker, at=timezone.now(),
                    )  # fmt: skip
                except Refused:
                    return None

            begun = time.perf_counter()
            stays = [stay for stay in pool.map(admit, range(AT_ONCE)) if stay]
            taken.append(time.perf_counter() - begun)
            alone += len(stays) == 1
            for stay in stays:
                residence.end_stay(
                    id=uuid7(), stay=stay, ending=Ending.FAMILY, happened_at=timezone.now(), by=worker,
                    at=timezone.now(),
                )  # fmt: skip
    return {"p50": statistics.median(taken) * 1000, "p95": sorted(taken)[-1] * 1000, "one of sixty": alone / ROUNDS}


# --- The house -------------------------------------------------------------------------------------------------------


def _house(worker: User) -> Unit:
    """The unit of the worker with the large house in it, built and lived in unless an earlier run did."""
    unit = Unit.objects.filter(postings__user=worker).first()
    if unit is None:
        raise RuntimeError(f"{WORKER} works nowhere")
    at = timezone.now()
    with acting(User.objects.system(), "bench.residents.build"):
        if Bed.objects.of(unit).count() >= WARDS * ROOMS * BEDS:
            return unit
        beds = _build(unit, at)
        _live(unit, beds, at)
    return unit


def _build(unit: Unit, at: datetime) -> list[Bed]:
    boss = User.objects.system()
    since = at - (LIVED_IN_TURN + 1) * YEAR
    building = residence.add_building(id=uuid7(), unit=unit, name="Gedung Ukuran", by=boss, at=since)
    for ward_number in range(1, WARDS + 1):
        ward = residence.add_ward(
            id=uuid7(), building=building, name=f"Wisma {ward_number:02d}", position=ward_number, by=boss, at=since
        )
        for number in range(1, ROOMS + 1):
            residence.add_room(
                id=uuid7(), ward=ward, name=f"Kamar {number:02d}", position=number, beds=BEDS, by=boss, at=since
            )
    return list(Bed.objects.filter(room__ward__building=building))


def _people(unit: Unit, count: int, since: datetime, dice: Random) -> list[Person]:
    names = Names(7)
    people = []
    for _number in range(count):
        sex = dice.choice((Sex.MALE, Sex.FEMALE))
        name, born = names.full_name(dice, sex), date(1950, 1, 1) + timedelta(days=dice.randrange(18_000))
        people.append(
            Person(
                id=uuid7(), full_name=name, identity_state=IdentityState.STATED, sex=sex, birth_date=born,
                birth_year_from=born.year, birth_year_to=born.year, no_nik_reason="belum_pernah",
                registered_unit=unit, registered_at=since,
            )
        )  # fmt: skip
    Person.objects.bulk_create(people, batch_size=500)
    PersonUnit.objects.bulk_create(
        (PersonUnit(id=uuid7(), person=one, unit=unit, since_at=since, listed_as=one.full_name) for one in people),
        batch_size=500,
    )
    return people


def _live(unit: Unit, beds: list[Bed], at: datetime) -> None:
    """Everyone stays a year in one bed, goes out and comes back; the last of each bed lives there still."""
    dice, writer = Random(5), User.objects.system()
    people = iter(_people(unit, len(beds) * LIVED_IN_TURN, at - LIVED_IN_TURN * YEAR, dice))
    stays: list[Stay] = []
    movements: list[Movement] = []
    for bed in beds:
        begins = at - LIVED_IN_TURN * YEAR + timedelta(hours=dice.randrange(24 * 20))
        for turn in range(LIVED_IN_TURN):
            ends = None if turn == LIVED_IN_TURN - 1 else begins + YEAR - timedelta(days=dice.randrange(1, 30))
            stay = Stay(
                id=uuid7(), person=next(people), unit=unit, tag=f"U{len(stays) + 1}", purpose="Ukuran",
                exit_plan="Ukuran", period=DateTimeTZRange(begins, ends),
            )  # fmt: skip
            stays.append(stay)
            movements += _movements(stay, bed, dice, writer)
            begins += YEAR
    Stay.objects.bulk_create(stays, batch_size=500)
    Movement.objects.bulk_create(movements, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT residence_draw(id) FROM residence_stay WHERE unit_id = %s", [unit.pk])
    if Occupancy.objects.filter(unit=unit).count() < len(stays):
        raise RuntimeError("the house was not drawn")


def _movements(stay: Stay, bed: Bed, dice: Random, writer: User) -> list[Movement]:
    def happened(kind: MovementKind, moment: datetime, **facts: Any) -> Movement:
        return Movement(
            id=uuid7(), stay=stay, kind=kind, happened_at=moment, written_by=writer, written_at=moment, **facts
        )

    told = [happened(MovementKind.ARRIVED, stay.period.lower, room_id=bed.room_id, bed=bed)]
    for trip in range(TRIPS):
        leaves = stay.period.lower + timedelta(days=30 * (trip + 1), hours=dice.randrange(48))
        told.append(happened(dice.choice((MovementKind.LEAVE, MovementKind.HOSPITAL)), leaves))
        told.append(happened(MovementKind.RETURNED, leaves + timedelta(hours=dice.randrange(4, 200))))
    if stay.period.upper is not None:
        told.append(happened(MovementKind.ENDED, stay.period.upper, ending=Ending.FAMILY))
    return told


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["*"]
    settings.SERASI_DEMO = True
    print(json.dumps(figures()))
