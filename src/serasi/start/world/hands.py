"""Several processes that tell at once.

A new process reads this module before it has Django, so nothing here imports a model at the top.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime
from multiprocessing import get_context

import django


def tell_at_once(*, units: Sequence[str], seed: int, now: datetime, people: int, hands: int) -> Iterator[int]:
    """Let so many processes tell the histories of these units; yields after each unit how many were told."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn"), initializer=_wake) as pool:
        futures = [pool.submit(_tell, seed, now, people, unit) for unit in units]
        for future in as_completed(futures):
            yield future.result()


def _wake() -> None:
    """Make this process a Serasi of its own, in the application's role."""
    django.setup()
    from serasi.start.connection import speak_as_application  # noqa: PLC0415  (needs the settings)

    speak_as_application()


def _tell(seed: int, now: datetime, people: int, unit: str) -> int:
    from serasi.start.world.making import tell_house  # noqa: PLC0415  (needs the models)

    return tell_house(seed, now, people, unit)
