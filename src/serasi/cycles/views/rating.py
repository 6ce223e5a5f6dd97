"""Taking down what somebody says of the domains of a life, and mending it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.cycles import operations
from serasi.cycles.enums import Voice
from serasi.cycles.forms import CorrectRatingForm, RateForm, WithdrawForm
from serasi.cycles.permissions import RATE
from serasi.cycles.queries import domain_sets_on
from serasi.cycles.views.loading import load_cycles, load_rating


@open_to(RATE)
@require_http_methods(WRITES)
def rate(request: HttpRequest, case_id: UUID, set_code: str) -> HttpResponse:
    """One voice at a time; a day that is past may be written down later."""
    title = _("Catat nilai ranah")
    page = load_cycles(request, case_id, title)
    page.require(operations.rate)
    chosen = next((one for one in domain_sets_on(page.today) if one.code == set_code), None)
    if chosen is None:
        raise Http404
    initial = {"voice": Voice.SELF, "rated_on": page.today}
    form = RateForm(request.POST or None, domains=list(chosen.domains.order_by("order")), initial=initial)
    back = reverse("cycles:curve", args=[case_id])
    lead = _("%(set)s. Nilai menunjukkan arah bagi satu orang; bukan ujian dan tidak dirata-ratakan.") % {"set": chosen}
    around = page.form_page(title, button=_("Simpan nilai"), back=back, lead=lead)
    return written(request, form, operations.rate, page=around, done=_("Nilai disimpan."), case=page.case)


@open_to(RATE)
@require_http_methods(WRITES)
def correct_rating(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    title = _("Betulkan nilai")
    page, rating = load_rating(request, rating_id, title)
    page.require(operations.correct_rating)
    form = CorrectRatingForm(
        request.POST or None, domain=rating.domain, initial={"step": rating.step, "words": rating.words}
    )
    back = reverse("cycles:curve", args=[page.case.pk])
    around = page.form_page(title, back=back, lead=str(rating.domain))
    return written(request, form, operations.correct_rating, page=around, done=_("Nilai dibetulkan."), rating=rating)


@open_to(RATE)
@require_http_methods(WRITES)
def withdraw_rating(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    title = _("Tarik nilai")
    page, rating = load_rating(request, rating_id, title)
    page.require(operations.withdraw_rating)
    back = reverse("cycles:curve", args=[page.case.pk])
    lead = f"{rating.domain}: {rating.step}"
    around = page.form_page(title, back=back, lead=lead)
    form = WithdrawForm(request.POST or None)
    return written(request, form, operations.withdraw_rating, page=around, done=_("Nilai ditarik."), rating=rating)
