"""The timetable of a ward and of one resident: today on a wall, the week as its head arranges it, one day otherwise."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, allow, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.common.components import Link
from serasi.daily import operations, presenters
from serasi.daily.forms import CopyForm, DayChangeForm, DayFilter, EndActivityForm, PlanForm
from serasi.daily.models import TimetableEntry
from serasi.daily.permissions import PLAN_ACTIVITY, SEE_DAY, SET_TIMETABLE
from serasi.daily.queries import day_of_stay, day_of_ward, pattern_of
from serasi.daily.views.loading import LoadedWard, load_ward, wards_of
from serasi.daily.views.resident import LoadedResident, load_resident
from serasi.residence.models import Ward
from serasi.residence.queries import day_at


@open_to(SEE_DAY)
@require_safe
def timetable(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """A day of a ward from morning to evening, as it hangs on the wall: of the guarded the number tag alone."""
    page = load_ward(request, ward_id)
    form = DayFilter(request.GET)
    today = day_at(page.unit, page.now)
    day = form.chosen.get("hari") or today
    here = {one.stay_id: one for one in page.here if one.is_known}
    slots = day_of_ward(ward=page.ward, stays=here, day=day, reader=page.reader)
    clock = page.now.astimezone(ZoneInfo(page.unit.time_zone)).time() if day == today else None
    context = {
        "page": page,
        "filter": form,
        "day": day,
        "of_ward": presenters.told_slots((one for one in slots if not one.is_own), at=clock),
        "own": presenters.told_slots((one for one in slots if one.is_own), here=here, at=clock),
        "may_plan": page.may(PLAN_ACTIVITY),
        "may_set": page.may(SET_TIMETABLE),
        "trail": page.trail(Link(_("Jadwal harian"))),
    }
    return render(request, "daily/timetable.html", context)


@open_to(SEE_DAY)
@require_safe
def week(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """What a ward does in a week, from today on; its head changes it here."""
    page = load_ward(request, ward_id)
    today = day_at(page.unit, page.now)
    rows = pattern_of(ward=page.ward, day=today, reader=page.reader)
    context = {
        "page": page,
        "today": today,
        "rows": [(one, presenters.weekdays(one.days)) for one in rows],
        "may_set": page.may(SET_TIMETABLE),
        "trail": page.trail(_day_of(page.ward), Link(_("Jadwal sepekan"))),
    }
    return render(request, "daily/week.html", context)


@open_to(SET_TIMETABLE)
@require_http_methods(WRITES)
def plan_for_ward(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=SET_TIMETABLE)
    form = PlanForm(request.POST or None, is_own=False)
    around = _around(page, _("Kegiatan baru"))
    return written(request, form, operations.plan_activity, page=around, done=_("Jadwal disimpan."), ward=page.ward)


@open_to(SET_TIMETABLE)
@require_http_methods(WRITES)
def copy_timetable(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=SET_TIMETABLE)
    wards = wards_of(page.reader).filter(closed_on=None).select_related("unit").order_by("unit__name", "name")
    form = CopyForm(request.POST or None, wards=wards)
    lead = _("Yang sudah ada di sini pada hari dan jam yang sama tidak disalin lagi.")
    around = _around(page, _("Salin jadwal"), lead=lead)
    return written(request, form, operations.copy_timetable, page=around, done=_("Jadwal disalin."), ward=page.ward)


@open_to(SEE_DAY)
@require_safe
def timetable_of(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """The day of one resident: the ward's and their own; and what they do on their own in a week."""
    page = load_resident(request, stay_id, _("Membaca jadwal harian"))
    form = DayFilter(request.GET)
    day = form.chosen.get("hari") or page.today
    slots = day_of_stay(stay=page.stay, ward_id=page.ward.pk if page.ward else None, day=day, reader=page.reader)
    clock = page.now.astimezone(ZoneInfo(page.unit.time_zone)).time() if day == page.today else None
    is_part = "HX-Request" in request.headers
    own = (
        []
        if is_part
        else TimetableEntry.objects.visible_to(page.reader).filter(stay=page.stay).not_over(page.today).in_order()
    )
    context = {
        "page": page,
        "filter": form,
        "day": day,
        "slots": presenters.told_slots(slots, at=clock),
        "own": [(one, presenters.weekdays(one.days)) for one in own],
        "may_plan": page.may(PLAN_ACTIVITY) and page.stay.is_open,
        "is_part": is_part,
        "trail": page.trail(_own_of(page)),
    }
    return render(request, "daily/timetable_of.html" if is_part else "daily/timetable_of_page.html", context)


