"""Many people at once: the residents of a house, one's own cases. Who is on which list, who is not, who has no NIK."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_looks
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.cases.models import Case
from serasi.common.components import Link, Tab, page_of
from serasi.common.spreadsheets import write_workbook
from serasi.entitlements import operations, presenters
from serasi.entitlements.enums import Standing
from serasi.entitlements.forms import ManyFilter
from serasi.entitlements.permissions import CHECK, LOAD, SEE, TAKE
from serasi.entitlements.queries.picture import Picture, lists_for, pictures_of
from serasi.entitlements.views.delivery import XLSX
from serasi.people.models import Person
from serasi.residence.models import Stay

PER_PAGE = 50
MOST_HOUSES = 12


@open_to(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def of_caseload(request: HttpRequest) -> HttpResponse:
    """The people of one's own open cases."""
    reader = signed_in(request)
    return _page(request, _caseload(reader), title=_("Kasus saya"), url=reverse("entitlements:of_caseload"), unit=None)


@open_to(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def of_house(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who lives in a house now."""
    reader = signed_in(request)
    unit = _house(reader, unit_id)
    url = reverse("entitlements:of_house", args=[unit.pk])
    return _page(request, _residents(reader, unit), title=unit.name, url=url, unit=unit)


@open_to(TAKE)
@require_safe
@never_cache
def sheet(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The table of a house as a spreadsheet, narrowed as on the page."""
    reader = signed_in(request)
    unit = _house(reader, unit_id)
    if not may(reader, TAKE, on=unit):
        raise Http404
    form = ManyFilter(request.GET)
    lists = lists_for(reader)
    pictures = _narrowed(pictures_of(_residents(reader, unit), lists=lists, reader=reader), form)
    _log(reader, pictures, _("Mengunduh tabel hak dan bantuan"))
    headings, rows = presenters.many_sheet(pictures, lists, reader)
    response = HttpResponse(write_workbook(headings, rows, title=_("Hak dan bantuan")), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="hak-dan-bantuan.xlsx"'
    return response


def _page(request: HttpRequest, people: Sequence[Person], *, title: str, url: str, unit: Unit | None) -> HttpResponse:
    reader = signed_in(request)
    if request.method == "POST":
        asked = operations.check_people(
            people=[person.pk for person in people],
            purpose=_("Memeriksa banyak orang pada daftar bantuan"),
            by=reader,
            at=timezone.now(),
        )
        messages.success(
            request,
            ngettext("%(n)d orang sudah diperiksa.", "%(n)d orang sudah diperiksa.", asked) % {"n": asked},
        )
        return redirect(url)
    form = ManyFilter(request.GET)
    lists = lists_for(reader)
    pictures = pictures_of(people, lists=lists, reader=reader)
    shown = _narrowed(pictures, form)
    page = page_of(shown, request.GET, size=PER_PAGE)
    on_page = list(page.object_list)
    _log(reader, on_page, _("Melihat tabel hak dan bantuan"))
    counts = [
        (len(pictures), _("orang"), url, ""),
        (
            sum(one.must_be_asked for one in pictures),
            Standing.NOT_ASKED.label,
            f"{url}?tampil={ManyFilter.TO_ASK}",
            "info",
        ),
        (
            sum(one.doubtful > 0 for one in pictures),
            Standing.DOUBTFUL.label,
            f"{url}?tampil={ManyFilter.TO_DECIDE}",
            "warn",
        ),
        (sum(not one.has_nik for one in pictures), _("tanpa NIK"), f"{url}?tampil={ManyFilter.NO_NIK}", "warn"),
    ]
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "table": presenters.many_table(on_page, lists, reader),
        "counts": counts,
        "people": len(people),
        "lists": presenters.lists_words(lists, timezone.localdate()),
        "title": title,
        "url": url,
        "may_check": reader.scope.has(CHECK),
        "may_load": reader.scope.has(LOAD),
        "sheet_url": reverse("entitlements:sheet", args=[unit.pk]) if unit and may(reader, TAKE, on=unit) else "",
        "query": request.GET.urlencode(),
        "tabs": _tabs(reader, unit),
        "trail": [Link(_("Hak dan bantuan"), reverse("entitlements:of_caseload")), Link(title)],
    }
    return render(request, "entitlements/many.html", context)


def _narrowed(pictures: Sequence[Picture], form: ManyFilter) -> list[Picture]:
    chosen = str(form.chosen.get("tampil", ""))
    kind, _sign, code = chosen.partition("_")
    if chosen == ManyFilter.TO_ASK:
        return [one for one in pictures if one.must_be_asked]
    if chosen == ManyFilter.TO_DECIDE:
        return [one for one in pictures if one.doubtful]
    if chosen == ManyFilter.NO_NIK:
        return [one for one in pictures if not one.has_nik]
    wanted = {"ada": Standing.LISTED, "tidak": Standing.NOT_LISTED}.get(kind)
    return [one for one in pictures if wanted is None or one.standing_on(code) is wanted]


def _log(reader: User, pictures: Sequence[Picture], purpose: str) -> None:
    post = next(iter(reader.scope.posts), None)
    if post is not None and pictures:
        log_looks(
            by=reader,
            subject=Subject.PERSON,
            units=[(one.person.pk, post.unit_id) for one in pictures],
            purpose=purpose,
        )


def _caseload(reader: User) -> list[Person]:
    mine = Case.objects.of_team_member(reader).open().values("person")
    return list(Person.objects.visible_to(reader).filter(pk__in=mine).order_by("sort_key", "pk"))


def _house(reader: User, unit_id: UUID) -> Unit:
    unit = Unit.objects.reached_by(reader, SEE).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    return unit


def _residents(reader: User, unit: Unit) -> list[Person]:
    here = Stay.objects.visible_to(reader).filter(unit=unit).open().values("person")
    return list(Person.objects.visible_to(reader).filter(pk__in=here).order_by("sort_key", "pk"))


def _tabs(reader: User, unit: Unit | None) -> list[Tab]:
    inhabited = Stay.objects.visible_to(reader).open().values("unit")
    houses = Unit.objects.reached_by(reader, SEE).filter(pk__in=inhabited).order_by("path")[:MOST_HOUSES]
    return [
        Tab(_("Kasus saya"), reverse("entitlements:of_caseload"), unit is None),
        *(Tab(str(one), reverse("entitlements:of_house", args=[one.pk]), one == unit) for one in houses),
    ]
