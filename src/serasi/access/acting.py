"""From a form to one operation and back: what was refused, and what two people changed at once."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.forms import ChoiceField, Field, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.common.components import Difference
from serasi.common.forms import SerasiForm

R = TypeVar("R")


def attempt(form: SerasiForm, act: Callable[[], R]) -> R | None:
    """What the operation made, or None with the reason on the form. A permission that is lacking goes on to its page.

    After a conflict ``form.differences`` holds both versions, and the form carries the stored revision: whoever has
    compared them and sends again means it.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except NotAllowed:
        raise
    except Conflict as conflict:
        _show_both(form, conflict)
    except Refused as refused:
        form.add_refusal(refused)
    return None


def _show_both(form: SerasiForm, conflict: Conflict) -> None:
    form.differences = [  # type: ignore[attr-defined]
        Difference(
            str(form.fields[name].label),
            _shown(form.fields[name], typed),
            _shown(form.fields[name], getattr(conflict.stored, name, "")),
        )
        for name, typed in conflict.typed.items()
        if name in form.fields
    ]
    if "revision" in form.fields:
        typed_again: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        typed_again["revision"] = str(getattr(conflict.stored, "revision", ""))
        form.data = typed_again
    form.add_error(None, str(conflict.message))


def _shown(field: Field, value: Any) -> Any:
    """A value in the words of its form: a choice by its label, a day as it is typed."""
    if isinstance(value, list | tuple):
        return ", ".join(str(_shown(field, entry)) for entry in value)
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H.%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField) and value not in (None, ""):
        choices: Any = field.choices
        return dict(flatten_choices(choices)).get(str(value), value)
    return value


def answer(request: HttpRequest, template: str, context: Mapping[str, Any], form: SerasiForm) -> HttpResponse:
    """The page again: 409 after a conflict, 422 when something typed was refused."""
    status = 409 if getattr(form, "differences", None) else 422 if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
