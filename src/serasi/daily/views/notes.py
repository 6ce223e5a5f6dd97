"""Short notes of a ward, and what the file of a person shows of the day."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.cases.door import answer_panel, load_case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Link, page_of
from serasi.daily import operations, presenters
from serasi.daily.forms import NoteForm, diet_words
from serasi.daily.models import DailyNote, Diet, RoundEntry
from serasi.daily.permissions import SEE_DAY, WRITE_NOTE
from serasi.daily.views.loading import load_ward
from serasi.residence.models import Stay
from serasi.residence.queries import day_at


@open_to(WRITE_NOTE)
@require_http_methods(WRITES)
def write_note(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=WRITE_NOTE)

    def act(*, stays: list[str], **facts: Any) -> DailyNote:
        return operations.write_note(ward=page.ward, stays=page.stays(stays), **facts)

    above = Link(_("Catatan harian"), reverse("daily:notes", args=[page.ward.pk]))
    return written(
        request,
        NoteForm(request.POST or None, people=page.here),
        act,
        page=page.form_page(_("Catatan baru"), above, back=page.url, may_wait=True),
        done=_("Catatan disimpan."),
        at=page.typed_at,
    )


@open_to(SEE_DAY)
@require_safe
def notes(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id)
    found = DailyNote.objects.visible_to(page.reader).filter(ward=page.ward).select_related("written_by")
    shown = page_of(found, request.GET, size=50)
    context = {
        "page": page,
        "notes": presenters.together(shown.object_list, page.by_stay),
        "shown": shown,
        "may_note": page.may(WRITE_NOTE),
        "trail": page.trail(Link(_("Catatan harian"))),
    }
    return render(request, "daily/notes.html", context)


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The latest days of a person, on the first page of the file: notes, what was unlike the usual, what is eaten."""
    reader, case = load_case(request, case_id, _("Membaca hari di wisma"))
    stay = Stay.objects.visible_to(reader).select_related("unit").filter(person=case.person_id).open().first()
    found = DailyNote.objects.visible_to(reader).filter(stay__person=case.person_id).select_related("written_by")[:5]
    unusual = (
        RoundEntry.objects.visible_to(reader)
        .filter(stay=stay)
        .unlike_the_usual()
        .select_related("round")
        .order_by("-round__taken_at")[:5]
        if stay
        else []
    )
    diets = Diet.objects.visible_to(reader).filter(stay=stay).on(day_at(stay.unit, timezone.now())) if stay else []
    return answer_panel(
        request,
        "daily/of_case.html",
        case,
        title=_("Hari di wisma"),
        notes=found,
        unusual=unusual,
        diets=diet_words(diets),
    )
