"""Surveys: which there are, planning one, how far it has come, who asks, where, opening and closing."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, pressed, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.common.components import Link, page_of
from serasi.common.identifiers import uuid7
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import ChangeForm, EnumeratorForm, RemoveForm, SurveyFilter, SurveyForm, TargetsForm
from serasi.surveys.models import Enumerator
from serasi.surveys.permissions import SEE_SURVEY, SETTLE, WRITE_SURVEY
from serasi.surveys.queries.surveys import asked_again, asks_for_village, staff_of
from serasi.surveys.views.loading import Loaded, load_survey


@open_to(SEE_SURVEY)
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Those that are prepared, run or have ended, the latest first; archived ones when asked for."""
    reader = signed_in(request)
    form = SurveyFilter(request.GET)
    found = queries.surveys_for(reader, words=form.chosen.get("q", ""), state=form.chosen.get("keadaan", ""))
    page = page_of(found, request.GET)
    shown = list(page.object_list)
    context = {
        "form": form,
        "page": page,
        "table": presenters.surveys_table(shown, queries.counted(shown)) if shown else None,
        "may_write": reader.scope.has(WRITE_SURVEY),
    }
    return render(request, "surveys/surveys.html", context)


@open_to(WRITE_SURVEY)
@require_http_methods(WRITES)
def new(request: HttpRequest) -> HttpResponse:
    reader = signed_in(request)
    units = list(Unit.objects.reached_by(reader, WRITE_SURVEY).filter(closed_on=None))
    title, listed = _("Buat survei"), reverse("surveys:surveys")
    trail = [Link(_("Survei"), listed), Link(title)]
    lead = _("Sesudah ini Anda menambah pewawancara dan target, lalu membukanya.")
    return written(
        request,
        SurveyForm(request.POST or None, user=reader, units=units),
        operations.make_survey,
        page=FormPage(title, _("Buat survei"), listed, lead, trail=trail),
        done=_("Survei dibuat. Tambahkan pewawancara, lalu buka surveinya."),
        leads_to=lambda made: reverse("surveys:survey", args=[made.pk]),
    )