@open_to(PLAN_ACTIVITY)
@require_http_methods(WRITES)
def plan_for_one(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_resident(request, stay_id, _("Mengatur jadwal"), code=PLAN_ACTIVITY)
    lead = _("Misalnya sekolah, terapi, latihan kerja, kontrol ke rumah sakit.")
    form = PlanForm(request.POST or None, is_own=True)
    around = _around(page, _("Kegiatan sendiri"), lead=lead)
    return written(request, form, operations.plan_activity, page=around, done=_("Jadwal disimpan."), stay=page.stay)


@open_to(PLAN_ACTIVITY)
@require_http_methods(WRITES)
def replan(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry, page = _load(request, entry_id, ward_code=SET_TIMETABLE)
    lead = _("Hari-hari sebelum berlakunya perubahan tetap seperti semula.")
    form = PlanForm.of(entry, request.POST or None)
    around = _around(page, _("Ubah kegiatan"), lead=lead)
    return written(request, form, operations.replan_activity, page=around, done=_("Jadwal diubah."), entry=entry)


@open_to(PLAN_ACTIVITY)
@require_http_methods(WRITES)
def end_activity(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry, page = _load(request, entry_id, ward_code=SET_TIMETABLE)
    form = EndActivityForm(request.POST or None)
    around = _around(page, _("Akhiri kegiatan"), lead=_in_a_line(entry))
    return written(request, form, operations.end_activity, page=around, done=_("Kegiatan diakhiri."), entry=entry)


@open_to(PLAN_ACTIVITY)
@require_http_methods(WRITES)
def change_day(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Cancelled or moved on one day; carers may do so, also for the ward."""
    entry, page = _load(request, entry_id, ward_code=PLAN_ACTIVITY)
    asked = _asked_day(request)
    initial = {"from_time": entry.from_time, "until_time": entry.until_time} | ({"day": asked} if asked else {})
    form = DayChangeForm(request.POST or None, initial=initial)
    around = _around(page, _("Perubahan sehari"), lead=_in_a_line(entry), is_of_day=True)
    return written(request, form, operations.change_day, page=around, done=_("Perubahan sehari dicatat."), entry=entry)


def _load(
    request: HttpRequest, entry_id: UUID, *, ward_code: str
) -> tuple[TimetableEntry, LoadedWard | LoadedResident]:
    """The entry, and whose it is: its ward, or its resident."""
    entry = get_object_or_404(TimetableEntry.objects.visible_to(signed_in(request)), pk=entry_id)
    if entry.ward_id is not None:
        of_ward = load_ward(request, entry.ward_id, code=ward_code)
        entry.ward = of_ward.ward
        return entry, of_ward
    assert entry.stay_id is not None  # noqa: S101 - of a ward or of one resident
    of_one = load_resident(request, entry.stay_id, _("Mengatur jadwal"), code=PLAN_ACTIVITY)
    allow(of_one.stay.is_open)
    entry.stay = of_one.stay
    return entry, of_one


def _around(page: LoadedWard | LoadedResident, title: str, *, lead: str = "", is_of_day: bool = False) -> FormPage:
    """What stands around a form about a timetable. What a carer changes of one day may wait in a phone."""
    if isinstance(page, LoadedResident):
        return page.form_page(title, _own_of(page), lead=lead, may_wait=is_of_day)
    day = _day_of(page.ward)
    back = day.url if is_of_day else reverse("daily:week", args=[page.ward.pk])
    return page.form_page(title, day, back=back, lead=lead, may_wait=is_of_day)


def _day_of(ward: Ward) -> Link:
    return Link(_("Jadwal harian"), reverse("daily:timetable", args=[ward.pk]))


def _own_of(page: LoadedResident) -> Link:
    return Link(_("Jadwal harian"), page.url("timetable_of"))


def _in_a_line(entry: TimetableEntry) -> str:
    hours = f"{entry.from_time:%H.%M}–{entry.until_time:%H.%M}"
    return f"{entry.what}, {hours} · {presenters.weekdays(entry.days)}"


def _asked_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("hari", ""))
    except ValueError:
        return None
