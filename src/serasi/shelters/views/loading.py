"""Opening a gathering or an arrival: the one way every page comes by them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.shelters.models import Arrival, Gathering


@dataclass(frozen=True, slots=True)
class Loaded:
    """A gathering this reader may see."""

    gathering: Gathering
    reader: User

    def may(self, code: str) -> bool:
        return may(self.reader, code, on=self.gathering)

    def require(self, code: str) -> None:
        """A page that is nothing but a form is for those who may send it."""
        if not self.may(code):
            raise NotAllowed

    @property
    def url(self) -> str:
        return reverse("shelters:gathering", args=[self.gathering.pk])

    def trail(self, *more: str) -> list[Link]:
        here = Link(self.gathering.place, self.url if more else "")
        return [Link(_("Penampungan"), reverse("shelters:gatherings")), here, *(Link(one) for one in more)]


def load_gathering(request: HttpRequest, pk: UUID) -> Loaded:
    """A 404 that does not say why for whoever may not see it."""
    reader = signed_in(request)
    found = get_object_or_404(Gathering.objects.visible_to(reader).select_related("unit", "region"), pk=pk)
    return Loaded(found, reader)


def load_arrival(request: HttpRequest, pk: UUID) -> tuple[Loaded, Arrival]:
    reader = signed_in(request)
    seen = Arrival.objects.visible_to(reader).with_standing().select_related("gathering__unit", "person")
    found = get_object_or_404(seen, pk=pk)
    return Loaded(found.gathering, reader), found
