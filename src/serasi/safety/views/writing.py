"""From a form to one operation and back: the one way every page of this app writes; and the tabs above its lists."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.acting import answer, attempt
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.common.components import Link, Tab
from serasi.common.forms import SerasiForm
from serasi.safety.permissions import COUNT, RAISE, SEE_INCIDENT
from serasi.safety.queries import houses_of

WRITES = ["GET", "HEAD", "POST"]
SECTIONS = (
    (gettext_lazy("Kejadian"), "safety:incidents", SEE_INCIDENT),
    (gettext_lazy("Pengekangan dan isolasi"), "safety:restraints", SEE_INCIDENT),
    (gettext_lazy("Kekhawatiran"), "safety:concerns", RAISE),
    (gettext_lazy("Pola"), "safety:patterns", COUNT),
)


def tabs(reader: User, current: str) -> list[Tab]:
    return [Tab(str(label), reverse(name), name == current) for label, name, code in SECTIONS if reader.scope.has(code)]


def allow(*answers: bool) -> None:
    """A page that is nothing but a form is for those who may send it."""
    if not all(answers):
        raise NotAllowed


def written(
    request: HttpRequest,
    form: SerasiForm,
    act: Callable[[], Any],
    *,
    title: str,
    done: str,
    back: str,
    trail: Sequence[Link],
    leads_to: Callable[[Any], str] | None = None,
    button: str = "",
    lead: str = "",
    warning: Any = "",
    caption: str = "",
) -> HttpResponse:
    """The form, or what became of it: back to where it was opened, or where the made record is."""
    if request.method == "POST" and not is_looking(request):
        made = attempt(form, lambda: (act(),))
        if made:
            messages.success(request, done)
            return redirect(leads_to(made[0]) if leads_to else back)
    if is_looking(request):
        form.errors.clear()
        if "HX-Request" in request.headers:
            return render(request, "safety/residents.html", {"form": form})
    context = {
        "title": title,
        "lead": lead,
        "warning": warning,
        "caption": caption,
        "button": button or _("Simpan"),
        "back": back,
        "trail": [*trail, Link(title)],
    }
    return answer(request, "safety/form.html", context, form)


def is_looking(request: HttpRequest) -> bool:
    """Whether someone is being looked for: the form is shown again, narrowed, and nothing is written."""
    return request.method == "POST" and ("look_for_cari" in request.POST or "HX-Request" in request.headers)


def ids_in(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def house_asked(request: HttpRequest, code: str) -> Unit | HttpResponse:
    """The house a form is for: the only one, the one the address names, or a page to choose it from."""
    reader = signed_in(request)
    houses = houses_of(reader, code)
    if len(houses) == 1:
        return houses[0]
    asked = ids_in([request.GET.get("unit", "")])
    if asked:
        chosen = next((unit for unit in houses if unit.pk == asked[0]), None)
        if chosen is None:
            raise Http404
        return chosen
    if not houses:
        raise NotAllowed
    links = [(unit, f"{request.path}?unit={unit.pk}") for unit in houses]
    return render(request, "safety/choose_unit.html", {"links": links})
