"""One form on one page of a file: shown, tried, answered. Pages differ in their form and their operation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from serasi.access.operations import NotAllowed
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.loading import LoadedFile
from serasi.common.forms import SerasiForm


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its heading, its button, where it leads back to, a word before it."""

    title: str
    button: str
    back: str
    lead: str = ""
    takes_file: bool = False


def write_page(
    request: HttpRequest,
    file: LoadedFile,
    form: SerasiForm,
    act: Callable[[], Any],
    *,
    page: FormPage,
    done: str,
    leads_to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """The form, or what became of it: back to the list after it was done, the page again when it was not."""
    if request.method == "POST":
        made = attempt(form, act)
        if made is not None:
            messages.success(request, done)
            return redirect(leads_to(made) if leads_to else page.back)
    return answer(request, "cases/writing/form.html", file.context(page=page), form)


def allow(*answers: bool) -> None:
    """A page that is nothing but a form is for those who may send it."""
    if not all(answers):
        raise NotAllowed
