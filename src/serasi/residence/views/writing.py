"""From a form to one operation and back: the one way every page of this app writes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from serasi.access.operations import Conflict, NotAllowed, Refused
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
    """The form, or what became of it. 422: something typed was refused; 409: somebody else wrote in between."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = act()
            except NotAllowed:
                raise
            except Conflict as conflict:
                status = 409
                _take_stored(form, conflict)
            except Refused as refused:
                if isinstance(refused, Objected) and isinstance(form, PlacingForm):
                    form.ask_about(refused.objections)
                form.add_refusal(refused)
            else:
                messages.success(request, done)
                return redirect(leads_to(made))
    return render(request, template, {**context, "form": form}, status=status)


def _take_stored(form: SerasiForm, conflict: Conflict) -> None:
    """What was typed stays; who has read the sentence and sends again means it."""
    typed_again: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed_again["revision"] = str(getattr(conflict.stored, "revision", ""))
    form.data = typed_again
    form.add_error(None, str(conflict.message))
