"""Gatherings: which there are, opening one, being let in, its numbers and its people, closing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, answer, attempt
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.operations import Refused
from serasi.common.components import Cell, Column, Link, Status, Table, page_of
from serasi.common.typesetting import qr_svg
from serasi.shelters import presenters
from serasi.shelters.enums import Shown
from serasi.shelters.forms import ArrivalFilter, GatheringForm, JoinForm
from serasi.shelters.models import Gathering
from serasi.shelters.operations import close_gathering, join_gathering, open_gathering
from serasi.shelters.permissions import (
    ACCOUNT_ARRIVAL,
    OPEN_GATHERING,
    RECOGNISE_ARRIVAL,
    REGISTER_ARRIVAL,
    SEE_GATHERING,
)
from serasi.shelters.queries import account_of, arrivals_of, outcomes_of
from serasi.shelters.views.loading import load_gathering

ON_A_PAGE = 100


@open_to(SEE_GATHERING)
@require_safe
def gatherings(request: HttpRequest) -> HttpResponse:
    """Those that are open first."""
    reader = signed_in(request)
    found = Gathering.objects.visible_to(reader).select_related("unit").order_by("-closed_at", "-opened_at")
    rows = [
        [
            Cell(one.place, url=reverse("shelters:gathering", args=[one.pk]), sub=str(one.get_kind_display())),
            one.unit.short_name,
            date_format(timezone.localtime(one.opened_at), "j M Y H.i"),
            Status(_("Terbuka"), "good") if one.is_open else Status(_("Ditutup")),
        ]
        for one in found[:100]
    ]
    table = Table([Column(_("Tempat")), Column(_("Unit")), Column(_("Dibuka")), Column(_("Keadaan"))], rows)
    context = {
        "table": table if rows else None,
        "may_open": reader.scope.has(OPEN_GATHERING),
        "may_join": reader.scope.has(REGISTER_ARRIVAL),
    }
    return render(request, "shelters/gatherings.html", context)


@open_to(OPEN_GATHERING)
@require_http_methods(WRITES)
def new(request: HttpRequest) -> HttpResponse:
    """Three answers, and people can be registered."""
    reader = signed_in(request)
    units = list(Unit.objects.reached_by(reader, OPEN_GATHERING).filter(closed_on=None))
    form = GatheringForm(request.POST or None, units=units)

    def act() -> Gathering:
        facts = {name: form.cleaned_data[name] for name in ("unit", "kind", "place", "region", "capacity")}
        return open_gathering(id=form.record_id, **facts, by=reader, at=timezone.now())

    if request.method == "POST" and (made := attempt(form, act)):
        messages.success(request, _("Penampungan terbuka. Orang dapat dicatat sekarang."))
        return redirect("shelters:gathering", pk=made.pk)
    context = {
        "title": _("Buka penampungan"),
        "button": _("Buka sekarang"),
        "back": reverse("shelters:gatherings"),
        "trail": [Link(_("Penampungan"), reverse("shelters:gatherings")), Link(_("Buka"))],
    }
    return answer(request, "shelters/form.html", context, form)


@open_to(REGISTER_ARRIVAL)
@require_http_methods(WRITES)
def join(request: HttpRequest) -> HttpResponse:
    """Let in who has the code, typed or read from the square."""
    form = JoinForm(request.POST or None, initial={"code": request.GET.get("kode", "")[:8]})

    def act() -> Gathering:
        return join_gathering(code=form.cleaned_data["code"], by=signed_in(request), at=timezone.now())

    if request.method == "POST" and (found := attempt(form, act)):
        messages.success(request, _("Anda kini membantu di sini."))
        return redirect("shelters:gathering", pk=found.pk)
    context = {
        "title": _("Bantu di penampungan"),
        "button": _("Masuk"),
        "back": reverse("shelters:gatherings"),
        "trail": [Link(_("Penampungan"), reverse("shelters:gatherings")), Link(_("Bantu"))],
    }
    return answer(request, "shelters/form.html", context, form)


@open_to(SEE_GATHERING)
@require_safe
def gathering(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Numbers on top, people below, families together."""
    loaded = load_gathering(request, pk)
    form = ArrivalFilter(request.GET)
    chosen = form.chosen
    found = arrivals_of(loaded.gathering, loaded.reader, words=chosen.get("q", ""), only=chosen.get("tampil", ""))
    page = page_of(found, request.GET, size=ON_A_PAGE)
    shown = list(page.object_list)
    outcomes = outcomes_of(shown)
    join_url = request.build_absolute_uri(f"{reverse('shelters:join')}?kode={loaded.gathering.join_code}")
    context = {
        "gathering": loaded.gathering,
        "trail": loaded.trail(),
        "tiles": presenters.tiles_of(loaded.gathering, account_of(loaded.gathering)),
        "filter": form,
        "lines": [presenters.line_of(one, outcomes.get(one.pk), loaded.reader) for one in shown],
        "page": page,
        "is_narrowed": bool(chosen),
        "qr": qr_svg(join_url),
        "may_register": loaded.may(REGISTER_ARRIVAL),
        "may_account": loaded.may(ACCOUNT_ARRIVAL),
        "may_recognise": loaded.may(RECOGNISE_ARRIVAL),
        "may_close": loaded.may(OPEN_GATHERING),
    }
    return render(request, "shelters/gathering.html", context)


@open_to(SEE_GATHERING)
@require_safe
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The numbers alone, for pages that ask again and again."""
    loaded = load_gathering(request, pk)
    tiles = presenters.tiles_of(loaded.gathering, account_of(loaded.gathering))
    most = presenters.AT_THE_GATE if "singkat" in request.GET else None
    return render(request, "shelters/tiles.html", {"tiles": tiles[:most]})


@open_to(OPEN_GATHERING)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refused while someone is not accounted for; the page says who."""
    loaded = load_gathering(request, pk)
    try:
        close_gathering(gathering=loaded.gathering, by=loaded.reader, at=timezone.now())
    except Refused as refused:
        loaded.require(OPEN_GATHERING)
        messages.error(request, str(refused.message))
        return redirect(f"{loaded.url}?tampil={Shown.HERE}")
    messages.success(request, _("Penampungan ditutup. Semua orang tercatat ke mana perginya."))
    return redirect(loaded.url)
