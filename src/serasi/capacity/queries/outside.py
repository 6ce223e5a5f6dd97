"""Who lives in a house and could live outside by now, with the reasons; nothing is decided here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.access.models import Unit, User
from serasi.cases.enums import TracingResult
from serasi.cases.models import Case, Readiness, TracingStep
from serasi.cases.queries.header import with_person
from serasi.residence.models import Stay
from serasi.residence.queries import ceilings_near, day_at


@dataclass(frozen=True, slots=True)
class CouldLeave:
    """One resident; ``for_it`` speaks for living outside, ``open`` is what is still missing."""

    stay_id: UUID
    tag: str
    case: Case
    days: int
    for_it: tuple[str, ...]
    missing: tuple[str, ...]


def could_live_outside(unit: Unit, *, reader: User, at: datetime) -> list[CouldLeave]:
    """Residents of whom readiness, a found family, a planned end that has passed or a ceiling speaks for living
    outside; those with most reasons first. Six statements."""
    today = day_at(unit, at)
    stays = {
        stay.case_id: stay
        for stay in Stay.objects.visible_to(reader).of(unit).open().filter(case__isnull=False)
        if stay.case_id is not None
    }
    of_case = {"case": OuterRef("pk")}
    ready = Readiness.objects.filter(**of_case).order_by("-held_on", "-written_at")
    traced = TracingStep.objects.filter(**of_case).order_by("-taken_on", "-written_at")
    files = (
        with_person(Case.objects.visible_to(reader), reader)
        .filter(pk__in=list(stays))
        .annotate(
            is_ready=Subquery(ready.values("is_ready")[:1]),
            ready_on=Subquery(ready.values("held_on")[:1]),
            traced=Subquery(traced.values("result")[:1]),
        )
    )
    over = {one.stay_id for one in ceilings_near(unit=unit, at=at, reader=reader, within_days=0)}
    found = []
    for case in files:
        stay = stays[case.pk]
        for_it, missing = _reasons(case, stay, today, is_over=stay.pk in over)
        if for_it:
            days = (today - day_at(unit, stay.began_at)).days
            found.append(CouldLeave(stay.pk, stay.tag, case, days, for_it, missing))
    return sorted(found, key=lambda one: (-len(one.for_it), len(one.missing), -one.days))


def _reasons(case: "Case", stay: Stay, today: date, *, is_over: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ready, ready_on, traced = (getattr(case, name) for name in ("is_ready", "ready_on", "traced"))
    for_it, missing = [], []
    if ready:
        for_it.append(_("Siap menurut penilaian kesiapan %s") % date_format(ready_on, "SHORT_DATE_FORMAT"))
    else:
        missing.append(_("Kesiapan belum dinilai") if ready is None else _("Belum siap menurut penilaian terakhir"))
    if traced == TracingResult.FOUND:
        for_it.append(_("Keluarga ditemukan"))
    else:
        missing.append(_("Keluarga menolak") if traced == TracingResult.REFUSED else _("Keluarga belum ditemukan"))
    if stay.expected_end is not None and stay.expected_end <= today:
        for_it.append(_("Rencana keluar %s sudah lewat") % date_format(stay.expected_end, "SHORT_DATE_FORMAT"))
    if is_over:
        for_it.append(_("Batas waktu tinggal di wismanya sudah lewat"))
    return tuple(for_it), tuple(missing)
