"""Several processes that tell at once.

A new process reads this module before it has Django, so nothing here imports a model at the top.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from serasi.start.world.making import Book

TellAtOnce = Callable[[Sequence[str]], list[str]]
"""Lets the stories of these keys begin, waits until any has ended, and returns the keys of those that have."""


@contextmanager
def several_hands(hands: int, *, seed: int, now: datetime, people: int) -> Iterator[TellAtOnce]:
    """So many processes, each with the same book of stories in hand."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
    under_way: dict[Future[None], str] = {}
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn"), initializer=_wake) as pool:

        def tell(keys: Sequence[str]) -> list[str]:
            under_way.update({pool.submit(_tell, seed, now, people, key): key for key in keys})
            ended = wait(under_way, return_when=FIRST_COMPLETED).done
            for story in ended:
                story.result()
            return [under_way.pop(story) for story in ended]

        yield tell


def _wake() -> None:
    """Make this process a Serasi of its own, in the application's role."""
    django.setup()
    from serasi.start.connection import speak_as_application  # noqa: PLC0415  (needs the settings)

    speak_as_application()


def _tell(seed: int, now: datetime, people: int, key: str) -> None:
    _book(seed, now, people).tell(key)


@cache
def _book(seed: int, now: datetime, people: int) -> "Book":
    from serasi.start.world.making import open_book  # noqa: PLC0415  (needs the models)

    return open_book(seed=seed, now=now, people=people)
