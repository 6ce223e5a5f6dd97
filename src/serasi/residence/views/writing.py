"""From a form to one operation and back: the one way every page of this app writes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from serasi.access.acting import answer, attempt
from serasi.access.operations import NotAllowed
from serasi.common.forms import SerasiForm
from serasi.residence.forms import PlacingForm
from serasi.residence.operations import Objected

WRITES = ["GET", "HEAD", "POST"]


def allow(*answers: bool) -> None:
    """A page that is nothing but a form is for those who may send it."""
    if not all(answers):
        raise NotAllowed


def answered(
    request: HttpRequest,
    form: SerasiForm,
    act: Callable[[], Any],
    *,
    done: str,
    leads_to: Callable[[Any], str],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """The form, or what became of it; what speaks against a place is asked about beside the form (`Objected`)."""

    def asked() -> tuple[Any]:
        try:
            return (act(),)
        except Objected as objected:
            if isinstance(form, PlacingForm):
                form.ask_about(objected.objections)
            raise

    if request.method == "POST" and (made := attempt(form, asked)):
        messages.success(request, done)
        return redirect(leads_to(made[0]))
    return answer(request, template, context, form)
