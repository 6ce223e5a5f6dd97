"""The pages that write: a form is shown, tried, answered. Pages differ in their form, their operation, their words.

* `Section.form` opens a page that is nothing but one form, `Writing.answer` shows it and does what was sent; which
  operation that is stands above the view (`form_of`).
* `sent` does the same for a form that stands on a page of the file which is read too.

Where there is no file, `serasi.access.acting` does the same.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage, FromMade, answer, tried
from serasi.cases.models import Case
from serasi.cases.operations.writable import rule_of
from serasi.cases.views.loading import Act, LoadedFile, load_file
from serasi.common.components import Link
from serasi.common.forms import ActForm


def sent(
    request: HttpRequest,
    file: LoadedFile,
    form: ActForm,
    act: Act,
    *,
    done: FromMade,
    leads_to: FromMade,
    **facts: Any,
) -> HttpResponse | None:
    """As `tried`, on a page of a file; who may not do the act is refused before anything else is said."""
    if request.method == "POST":
        file.require(act, facts[rule_of(act).takes])
    return tried(request, form, act, done=done, leads_to=leads_to, **facts)


@dataclass(frozen=True, slots=True)
class Writing:
    """One form on one page of a file. Its act is that of the address (`form_of`)."""

    request: HttpRequest
    file: LoadedFile
    title: str
    back: str

    @property
    def case(self) -> Case:
        return self.file.case

    def answer(
        self,
        form: ActForm,
        *,
        done: FromMade,
        button: str = "",
        lead: str = "",
        leads_to: FromMade = "",
        template: str = "cases/writing/form.html",
        context: dict[str, Any] | None = None,
        **facts: Any,
    ) -> HttpResponse:
        """The form, or what became of it: back to where it was opened, or the page again. ``facts`` are what the act
        takes beside what is typed."""
        act = self.file.act
        assert act is not None, "a form is opened at the address of an act"  # noqa: S101 - a mistake of ours
        refused = self.file.refusal(act, facts[rule_of(act).takes])
        if refused is not None and self.request.method != "POST":
            raise refused
        page = FormPage(self.title, button or _("Simpan"), self.back, lead)
        return sent(self.request, self.file, form, act, done=done, leads_to=leads_to or self.back, **facts) or answer(
            self.request, template, self.file.context(page=page, **(context or {})), form
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the file from which forms are opened: its name in the crumbs, its address, the tab it belongs to.

    The first page has no name: its crumb is the number of the case.
    """

    name: str | Promise
    url_name: str
    tab: str = ""

    def form(self, request: HttpRequest, case_id: UUID, title: str, *, purpose: str = "", crumb: str = "") -> Writing:
        """The file opened for a form below this page; ``purpose`` and ``crumb`` where they are not its title."""
        back = reverse(self.url_name, args=[case_id])
        above = (Link(str(self.name), back),) if self.name else ()
        crumbs = (*above, Link(crumb or title))
        file = load_file(request, case_id, purpose or title, tab=self.tab or self.url_name, crumbs=crumbs)
        return Writing(request, file, title, back)
