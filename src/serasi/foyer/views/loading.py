"""Opening an agreement, and making a page of an act on one: the one way every page comes by them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES, FormPage, FromMade, allow, written
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.common.forms import ActForm
from serasi.foyer.models import Agreement
from serasi.foyer.permissions import SEE_HOUSE
from serasi.foyer.queries import Way, way_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class LoadedAgreement:
    """An agreement this reader may see, with the name they may read."""

    agreement: Agreement
    reader: User
    name: str
    now: datetime

    @cached_property
    def way(self) -> Way:
        return way_of(self.agreement)

    @property
    def day(self) -> date:
        return self.agreement.day_of(self.now)

    def may(self, code: str) -> bool:
        return may(self.reader, code, on=self.agreement)

    @property
    def url(self) -> str:
        return reverse("foyer:agreement", args=[self.agreement.pk])

    def trail(self, *more: Link) -> list[Link]:
        links = []
        if self.reader.scope.has(SEE_HOUSE):
            links.append(Link(_("Foyer"), reverse("foyer:house", args=[self.agreement.unit_id])))
        return [*links, Link(self.name, self.url if more else ""), *more]


def load_agreement(request: HttpRequest, agreement_id: UUID, purpose: str) -> LoadedAgreement:
    """The agreement, if this reader may see it; otherwise a 404 that does not say why. Opening it is logged.

    The file is not loaded with it: a carer or the resident may see the agreement and not the file.
    """
    reader = signed_in(request)
    found = Agreement.objects.visible_to(reader).select_related("unit", "person", "stay", "coach", "phase_set")
    agreement = found.filter(pk=agreement_id).first()
    if agreement is None:
        raise Http404
    if request.method == "GET":
        log_look(
            by=reader, subject=Subject.PERSON, subject_id=agreement.person_id, purpose=purpose,
            unit_id=agreement.unit_id,
        )  # fmt: skip
    return LoadedAgreement(agreement, reader, agreement.person.shown_name(to=reader), timezone.now())


@dataclass(frozen=True, slots=True)
class AgreementAct:
    """The page of one act, opened on an agreement."""

    request: HttpRequest
    page: LoadedAgreement
    title: str

    @property
    def agreement(self) -> Agreement:
        return self.page.agreement

    @property
    def typed(self) -> QueryDict | None:
        return self.request.POST if self.request.method == "POST" else None

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
        **facts: Any,
    ) -> HttpResponse:
        """The form, or what became of it: back to the agreement, or the page again."""
        title = title or self.title
        page = FormPage(
            title,
            button or _("Simpan"),
            self.page.url,
            lead,
            caption=self.page.name,
            trail=self.page.trail(Link(title)),
        )
        return written(self.request, form, act, page=page, done=done, leads_to=leads_to, **facts)


def agreement_act(permission: str, title: str | Promise) -> Callable[[View], View]:
    """The page of an act on an agreement, for who holds this permission there."""

    def decorate(view: View) -> View:
        @open_to(permission)
        @require_http_methods(WRITES)
        @wraps(view)
        def page(request: HttpRequest, agreement_id: UUID, **ids: Any) -> HttpResponse:
            loaded = load_agreement(request, agreement_id, str(title))
            allow(loaded.may(permission))
            return view(AgreementAct(request, loaded, str(title)), **ids)

        return page

    return decorate
