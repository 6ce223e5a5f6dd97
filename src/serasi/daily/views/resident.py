"""Opening one resident: how the pages come by whom they are about."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage, allow
from serasi.access.enums import Subject
from serasi.access.handing import moment_typed
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.daily.permissions import SEE_DAY
from serasi.residence.models import Occupancy, Stay, Ward
from serasi.residence.permissions import SEE_STAY
from serasi.residence.queries import day_at


@dataclass(frozen=True)
class LoadedResident:
    """A stay whose days this reader may see, at the moment of the page."""

    stay: Stay
    reader: User
    now: datetime
    typed_at: datetime
    """When the form was sent: now, or when a phone without signal kept it."""

    @cached_property
    def name(self) -> str:
        return self.stay.person.shown_name(to=self.reader)

    @property
    def unit(self) -> Unit:
        return self.stay.unit

    @property
    def today(self) -> date:
        return day_at(self.unit, self.now)

    @property
    def caption(self) -> str:
        return f"{self.name} (#{self.stay.tag})"

    @cached_property
    def ward(self) -> Ward | None:
        """Where they are, or where their bed waits. One statement."""
        place = Occupancy.objects.filter(stay=self.stay).at(self.now).select_related("ward").first()
        return place.ward if place else None

    def may(self, code: str) -> bool:
        """As the operations ask: it reaches the stay and the house."""
        return may(self.reader, code, on=self.stay) and may(self.reader, code, on=self.unit)

    def url(self, name: str) -> str:
        return reverse(f"daily:{name}", args=[self.stay.pk])

    def trail(self, *more: Link) -> list[Link]:
        """By number tag: a trail stands on every screen that is left open."""
        above = [Link(_("Harian"), f"{reverse('daily:wards')}?semua=1")]
        if self.ward is not None:
            above.append(Link(self.ward.name, reverse("daily:ward", args=[self.ward.pk])))
        sees_stay = self.reader.scope.has(SEE_STAY)
        return [
            *above,
            Link(f"#{self.stay.tag}", reverse("residence:stay", args=[self.stay.pk]) if sees_stay else ""),
            *more,
        ]

    def form_page(self, title: str, above: Link, *, lead: str = "", may_wait: bool = False) -> FormPage:
        """What stands around a form about this resident: it leads back to the page above it."""
        return FormPage(
            title,
            _("Simpan"),
            above.url,
            lead,
            caption=self.caption,
            trail=self.trail(above, Link(title)),
            may_wait=may_wait,
        )


def load_resident(request: HttpRequest, stay_id: UUID, purpose: str, *, code: str = SEE_DAY) -> LoadedResident:
    """The stay, if this reader may see its days; otherwise a 404 that does not say why. Opening it is logged, unless it
    is a part of a page that was."""
    reader = signed_in(request)
    stay = get_object_or_404(
        Stay.objects.visible_to(reader)
        .filter(unit__in=Unit.objects.reached_by(reader, SEE_DAY))
        .select_related("unit__day_practice", "unit__vitals_practice", "person"),
        pk=stay_id,
    )
    typed_at = moment_typed(request)  # asked before the clock, so that it is never ahead of it
    page = LoadedResident(stay, reader, timezone.now(), typed_at)
    allow(page.may(code))
    if request.method == "GET" and "HX-Request" not in request.headers:
        log_look(by=reader, subject=Subject.PERSON, subject_id=stay.person_id, purpose=purpose, unit_id=stay.unit_id)
    return page
