"""Opening a file: the one way every page of a case comes by it, and what it asks of who would write."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.scope import Guard
from serasi.cases import registry
from serasi.cases.door import load_case
from serasi.cases.models import Case, Report
from serasi.cases.operations.writable import rule_of
from serasi.cases.presenters import case_header
from serasi.cases.queries.header import file_of, guard_of, veil_of, veil_over
from serasi.common.components import CaseHeader, Link, Tab
from serasi.common.initials import NO_VEIL, Veil

Act = Callable[..., Any]
View = Callable[..., HttpResponse]
_CASES = gettext_lazy("Kasus")


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A case that this reader may see, with what `cases/file_base.html` draws around every page of it."""

    case: Case
    reader: User
    header: CaseHeader
    tabs: list[Tab]
    trail: list[Link]
    guard: Guard
    veil: Veil
    """Keeps a child's name back from those who read the file and are not with the child."""
    act: Act | None
    """The act whose form or button is at this address (`form_of`, `button_of`); None for a page that is read."""

    def may(self, permission: str) -> bool:
        """Whether the reader may do this to the case; costs no query."""
        return self.reader.scope.allows(permission, self.guard)

    def refusal(self, act: Act, record: Any = None) -> Refused | None:
        """Why the reader may not do this to the file, as the operation itself would say it; costs no query.

        With ``record``, also why not to this record of it; that may cost two.
        """
        try:
            rule_of(act).require(self.reader, self.case, record, guard=self.guard, reads_names=not self.veil.is_drawn)
        except Refused as refused:
            return refused
        return None

    def require(self, act: Act, record: Any = None) -> None:
        """Before what was sent is read: raise `NotAllowed`. What only the moment forbids, the operation says."""
        refused = self.refusal(act, record)
        if isinstance(refused, NotAllowed):
            raise refused

    def may_do(self, act: Act) -> bool:
        """Whether a button that leads to this act is shown; its form and the operation answer the same."""
        return self.refusal(act) is None

    def context(self, **more: Any) -> dict[str, Any]:
        return {
            "case": self.case,
            "file": self,
            "header": self.header,
            "file_tabs": self.tabs,
            "trail": self.trail,
            **more,
        }


def look_at_report(report: Report, purpose: str, reader: User) -> None:
    """Log that a report was opened, for the unit it came to."""
    log_look(by=reader, subject=Subject.REPORT, subject_id=report.pk, purpose=purpose, unit_id=report.unit_id)


def form_of(act: Act) -> Callable[[View], View]:
    """A page that is nothing but the form of one act on a file: `load_file` refuses there what the act would refuse."""
    return _leads_to(act, "GET", "POST")


def button_of(act: Act) -> Callable[[View], View]:
    """The address that a button sends to, for an act that needs no form."""
    return _leads_to(act, "POST")


def _leads_to(act: Act, *methods: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        writing = require_http_methods([*methods])(view)
        writing.act = act  # type: ignore[attr-defined]
        return writing

    return decorate


def _refuse_writing(request: HttpRequest, file: LoadedFile) -> None:
    """Who may not write sees no form. What only the moment forbids is told before typing; after it, beside what was
    typed, by the operation."""
    if file.act is None:
        return
    file.require(file.act)
    if request.method != "POST" and (refused := file.refusal(file.act)):
        raise refused


def load_file(
    request: HttpRequest, case_id: UUID, purpose: str, *, tab: str = "", crumbs: tuple[Link, ...] = ()
) -> LoadedFile:
    """The case as `load_case` gives it, with what is drawn around it.

    ``tab`` is the URL name of the tab to mark when the page is not itself one; ``crumbs`` follow the case. Three
    statements.
    """
    reader, case = load_case(request, case_id, purpose, find=file_of)
    match = request.resolver_match
    current = tab or (match.view_name if match else "")
    file = LoadedFile(
        case=case,
        reader=reader,
        header=case_header(case, reader),
        tabs=[
            Tab(str(entry.title), reverse(entry.url_name, args=[case.pk]), current=entry.url_name == current)
            for entry in registry.tabs()
            if reader.scope.has(entry.permission)
        ],
        guard=guard_of(case),
        act=getattr(match.func, "act", None) if match else None,
        veil=veil_over(case.person) if veil_of(case, reader).is_drawn else NO_VEIL,
        trail=[
            Link(str(_CASES), reverse("cases:list")),
            Link(case.number, reverse("cases:case", args=[case.pk]) if crumbs else ""),
            *crumbs,
        ],
    )
    _refuse_writing(request, file)
    return file