@open_to(WRITE_SURVEY)
@require_http_methods(WRITES)
def change(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    page = load_survey(request, survey_id)
    page.require(WRITE_SURVEY)
    one = page.survey
    names = ("name", "purpose", "edition", "region", "begins_on", "ends_on", "revision")
    initial = {name: getattr(one, name) for name in names}
    form = ChangeForm(request.POST or None, initial=initial, user=page.reader, units=(), current=one.edition)
    return written(
        request,
        form,
        operations.change_survey,
        page=page.form_page(_("Ubah survei")),
        done=_("Survei diubah."),
        survey=one,
    )


@open_to(SEE_SURVEY)
@require_safe
def survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """How far it has come: by village against target, by enumerator, by day; and what waits for this reader."""
    page = load_survey(request, survey_id)
    one, reader = page.survey, page.reader
    progress = queries.progress_of(one, today=page.today)
    may_write = page.may(WRITE_SURVEY)
    drafts = list(one.drafts.visible_to(reader)) if page.interviews_today else []
    context: dict[str, Any] = _context(page, "survey") | {
        "facts": presenters.survey_facts(one),
        "tiles": presenters.progress_tiles(progress, page.today),
        "villages": presenters.villages_table(progress),
        "village_chart": presenters.villages_chart(progress),
        "days": presenters.days_chart(progress),
        "enumerators": presenters.enumerators_table(
            progress, sees_all=page.sees_persons or not one.is_interviewed_by(reader)
        ),
        "rows": _enumerator_rows(page) if may_write else (),
        "drafts": drafts,
        "counts_own": not page.sees_persons and one.is_interviewed_by(reader),
        "again": asked_again(one, reader) if page.survey.is_interviewed_by(reader) else [],
        "places": queries.places_waiting(one, reader).count() if page.sees_persons and page.may(SETTLE) else 0,
        "may_interview": page.interviews_today,
        "new_id": uuid7(),
        "may_write": may_write,
    }
    return render(request, "surveys/survey.html", context)


@open_to(WRITE_SURVEY)
@require_POST
def open_it(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    page = load_survey(request, survey_id)
    done = _("Survei dibuka. Pewawancara dapat mulai.")
    return pressed(request, operations.open_survey, done=done, leads_to=page.url, survey=page.survey)


@open_to(WRITE_SURVEY)
@require_POST
def close(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    page = load_survey(request, survey_id)
    done = _("Survei ditutup. Wawancara yang dimulai sebelum ini dan masih di ponsel tetap diterima.")
    return pressed(request, operations.close_survey, done=done, leads_to=page.url, survey=page.survey)


@open_to(WRITE_SURVEY)
@require_POST
def archive(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    page = load_survey(request, survey_id)
    done = _("Survei diarsipkan. Isinya tetap terbaca.")
    return pressed(request, operations.archive_survey, done=done, leads_to=page.url, survey=page.survey)


@open_to(WRITE_SURVEY)
@require_http_methods(WRITES)
def add(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Another enumerator, of the people of the unit."""
    page = load_survey(request, survey_id)
    page.require(WRITE_SURVEY)
    begins_on = max(page.survey.begins_on, page.today)
    form = EnumeratorForm(request.POST or None, initial={"starts_on": begins_on}, staff=staff_of(page.survey))
    return written(
        request,
        form,
        operations.add_enumerator,
        page=page.form_page(_("Tambah pewawancara"), button=_("Tambah")),
        done=_("Pewawancara ditambahkan."),
        survey=page.survey,
    )


@open_to(WRITE_SURVEY)
@require_http_methods(WRITES)
def remove(request: HttpRequest, survey_id: UUID, enumerator_id: UUID) -> HttpResponse:
    page = load_survey(request, survey_id)
    page.require(WRITE_SURVEY)
    one: Enumerator = get_object_or_404(page.survey.enumerators.select_related("user"), pk=enumerator_id)
    one.survey = page.survey
    title = _("Akhiri tugas %(name)s") % {"name": one.user}
    return written(
        request,
        RemoveForm(request.POST or None, initial={"last_day": page.today}),
        operations.remove_enumerator,
        page=page.form_page(title, button=_("Akhiri tugas")),
        done=_("Tugas pewawancara berakhir pada hari itu."),
        enumerator=one,
    )


@open_to(WRITE_SURVEY)
@require_http_methods(WRITES)
def targets(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """How many interviews each village needs; as a list that can be pasted from a spreadsheet."""
    page = load_survey(request, survey_id)
    page.require(WRITE_SURVEY)
    rows = [(one.village, one.interviews) for one in page.survey.targets.select_related("village")]
    lead = (
        ""
        if asks_for_village(page.survey)
        else _("Formulir ini tidak menanyakan desa, sehingga target tidak terhitung.")
    )
    return written(
        request,
        TargetsForm(request.POST or None, initial={"targets": TargetsForm.lines(rows)}),
        operations.set_targets,
        page=page.form_page(_("Target per desa"), lead=lead),
        done=_("Target disimpan."),
        survey=page.survey,
    )


def _context(page: Loaded, current: str) -> dict[str, Any]:
    """What every page of a survey shows around its own part."""
    return {
        "survey": page.survey,
        "status": presenters.state_of(page.survey),
        "tabs": page.tabs(current),
        "trail": page.trail(),
    }


def _enumerator_rows(page: Loaded) -> list[tuple[Enumerator, str]]:
    """Those whose task has not ended, each with the address where it is ended."""
    rows = page.survey.enumerators.select_related("user")
    return [
        (one, reverse("surveys:remove", args=[page.survey.pk, one.pk]))
        for one in rows
        if one.last_day is None or one.last_day >= page.today
    ]
