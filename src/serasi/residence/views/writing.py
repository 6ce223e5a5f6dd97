"""An act on a stay is a page that is nothing but a form.

Each is a short view (`views/acts.py`) that says its form, its operation and its words once: `stay_act` opens the stay,
asks the permission, and makes the button that leads there say what the page is called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from serasi.access.acting import Act, View, act_on
from serasi.common.components import Link
from serasi.residence.models import Stay
from serasi.residence.views.loading import LoadedStay, load_stay


@dataclass(frozen=True, slots=True)
class Button:
    """What leads to an act: its words are the title of its page."""

    label: str
    url: str
    icon: str
    is_first: bool = False


class StayAct(Act[LoadedStay]):
    """The page of one act, opened on a stay."""

    __slots__ = ()

    @property
    def stay(self) -> Stay:
        return self.page.stay

    def show(self, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page on the way to the form, that only reads."""
        frame = {"page": self.page, "title": self.title, "trail": self.page.trail(Link(self.title))}
        return render(self.request, template, {**frame, **context})


def stay_act(permission: str, title: str | Promise, icon: str = "") -> Callable[[View], View]:
    """The page of an act on a stay, for who holds this permission in the stay's house."""

    def decorate(view: View) -> View:
        page = act_on(StayAct, load_stay, permission, title)(view)
        page.button = (permission, title, icon)  # type: ignore[attr-defined]
        return page

    return decorate


def button_to(view: View, page: LoadedStay, *, is_first: bool = False) -> Button | None:
    """The button that leads to an act; None for who may not do it."""
    permission, title, icon = view.button  # type: ignore[attr-defined]
    if not page.may(permission):
        return None
    return Button(str(title), reverse(f"residence:{view.__name__}", args=[page.stay.pk]), icon, is_first)
