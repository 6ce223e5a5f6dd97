"""The list of people and the search over the whole register."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from serasi.common.components import page_of
from serasi.people.enums import HEALTH_KINDS
from serasi.people.forms.person import PersonFilter
from serasi.people.models import Person, PersonKind
from serasi.people.permissions import MERGE, OPEN, REGISTER
from serasi.people.presenters import found_table, people_table, register_url
from serasi.people.queries.page import PeopleListed
from serasi.people.queries.search import MOST, find_people, may_search
from serasi.people.views.loading import reader_of


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Without a name: the people of one's units. With one: whoever it may mean in the whole register."""
    reader = reader_of(request, OPEN)
    form = PersonFilter(request.GET)
    chosen = form.chosen
    today = timezone.localdate()
    text = chosen.get("q", "") if may_search(reader) else ""
    context = {
        "form": form,
        "text": text,
        "register_url": register_url(request.GET.get("cari", "")) if reader.scope.has(REGISTER) else "",
        "may_search": may_search(reader),
        "may_merge": reader.scope.has(MERGE),
    }
    if text:
        found = find_people(
            by=reader,
            text=text,
            sex=chosen.get("sex", ""),
            year=chosen.get("year"),
            own_units_only=bool(chosen.get("here")),
        )
        if chosen.get("kind"):
            kinds = kinds_of([result.person_id for result in found])
            found = tuple(
                result for result in found if chosen["kind"] in {code for code, _n in kinds[result.person_id]}
            )
        context |= {"table": found_table(found, reader, today), "count": len(found), "is_full": len(found) >= MOST}
    else:
        page = page_of(
            PeopleListed(reader, kind=chosen.get("kind", ""), sex=chosen.get("sex", ""), year=chosen.get("year")),
            request.GET,
        )
        shown: Sequence[Person] = list(page)
        kinds = kinds_of([person.pk for person in shown])
        words = {pk: [name for _code, name in pairs] for pk, pairs in kinds.items()}
        context |= {"table": people_table(shown, reader, today, words), "page": page, "count": page.paginator.count}
    return render(request, "people/list.html", context)


def kinds_of(ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """The kinds of PPKS these people are of today: code and name."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = PersonKind.objects.filter(person_id__in=ids, period__contains=timezone.localdate())
    for row in rows.exclude(kind__in=HEALTH_KINDS).select_related("kind"):
        found[row.person_id].append((row.kind_id, str(row.kind)))
    return found
