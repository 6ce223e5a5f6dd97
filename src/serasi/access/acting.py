"""From a form to one operation and back: the one way every page of every app writes.

A page of writing says its form (`ActForm`), its operation and its words:

* `written` is a page that is nothing but a form: it is shown, tried, answered;
* `act_on` makes such a page of an act on a record that was opened (`Opened`): its form, its operation, its words;
* `tried` is the same for a form that stands on a page which is read too;
* `pressed` is a button that needs no form;
* `attempt` and `answer` are the two halves, for what fits neither.

What was refused stands beside its field (422); what two people changed at once is shown in both versions (409).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import ChoiceField, Field, ModelChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.common.components import Difference, Link
from serasi.common.forms import ActForm, SerasiForm

R = TypeVar("R")
FromMade = str | Callable[[Any], str]
"""Words or an address, or how they follow from what was made."""
WRITES: Final = ["GET", "HEAD", "POST"]
"""How a page of writing is come to."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its heading, its button, where it leads back to, a word before it, whose it is; and
    whether a phone without signal may keep it and send it later."""

    title: str
    button: str
    back: str
    lead: str = ""
    caption: str = ""
    trail: Sequence[Link] = ()
    may_wait: bool = False


def allow(*answers: bool) -> None:
    """A page that is nothing but a form is for those who may send it."""
    if not all(answers):
        raise NotAllowed


def written(
    request: HttpRequest,
    form: ActForm,
    act: Callable[..., Any],
    *,
    page: FormPage,
    done: FromMade,
    leads_to: FromMade = "",
    template: str = "common/form_page.html",
    context: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> HttpResponse:
    """A page that is nothing but a form, or what became of it: back to where it was opened, or the page again.

    ``facts`` are what the act takes beside what is typed; ``at`` is its moment, as in `tried`.
    """
    return tried(request, form, act, done=done, leads_to=leads_to or page.back, at=at, **facts) or answer(
        request, template, {"page": page, **(context or {})}, form
    )


class Opened(Protocol):
    """A record as one reader has opened it: where its page is, and what the pages below it say of it."""

    @property
    def caption(self) -> str:
        """Whose it is, as this reader may know them."""
        ...

    @property
    def lead(self) -> str:
        """A line about it, where an act says none of its own."""
        ...

    @property
    def url(self) -> str: ...

    def may(self, code: str, /) -> bool: ...

    def trail(self, *more: Link) -> list[Link]:
        """From the list to this record, and further."""
        ...


P = TypeVar("P", bound=Opened)


@dataclass(frozen=True, slots=True)
class Act(Generic[P]):
    """The page of one act on a record."""

    request: HttpRequest
    page: P
    title: str

    @property
    def typed(self) -> QueryDict | None:
        return typed_in(self.request)

    def answer(
        self,
        form: ActForm,
        act: Callable[..., Any],
        *,
        done: FromMade,
        title: str = "",
        button: str = "",
        lead: str = "",
        leads_to: FromMade = "",
        template: str = "common/form_page.html",
        context: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> HttpResponse:
        """The form, or what became of it: back to the record, or the page again. ``facts`` are what the act takes
        beside what is typed."""
        return written(
            self.request,
            form,
            act,
            page=self.form_page(title, button=button, lead=lead),
            done=done,
            leads_to=leads_to,
            template=template,
            context=context,
            **facts,
        )

    def form_page(self, title: str = "", *, button: str = "", lead: str = "") -> FormPage:
        one, title = self.page, title or self.title
        return FormPage(
            title, button or _("Simpan"), one.url, lead or one.lead, caption=one.caption, trail=one.trail(Link(title))
        )


View = Callable[..., HttpResponse]
A = TypeVar("A", bound=Act[Any])


def act_on(
    kind: Callable[[HttpRequest, P, str], A],
    load: Callable[[HttpRequest, UUID, str], P],
    permission: str,
    title: str | Promise,
    purpose: str | Promise = "",
) -> Callable[[Callable[..., HttpResponse]], View]:
    """The page of an act on a record, for who holds this permission there.

    ``load`` opens the record, whose id comes first in the address, and logs it as opened for ``purpose``, or for what
    the page is called.
    """

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @open_to(permission)
        @require_http_methods(WRITES)
        @wraps(view)
        def page(request: HttpRequest, **ids: UUID) -> HttpResponse:
            first, *_others = ids
            opened = load(request, ids.pop(first), str(purpose or title))
            allow(opened.may(permission))
            return view(kind(request, opened, str(title)), **ids)

        return page

    return decorate


def tried(
    request: HttpRequest,
    form: ActForm,
    act: Callable[..., Any],
    *,
    done: FromMade,
    leads_to: FromMade,
    at: datetime | None = None,
    **facts: Any,
) -> HttpResponse | None:
    """Do the act with what was sent, and lead on; None where a page is to be drawn: it was asked for, or refused.

    It is done now, unless ``at`` says when: what a phone kept may be of the moment at which it was typed.
    """
    if request.method != "POST":
        return None
    made = attempt(form, lambda: act(**facts, **form.facts(), by=signed_in(request), at=at or timezone.now()))
    if made is None:
        return None
    messages.success(request, done(made) if callable(done) else done)
    return redirect(leads_to(made) if callable(leads_to) else leads_to)


def pressed(
    request: HttpRequest, act: Callable[..., Any], *, done: FromMade, leads_to: FromMade, **facts: Any
) -> HttpResponse:
    """A button that needs no form: do the act, say what came of it, and lead on. What was refused is said there too."""
    made = None
    try:
        made = act(**facts, by=signed_in(request), at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, done(made) if callable(done) else done)
    return redirect(leads_to(made) if callable(leads_to) else leads_to)


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
