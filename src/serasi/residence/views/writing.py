"""An act on a stay is a page that is nothing but a form.

Each is a short view (`views/acts.py`) that says its form, its operation and its words once: `stay_act` opens the stay,
asks the permission, and makes the button that leads there say what the page is called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES, FormPage, FromMade, allow, written
from serasi.access.gate import open_to
from serasi.common.components import Link
from serasi.common.forms import ActForm
from serasi.residence.models import Stay
from serasi.residence.views.loading import LoadedStay, load_stay

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Button:
    """What leads to an act: its words are the title of its page."""

    label: str
    url: str
    icon: str
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class StayAct:
    """The page of one act, opened on a stay."""

    request: HttpRequest
    page: LoadedStay
    title: str

    @property
    def stay(self) -> Stay:
        return self.page.stay

    @property
    def typed(self) -> QueryDict | None:
        return self.request.POST if self.request.method == "POST" else None

    def answer(
        self,
        form: ActForm,
        act: Callable[..., Any],
        *,
        done: str,
        title: str = "",
        button: str = "",
        lead: str = "",
        leads_to: FromMade = "",
        **facts: Any,
    ) -> HttpResponse:
        """The form, or what became of it: back to the stay, or the page again. ``facts`` are what the act takes beside
        what is typed."""
        title = title or self.title
        page = FormPage(
            title,
            button or _("Simpan"),
            self.page.url,
            lead or self.page.place,
            caption=self.page.name,
            trail=self.page.trail(Link(title)),
        )
        return written(
            self.request,
            form,
            act,
            page=page,
            done=done,
            leads_to=leads_to,
            **facts,
        )


def stay_act(permission: str, title: str | Promise, icon: str = "") -> Callable[[View], View]:
    """The page of an act on a stay, for who holds this permission in the stay's house."""

    def decorate(view: View) -> View:
        @open_to(permission)
        @require_http_methods(WRITES)
        @wraps(view)
        def page(request: HttpRequest, stay_id: UUID, **ids: UUID) -> HttpResponse:
            loaded = load_stay(request, stay_id, str(title))
            allow(loaded.may(permission))
            return view(StayAct(request, loaded, str(title)), **ids)

        page.button = (permission, title, icon)  # type: ignore[attr-defined]
        return page

    return decorate


def button_to(view: View, page: LoadedStay, *, is_first: bool = False) -> Button | None:
    """The button that leads to an act; None for who may not do it."""
    permission, title, icon = view.button  # type: ignore[attr-defined]
    if not page.may(permission):
        return None
    return Button(str(title), reverse(f"residence:{view.__name__}", args=[page.stay.pk]), icon, is_first)
