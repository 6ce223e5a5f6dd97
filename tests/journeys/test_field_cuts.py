"""Whatever happens between phone and server, every finished form arrives exactly once.

SERASI_CUTS says how many cuts are made (default 12; the bar of the product is 1,000), SERASI_CUTS_SEED which.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW
from tests.journeys.hands import main, press, reads
from tests.journeys.test_field import place, prepare, unlock, visit_bagas
from tests.journeys.weather import Cut, Weather, wire

CUTS: Final = int(os.environ.get("SERASI_CUTS", "12"))
SEED: Final = int(os.environ.get("SERASI_CUTS_SEED", "20261123"))
MOST_CUTS_EACH: Final = 3
DAYS: Final = 2 * 24 * 3600 * 1000
"""Milliseconds by which a clock is wrong."""
WRONG_CLOCK: Final = """shift => {
  const Real = (globalThis.rightDate ??= Date);
  const real = Real.now.bind(Real);
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(real() + shift); }
  };
  globalThis.Date.now = () => real() + shift;
}"""


def note(page: Page, text: str) -> None:
    press(page, "Tulis catatan")
    page.get_by_role("textbox", name="Catatan", exact=True).fill(text)
    page.get_by_role("button", name="Simpan di ponsel ini").click()
    reads(page, "Tersimpan dan tersegel di ponsel ini")


def screen(page: Page) -> None:
    """The quick danger screen, every question answered the same way."""
    main(page).locator("li").filter(has_text="Skrining bahaya").get_by_role("button").click()
    page.locator(".fill-body .fill-field").first.wait_for()
    for field in page.locator(".fill-body .fill-field").all():
        field.get_by_role("radio").last.check()
    press(page, "Selesai, kirim")
    reads(page, "Tersimpan dan tersegel di ponsel ini")


def delivered(page: Page) -> None:
    """Sent until nothing waits, as somebody would who presses the button."""
    place(page, "Kiriman")
    for _try in range(40):
        press(page, "Kirim sekarang")
        page.wait_for_timeout(150)
        if main(page).get_by_text("Menunggu dikirim (0)").is_visible():
            return
    raise AssertionError(main(page).inner_text())


def arrived(world: Mapping[str, str]) -> tuple[dict[str, int], int, int]:
    """What the server has: notes by their text, forms that came, and assessments that they became."""
    with psycopg.connect(world["DATABASE_URL"]) as owner:
        owner.execute("SELECT set_config('serasi.scope', 'system', false)")  # row policies hold for the owner, too
        notes = owner.execute("SELECT text, count(*) FROM cases_note WHERE text LIKE 'Potong%' GROUP BY text")
        forms = owner.execute("SELECT count(*) FROM fieldwork_submission WHERE form_id = 'skrining_bahaya'")
        became = owner.execute(
            "SELECT count(*) FROM assessments_assessment one JOIN fieldwork_submission came ON came.id = one.id"
        )
        return dict(notes.fetchall()), forms.fetchone()[0], became.fetchone()[0]  # type: ignore[index]


def switch(world: Mapping[str, str], act: str) -> None:
    """Lock the account of the one who holds the phone, or unlock it."""
    program = f"""
import django
django.setup()
from django.utils import timezone
from serasi.access.models import User
from serasi.access.operations import acting
from serasi.access.operations.users import deactivate_user, reactivate_user
system = User.objects.system()
with acting(system, "journeys"):
    user = User.objects.get(email="pendamping@demo")
{act}(user=user, by=system, at=timezone.now())
"""
    subprocess.run([sys.executable, "-c", program], env=dict(world), check=True)  # noqa: S603


@pytest.mark.journey
def test_every_finished_form_arrives_exactly_once(
    world: Mapping[str, str], site: str, open_as: Callable[..., Page]
) -> None:
    with wire(site) as (address, weather):
        phone = open_as("pendamping", viewport=NARROW, address=address)
        prepare(phone)
        made = make_cuts(phone, weather, world, CUTS)
        print(f"{weather.made} cuts, {made}, all once (seed {SEED})")

        # The account is locked while one more waits: it is taken in, changes nothing, and the phone is emptied.
        came, became = arrived(world)[1:]
        phone.context.set_offline(True)
        screen(phone)
        switch(world, "deactivate_user")
        phone.context.set_offline(False)
        expect(phone.get_by_role("heading", name="Siapkan ponsel ini")).to_be_visible()
        for _look in range(50):  # the page may be emptied before what it sends has come
            if arrived(world)[1] > came:
                break
            phone.wait_for_timeout(200)
        assert arrived(world)[1:] == (came + 1, became)
        switch(world, "reactivate_user")


def make_cuts(phone: Page, weather: Weather, world: Mapping[str, str], cuts: int) -> str:
    """Fill, finish and send on a phone that is ready until so many cuts were made; what was filled, all of it once."""
    chance = random.Random(SEED)
    _notes, forms_before, became_before = arrived(world)
    run = uuid4().hex[:8]
    wanted: list[str] = []
    forms = 0
    visit_bagas(phone)
    while weather.made < cuts:
        for _each in range(chance.randint(1, 3)):
            _bad_weather(weather, chance)
            if chance.random() < 0.2:
                screen(phone)
                forms += 1
            else:
                wanted.append(f"Potong {run} {len(wanted)}")
                note(phone, wanted[-1])
        _disturb(phone, chance)
        delivered(phone)
        visit_bagas(phone)
    notes, came, became = arrived(world)
    assert {text: notes.get(text, 0) for text in wanted} == dict.fromkeys(wanted, 1)
    assert (came - forms_before, became - became_before) == (forms, forms)
    return f"{len(wanted)} notes and {forms} forms"


def _bad_weather(weather: Weather, chance: random.Random) -> None:
    weather.foretell(*(chance.choice(list(Cut)) for _each in range(chance.randint(0, MOST_CUTS_EACH))))


def _disturb(phone: Page, chance: random.Random) -> None:
    """What else happens to a phone while it sends."""
    match chance.choice(["nothing", "nothing", "reload", "second tab", "clock", "plane"]):
        case "reload":
            phone.reload()
            unlock(phone)
        case "second tab":
            other = phone.context.new_page()
            other.goto("/lapangan/")
            unlock(other)
            place(other, "Kiriman")
            press(other, "Kirim sekarang")
            other.close()
        case "clock":
            phone.evaluate(WRONG_CLOCK, chance.choice([-DAYS, DAYS]))
        case "plane":
            phone.context.set_offline(True)
            phone.reload()
            unlock(phone)
            phone.context.set_offline(False)
