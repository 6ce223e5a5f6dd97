"""The pages of who may ask: which systems, under which agreement, and what they asked."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, allow, answer, attempt, pressed, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Unit
from serasi.access.operations import Refused
from serasi.access.permissions import may
from serasi.common.components import Link, page_of
from serasi.exchange import operations
from serasi.exchange.forms import ChangePeerForm, EndForm, InquiryFilter, PeerForm, initial_of
from serasi.exchange.models import Peer
from serasi.exchange.permissions import MANAGE_PEERS, SEE_PEERS
from serasi.exchange.presenters import facts_of, inquiries_table, peers_table, state_of
from serasi.exchange.queries.peers import inquiries_of, peers_with_activity, waiting_of


@open_to(SEE_PEERS)
@require_safe
def peers(request: HttpRequest) -> HttpResponse:
    """Every system that may ask, or might."""
    reader = signed_in(request)
    rows = peers_with_activity(reader, at=timezone.now())
    context = {"table": peers_table(rows) if rows else None, "may_manage": may(reader, MANAGE_PEERS)}
    return render(request, "exchange/peers.html", context)


@open_to(SEE_PEERS)
@require_safe
def peer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: its terms, and what it asked."""
    reader, found = signed_in(request), _mine(request, pk)
    filter_ = InquiryFilter(request.GET)
    asked = inquiries_of(found, reader)
    chosen = filter_.chosen
    if action := chosen.get("tindakan"):
        asked = asked.filter(action=action)
    if outcome := chosen.get("hasil"):
        asked = asked.filter(outcome=outcome)
    if day := chosen.get("mulai"):
        asked = asked.filter(received_at__gte=timezone.make_aware(datetime.combine(day, time.min)))
    page = page_of(asked, request.GET)
    context = {
        "peer": found,
        "state": state_of(found),
        "facts": facts_of(found),
        "filter": filter_,
        "page": page,
        "table": inquiries_table(page.object_list),
        "waiting": waiting_of(found, reader),
        "may_manage": may(reader, MANAGE_PEERS, on=found) and found.ended_at is None,
    }
    return render(request, "exchange/peer.html", context)


@open_to(MANAGE_PEERS)
@require_http_methods(WRITES)
def register(request: HttpRequest) -> HttpResponse:
    """A system that may ask from now on; its secret is shown once, on the answer to this form."""
    reader = signed_in(request)
    units = list(Unit.objects.reached_by(reader, MANAGE_PEERS).open())
    form = PeerForm(typed_in(request), units=units)
    if form.is_bound:
        made = attempt(form, lambda: operations.register_peer(by=reader, at=timezone.now(), **form.facts()))
        if made is not None:
            return _secret_page(request, *made)
    title, back = _("Daftarkan sistem"), reverse("exchange:peers")
    page = FormPage(
        title,
        _("Daftarkan"),
        back,
        lead=_("Sistem lain yang boleh bertanya dengan standar DCI. Rahasianya ditunjukkan sekali sesudah ini."),
        trail=[Link(_("Pertukaran data"), back), Link(title)],
    )
    return answer(request, "common/form_page.html", {"page": page}, form)


@open_to(MANAGE_PEERS)
@require_http_methods(WRITES)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    form = ChangePeerForm(typed_in(request), initial=initial_of(found))
    page = _form_page(found, _("Ubah ketentuan"), _("Simpan"))
    return written(request, form, operations.change_peer, page=page, done=_("Ketentuan disimpan."), peer=found)


@open_to(MANAGE_PEERS)
@require_POST
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another secret, shown once."""
    found = _managed(request, pk)
    try:
        made = operations.renew_secret(peer=found, by=signed_in(request), at=timezone.now())
    except Refused as refused:
        return render(request, "422.html", {"refused": refused, "exception_message": refused.message}, status=422)
    return _secret_page(request, *made)


@open_to(MANAGE_PEERS)
@require_http_methods(WRITES)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    lead = _("Sejak saat itu ia tidak dijawab lagi. Catatan apa yang ditanyakannya tetap ada.")
    page = _form_page(found, _("Akhiri pertukaran"), _("Akhiri"), lead)
    done = _("Pertukaran data dengan sistem ini diakhiri.")
    return written(request, EndForm(typed_in(request)), operations.end_peer, page=page, done=done, peer=found)


@open_to(MANAGE_PEERS)
@require_POST
def replace_key(request: HttpRequest) -> HttpResponse:
    done = _("Kunci baru dipakai. Kunci lama masih diumumkan tujuh hari.")
    return pressed(request, operations.replace_key, done=done, leads_to=reverse("exchange:peers"))


def _mine(request: HttpRequest, pk: UUID) -> Peer:
    found = Peer.objects.visible_to(signed_in(request)).select_related("unit", "registered_by", "ended_by")
    return get_object_or_404(found, pk=pk)


def _managed(request: HttpRequest, pk: UUID) -> Peer:
    found = _mine(request, pk)
    allow(may(signed_in(request), MANAGE_PEERS, on=found))
    return found


def _form_page(found: Peer, title: str, button: str, lead: str = "") -> FormPage:
    back = reverse("exchange:peer", args=[found.pk])
    trail = [Link(_("Pertukaran data"), reverse("exchange:peers")), Link(found.name, back), Link(title)]
    return FormPage(title, button, back, lead=lead, caption=found.name, trail=trail)


def _secret_page(request: HttpRequest, found: Peer, secret: str) -> HttpResponse:
    """What the other side needs; the secret is not kept anywhere."""
    context: dict[str, Any] = {
        "peer": found,
        "secret": secret,
        "locations": request.build_absolute_uri(reverse("exchange:dci_locations")),
    }
    return render(request, "exchange/secret.html", context)
