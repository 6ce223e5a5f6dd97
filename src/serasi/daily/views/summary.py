"""The day of a ward on one sheet; and what a unit decides about its days."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.common.components import Link
from serasi.daily import operations, presenters
from serasi.daily.forms import DayFilter, PracticeForm
from serasi.daily.models import DayPractice
from serasi.daily.permissions import SEE_DAY, SET_PRACTICE
from serasi.daily.queries import left_by, recorded, residents
from serasi.daily.queries.recorded import HANDOVER, VITALS
from serasi.daily.views.loading import load_ward
from serasi.residence.queries import beginning_of, day_at, end_of


@open_to(SEE_DAY)
@require_safe
def summary(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """What was recorded of a ward on a day, today unless another is asked for."""
    page = load_ward(request, ward_id)
    form = DayFilter(request.GET)
    day = form.chosen.get("hari") or day_at(page.unit, page.now)
    since, until = beginning_of(page.unit, day), beginning_of(page.unit, day + timedelta(days=1))
    at = min(page.now, end_of(page.unit, day))
    here = {one.stay_id: one for one in residents(ward=page.ward, at=at, reader=page.reader)}
    left = left_by(ward=page.ward, here=here, since=since, until=until, reader=page.reader, every_note=True)
    found = recorded(ward=page.ward, since=since, until=until, reader=page.reader, stays=here)
    context = {
        "page": page,
        "filter": form,
        "day": day,
        "people": len(here),
        "left": left,
        "notes": presenters.together((note for _who, note in left.notes), here),
        "roll_calls": [one for one in found if one.is_roll_call],
        "rounds": [one for one in found if one.is_round],
        "measured": len({one.found for one in found if one.kind == VITALS}),
        "handovers": [one for one in found if one.kind == HANDOVER],
        "trail": page.trail(Link(_("Ringkasan hari"))),
    }
    return render(request, "daily/summary.html", context)


@open_to(SET_PRACTICE)
@require_http_methods(WRITES)
def practice(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    unit = get_object_or_404(Unit.objects.reached_by(reader, SET_PRACTICE), pk=unit_id)
    own = DayPractice.objects.filter(unit=unit).first()
    now = own or DayPractice(unit=unit)
    names = ("morning_from", "afternoon_from", "night_from", "contact_within_days")
    decided = {name: getattr(now, name) for name in names}
    title, back = _("Aturan harian"), reverse("daily:wards")
    return written(
        request,
        PracticeForm(request.POST or None, initial={**decided, "revision": own.revision if own else 0}),
        operations.set_practice,
        page=FormPage(
            title,
            _("Simpan"),
            back,
            _("Satu giliran berlangsung sampai giliran berikutnya mulai."),
            caption=unit.name,
            trail=[Link(_("Harian"), back), Link(title)],
        ),
        done=_("Aturan harian disimpan."),
        unit=unit,
    )
