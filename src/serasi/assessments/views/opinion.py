"""Another opinion of a score."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.assessments import operations
from serasi.assessments.forms import OpinionForm
from serasi.assessments.permissions import JUDGE
from serasi.assessments.presenters import score_words
from serasi.assessments.views.loading import load_score


@open_to(JUDGE)
@require_http_methods(WRITES)
def state(request: HttpRequest, score_id: UUID) -> HttpResponse:
    title = _("Nyatakan pendapat lain")
    page, score = load_score(request, score_id, title)
    page.require(operations.state_opinion)
    back = reverse("assessments:filling", args=[score.assessment_id])
    lead = _("%(scale)s: %(words)s. Skor tetap tercatat; pendapat Anda tampil di sampingnya.") % {
        "scale": score.scale,
        "words": f"{score_words(score)} · {score.band}" if score.band else score_words(score),
    }
    form = OpinionForm(request.POST or None, score=score)
    around = page.form_page(title, button=_("Simpan pendapat"), back=back, lead=lead)
    return written(request, form, operations.state_opinion, page=around, done=_("Pendapat dicatat."), score=score)
