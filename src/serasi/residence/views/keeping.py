"""What a house keeps for someone: belongings on paper, money in a ledger."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.common.components import Link
from serasi.residence import operations
from serasi.residence.forms import GiveBackForm, MoneyForm, ReceiveForm, ReverseForm
from serasi.residence.models import Belonging, Handover, MoneyLine
from serasi.residence.permissions import KEEP, SEE_STAY
from serasi.residence.queries import day_at, ledger_of
from serasi.residence.queries.colleagues import Colleagues, colleagues_of
from serasi.residence.querysets import BelongingQuerySet
from serasi.residence.views.loading import LoadedStay, load_stay
from serasi.residence.views.writing import StayAct, button_to, stay_act


@open_to(SEE_STAY)
@require_safe
def kept(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """Belongings and the ledger of money, with every paper to print."""
    page = load_stay(request, stay_id, _("Membaca barang dan uang titipan"))
    lines = ledger_of(stay=page.stay, reader=page.reader)
    papers = Handover.objects.visible_to(page.reader).filter(stay=page.stay).select_related("written_by", "witness")
    buttons = [button_to(receive, page)] if page.stay.is_open else []
    context = {
        "page": page,
        "stay": page.stay,
        "belongings": list(_things(page)),
        "papers": list(papers),
        "lines": lines,
        "balance": lines[-1].balance if lines else 0,
        "may_keep": page.may(KEEP),
        "buttons": [button for button in [*buttons, button_to(give_back, page), button_to(money, page)] if button],
        "trail": page.trail(Link(_("Barang dan uang titipan"))),
    }
    return render(request, "residence/kept.html", context)


@stay_act(KEEP, gettext_lazy("Terima barang"), "clipboard-text")
def receive(act: StayAct) -> HttpResponse:
    return act.answer(
        ReceiveForm(act.typed, colleagues=_colleagues(act), initial={"signed_by": act.page.name}),
        operations.receive_belongings,
        stay=act.stay,
        done=_("Daftar barang disimpan. Cetak dua lembar, lalu tanda tangani."),
        leads_to=act.page.part("kept"),
    )


@stay_act(KEEP, gettext_lazy("Kembalikan barang"), "arrow-left")
def give_back(act: StayAct) -> HttpResponse:
    still = list(_things(act.page).kept())
    return act.answer(
        GiveBackForm(act.typed, kept=still, colleagues=_colleagues(act), initial={"signed_by": act.page.name}),
        operations.return_belongings,
        stay=act.stay,
        done=_("Pengembalian disimpan. Cetak dua lembar, lalu tanda tangani."),
        leads_to=act.page.part("kept"),
    )


@stay_act(KEEP, gettext_lazy("Catat uang"), "coin")
def money(act: StayAct) -> HttpResponse:
    return act.answer(
        MoneyForm(act.typed, colleagues=_colleagues(act)),
        operations.write_money,
        stay=act.stay,
        done=_("Uang titipan dicatat."),
        leads_to=act.page.part("kept"),
    )


@stay_act(KEEP, gettext_lazy("Batalkan baris"))
def reverse_money(act: StayAct, line_id: UUID) -> HttpResponse:
    line = get_object_or_404(MoneyLine.objects.visible_to(act.page.reader), stay=act.stay, pk=line_id)
    line.stay = act.stay
    return act.answer(
        ReverseForm(act.typed, colleagues=_colleagues(act)),
        operations.reverse_money,
        line=line,
        lead=_("Baris lama tetap terbaca. Baris baru mengembalikan jumlahnya."),
        done=_("Baris dibatalkan."),
        leads_to=act.page.part("kept"),
    )


@open_to(SEE_STAY)
@require_safe
def paper(request: HttpRequest, stay_id: UUID, paper_id: UUID) -> HttpResponse:
    """A handover in two copies, to be signed: one for whose things they are, one for the house."""
    page = load_stay(request, stay_id, _("Mencetak serah terima barang"))
    found = Handover.objects.visible_to(page.reader).filter(stay=page.stay, pk=paper_id)
    handover = found.select_related("written_by", "witness").first()
    if handover is None:
        raise Http404
    context = {
        "page": page,
        "stay": page.stay,
        "paper": handover,
        "belongings": _things(page).filter(received=handover) | _things(page).filter(returned=handover),
        "copies": [_("Lembar untuk penghuni"), _("Lembar untuk rumah ini")],
        "trail": page.trail(Link(_("Barang dan uang titipan"), page.part("kept")), Link(_("Serah terima"))),
    }
    return render(request, "residence/paper.html", context)


def _things(page: LoadedStay) -> BelongingQuerySet:
    return Belonging.objects.visible_to(page.reader).filter(received__stay=page.stay).select_related("returned")


def _colleagues(act: StayAct) -> Colleagues:
    return colleagues_of(act.page.reader, unit=act.stay.unit, on=day_at(act.stay.unit, timezone.now()))
