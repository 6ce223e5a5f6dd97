"""Rounds: one answer for all, exceptions by touch."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.gate import open_to
from serasi.common.components import Link
from serasi.daily import operations
from serasi.daily.enums import RoundKind
from serasi.daily.forms import RoundForm
from serasi.daily.models import Round
from serasi.daily.permissions import WRITE_DAY
from serasi.daily.queries import diets_of
from serasi.daily.views.loading import WRITES, answered, load_ward, moment_sent
from serasi.residence.queries import day_at


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def make_round(request: HttpRequest, ward_id: UUID, kind: str) -> HttpResponse:
    if kind not in RoundKind.values:
        raise Http404
    page, asked = load_ward(request, ward_id, code=WRITE_DAY), RoundKind(kind)
    day = day_at(page.unit, page.now)
    diets = diets_of(unit=page.unit, day=day, reader=page.reader) if asked.is_meal else {}
    moment = moment_sent(request, page.now)
    here = page.here_at(moment)
    form = RoundForm(
        request.POST or None,
        people=[one for one in here if one.is_present and one.is_known],
        at=moment,
        kind=asked,
        diets=lambda stay: diets.get(stay, ()),
    )
    before = (
        Round.objects.filter(ward=page.ward, kind=asked, taken_at__gte=page.shift.begins_at)
        .select_related("written_by")
        .first()
    )
    context = {
        "page": page,
        "kind": asked,
        "before": before,
        "unknown": [one for one in here if one.is_present and not one.is_known],
        "away": [one for one in here if not one.is_present],
        "trail": page.trail(Link(str(asked.label))),
    }
    return answered(
        request,
        form,
        lambda: operations.make_round(ward=page.ward, **form.facts(), by=page.reader, at=page.now),
        done=_("%s dicatat untuk semua.") % asked.label,
        leads_to=page.url,
        template="daily/round.html",
        context=context,
    )
