"""For those who work in a house: which devices are tablets, and who of the residents has a PIN."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, allow, answer, attempt, tried, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.cases.door import answer_panel, load_case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.header import name_shown
from serasi.common.components import Link
from serasi.residence.models import Stay
from serasi.tablet import operations
from serasi.tablet.forms import CloseForm, PinForm, TabletForm
from serasi.tablet.models import Pin, Tablet
from serasi.tablet.permissions import GIVE_PIN, MANAGE_TABLETS
from serasi.tablet.views.device import hash_of, new_token, remember, tablet_of


@open_to(MANAGE_TABLETS)
@require_safe
def tablets(request: HttpRequest) -> HttpResponse:
    here = tablet_of(request)
    found = Tablet.objects.visible_to(signed_in(request)).open().select_related("unit", "opened_by")
    context = {"tablets": found.order_by("unit__name", "name"), "here": here}
    return render(request, "tablet/tablets.html", context)


@open_to(MANAGE_TABLETS)
@require_http_methods(WRITES)
def open_tablet(request: HttpRequest) -> HttpResponse:
    """This very device becomes a tablet; whoever was signed in on it is signed out."""
    reader = signed_in(request)
    units = {
        str(unit.pk): unit
        for unit in Unit.objects.reached_by(reader, MANAGE_TABLETS).filter(closed_on=None).order_by("name")
    }
    form = TabletForm(
        request.POST if request.method == "POST" else None, units=[(pk, unit.name) for pk, unit in units.items()]
    )
    if request.method == "POST":
        token = new_token()
        made = attempt(form, lambda: _open(form, units, token, reader))
        if made is not None:
            request.session.flush()
            response = redirect("tablet:door")
            remember(response, token)
            return response
    title = _("Jadikan perangkat ini tablet")
    page = FormPage(
        title,
        _("Jadikan tablet"),
        reverse("tablet:tablets"),
        lead=_("Perangkat ini lalu meminta nomor tanda dan PIN penghuni. Anda keluar dari Serasi di perangkat ini."),
        trail=[Link(_("Tablet wisma"), reverse("tablet:tablets")), Link(title)],
    )
    return answer(request, "common/form_page.html", {"page": page}, form)


def _open(form: TabletForm, units: dict[str, Unit], token: str, reader: User) -> Tablet:
    typed = form.facts()
    return operations.open_tablet(
        id=typed["id"],
        unit=units[typed["unit"]],
        name=typed["name"],
        token_hash=hash_of(token),
        by=reader,
        at=timezone.now(),
    )


@open_to(MANAGE_TABLETS)
@require_POST
def close_tablet(request: HttpRequest, tablet_id: UUID) -> HttpResponse:
    tablet = get_object_or_404(Tablet.objects.visible_to(signed_in(request)).select_related("unit"), pk=tablet_id)
    back = reverse("tablet:tablets")
    done = tried(
        request,
        CloseForm(request.POST),
        operations.close_tablet,
        tablet=tablet,
        done=_("Perangkat itu bukan tablet wisma lagi."),
        leads_to=back,
    )
    return done or redirect(back)


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A part of the first page of the file, or a page of its own without script."""
    reader, case = load_case(request, case_id, _("Membaca akses penghuni"))
    lives_here = Stay.objects.open().filter(person=case.person).exists()
    return answer_panel(
        request,
        "tablet/of_case.html",
        case,
        title=_("Akses penghuni"),
        lead=_("Membuka rencana dan jadwalnya sendiri di tablet wisma."),
        pin=Pin.objects.visible_to(reader).filter(person=case.person).first(),
        lives_here=lives_here,
        may_give=lives_here and may(reader, GIVE_PIN, on=case.person),
    )


@open_to(GIVE_PIN)
@require_http_methods(WRITES)
def give_pin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    reader, case = load_case(request, case_id, _("Memberi PIN"))
    allow(may(reader, GIVE_PIN, on=case.person))
    title, back = _("Beri PIN"), reverse("cases:case", args=[case.pk])
    return written(
        request,
        PinForm(request.POST if request.method == "POST" else None),
        operations.give_pin,
        page=FormPage(
            title,
            _("Simpan PIN"),
            back,
            lead=_("Serahkan perangkat ini sebentar: penghuni memilih dan mengetik PIN-nya sendiri. Jangan dicatat."),
            caption=name_shown(case, reader),
            trail=[Link(case.number, back), Link(title)],
        ),
        done=_("PIN disimpan. Ia dapat membuka tablet wisma dengan nomor tanda dan PIN itu."),
        person=case.person,
    )
