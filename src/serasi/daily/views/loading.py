"""Opening a ward: the one way every page of a day comes by it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage, allow
from serasi.access.handing import moment_typed
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.daily.permissions import SEE_DAY
from serasi.daily.queries import Resident, Shift, residents, shift_at
from serasi.residence.models import Occupancy, Stay, Ward

CHOSEN = "daily_ward"
"""Under which name the session remembers the ward that was looked at."""


@dataclass(frozen=True)
class LoadedWard:
    """A ward whose day this reader may see, at the moment of the page; opened with `of`."""

    ward: Ward
    reader: User
    now: datetime
    typed_at: datetime
    """When the form was sent: now, or when a phone without signal kept it."""

    @property
    def unit(self) -> Unit:
        return self.ward.unit

    @cached_property
    def here(self) -> list[Resident]:
        return residents(ward=self.ward, at=self.now, reader=self.reader)

    @cached_property
    def by_stay(self) -> dict[UUID, Resident]:
        return {one.stay_id: one for one in self.here}

    @cached_property
    def shift(self) -> Shift:
        return shift_at(self.unit, self.typed_at)

    @property
    def url(self) -> str:
        return reverse("daily:ward", args=[self.ward.pk])

    @classmethod
    def of(cls, request: HttpRequest, ward: Ward) -> "LoadedWard":
        typed_at = moment_typed(request)  # asked before the clock, so that it is never ahead of it
        return cls(ward, signed_in(request), timezone.now(), typed_at)

    def may(self, code: str) -> bool:
        return may(self.reader, code, on=self.ward)

    def trail(self, *more: Link) -> list[Link]:
        return [Link(_("Harian"), f"{reverse('daily:wards')}?semua=1"), Link(self.ward.name, self.url), *more]

    def form_page(self, title: str, above: Link, *, back: str = "", lead: str = "", may_wait: bool = False) -> FormPage:
        """What stands around a form of this ward: it leads back to the page above it, or to ``back``."""
        return FormPage(
            title,
            _("Simpan"),
            back or above.url,
            lead,
            caption=self.ward.name,
            trail=self.trail(above, Link(title)),
            may_wait=may_wait,
        )

    def here_at(self, moment: datetime) -> list[Resident]:
        """Who was of the ward at the moment of which a page that was sent speaks."""
        return self.here if moment == self.now else residents(ward=self.ward, at=moment, reader=self.reader)

    def stay(self, stay_id: Any) -> Stay:
        """One of the residents, as an operation takes it."""
        found = self.stays([stay_id])
        if not found:
            raise Http404
        return found[0]

    def stays(self, ids: list[Any]) -> list[Stay]:
        there = [one for one in ids if UUID(str(one)) in self.by_stay]
        return list(Stay.objects.visible_to(self.reader).filter(pk__in=there).select_related("unit", "person"))


def wards_of(reader: User) -> Any:
    """Wards whose day this reader may see."""
    return Ward.objects.filter(unit__in=Unit.objects.reached_by(reader, SEE_DAY))


def load_ward(request: HttpRequest, ward_id: UUID, *, code: str = SEE_DAY) -> LoadedWard:
    """The ward, if this reader may see its day; otherwise a 404 that does not say why."""
    reader = signed_in(request)
    practices = ("unit__day_practice", "unit__vitals_practice")
    ward = get_object_or_404(wards_of(reader).select_related(*practices, "building"), pk=ward_id)
    page = LoadedWard.of(request, ward)
    allow(page.may(code))
    return page


def load_ward_of(request: HttpRequest, stay_id: UUID, *, code: str) -> LoadedWard:
    """The ward where someone is, or was latest when their bed was given up."""
    places = Occupancy.objects.filter(stay=stay_id, ward__isnull=False).order_by("-period")
    latest = places.values_list("ward_id", flat=True).first()
    if latest is None:
        raise Http404
    return load_ward(request, latest, code=code)


def moment_sent(request: HttpRequest, now: datetime) -> datetime:
    """The moment of a page about everybody: that of the page that is sent, which may be an hour ago; or now."""
    try:
        found = parse_datetime(request.POST.get("taken_at", ""))
    except ValueError:
        found = None
    return found if found is not None and timezone.is_aware(found) and found <= now else now


def corrected(_made: object) -> str:
    """What is said when something that was written is put right."""
    return _("Catatan dibetulkan; yang lama tetap terbaca.")
