"""What the pages that write share: for which house, who is looked for; and the tabs above the lists."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from serasi.access.acting import FormPage, answer
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.common.components import Tab
from serasi.common.forms import ActForm
from serasi.safety.permissions import COUNT, RAISE, SEE_INCIDENT
from serasi.safety.queries import houses_of

SECTIONS = (
    (gettext_lazy("Kejadian"), "safety:incidents", SEE_INCIDENT),
    (gettext_lazy("Pengekangan dan isolasi"), "safety:restraints", SEE_INCIDENT),
    (gettext_lazy("Kekhawatiran"), "safety:concerns", RAISE),
    (gettext_lazy("Pola"), "safety:patterns", COUNT),
)


def tabs(reader: User, current: str) -> list[Tab]:
    return [Tab(str(label), reverse(name), name == current) for label, name, code in SECTIONS if reader.scope.has(code)]


def looking(
    request: HttpRequest, form: ActForm, page: FormPage, template: str = "common/form_page.html", **context: Any
) -> HttpResponse | None:
    """While a resident is looked for: the form again, narrowed, and nothing is written. None where none is."""
    by_script = "HX-Request" in request.headers
    if request.method != "POST" or not (by_script or "look_for_cari" in request.POST):
        return None
    form.errors.clear()
    if by_script:
        return render(request, "safety/residents.html", {"form": form})
    return answer(request, template, {"page": page, **context}, form)


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
