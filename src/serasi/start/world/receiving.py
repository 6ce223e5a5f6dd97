"""What a house does in the first days for somebody who came to live there, and when somebody has died."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.residence import operations as residence
from serasi.residence.enums import Answer, Checklist, MoneyKind
from serasi.residence.models import Stay
from serasi.residence.reference import screening, steps_of
from serasi.start.world.world import World

_BROUGHT = ("kaos", "sarung", "sandal", "tas kain", "foto keluarga", "telepon genggam", "buku kontrol", "dompet kosong")

_THUMB = "Cap jempol"
"""The signature of who says no name."""


def receive(world: World, stay: Stay, *, by: User, at: datetime) -> None:
    """They are screened, their things and money are taken into keeping before a witness, and the house is shown."""
    story = f"diterima:{stay.pk}"
    dice, witness = world.dice(story), world.desks[stay.unit.code].head
    told: dict[str, Any] = {"stay": stay, "by": by, "at": at}
    with suppress(Refused):  # a sealed person is received by their own team
        residence.screen(id=world.id(story, at), answers={one.code: Answer.NO for one in screening()}, **told)
        residence.receive_belongings(
            id=world.id(story, at),
            items=[residence.Item(name, 1 + (name == "kaos")) for name in dice.sample(_BROUGHT, dice.randint(0, 3))],
            signed_by=stay.person.full_name or _THUMB,
            witness=witness,
            happened_at=at,
            **told,
        )
        if dice.random() < 0.4:
            residence.write_money(
                id=world.id(story, at),
                kind=MoneyKind.RECEIVED,
                amount=dice.randint(2, 40) * 5_000,
                note="Uang yang dibawa saat datang",
                witness=witness,
                happened_at=at,
                **told,
            )
        shown = [step.code for step in steps_of(Checklist.ORIENTATION)]
        residence.take_steps(checklist=Checklist.ORIENTATION, codes=shown, happened_at=at, **told)


def see_to_the_dead(world: World, stay: Stay, *, by: User, at: datetime) -> None:
    """Family, doctor, head and burial on the same day; the heirs and the certificate within the weeks after."""
    died_at = stay.period.upper
    for code, days in (
        ("keluarga", 0),
        ("dokter", 0),
        ("kepala", 0),
        ("pemakaman", 1),
        ("barang", 9),
        ("dukcapil", 20),
    ):
        moment = died_at + timedelta(days=days, minutes=50)
        if moment < at:
            with suppress(Refused):
                residence.take_steps(
                    stay=stay, checklist=Checklist.DEATH, codes=[code], happened_at=moment, by=by, at=moment
                )
