"""Opening an agreement, and making a page of an act on one: the one way every page comes by them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from serasi.access.acting import Act, View, act_on
from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.foyer.models import Agreement
from serasi.foyer.permissions import SEE_HOUSE
from serasi.foyer.queries import Way, way_of


@dataclass(frozen=True)
class LoadedAgreement:
    """An agreement this reader may see, with the name they may read."""

    agreement: Agreement
    reader: User
    name: str
    now: datetime
    lead: str = ""

    @property
    def caption(self) -> str:
        return self.name

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
    agreement = get_object_or_404(found, pk=agreement_id)
    if request.method == "GET":
        log_look(
            by=reader, subject=Subject.PERSON, subject_id=agreement.person_id, purpose=purpose,
            unit_id=agreement.unit_id,
        )  # fmt: skip
    return LoadedAgreement(agreement, reader, agreement.person.shown_name(to=reader), timezone.now())


class AgreementAct(Act[LoadedAgreement]):
    """The page of one act, opened on an agreement."""

    __slots__ = ()

    @property
    def agreement(self) -> Agreement:
        return self.page.agreement


def agreement_act(permission: str, title: str | Promise) -> Callable[[View], View]:
    """The page of an act on an agreement, for who holds this permission there."""
    return act_on(AgreementAct, load_agreement, permission, title)
