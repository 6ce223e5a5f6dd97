"""The page of one household: who belongs to it, now and before, and who joins."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from serasi.access.operations import Refused
from serasi.common.components import Link
from serasi.people.forms.detail import JoinForm
from serasi.people.operations import join_household_of
from serasi.people.permissions import EDIT, OPEN
from serasi.people.presenters import address_line, household_table, likely_to_choose
from serasi.people.queries.page import household_page
from serasi.people.queries.search import find_people, may_search
from serasi.people.views.loading import PersonHidden, load_person, reader_of, trail_of


@require_http_methods(["GET", "POST"])
@never_cache
def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Members the reader may see. Someone registered is found by `?q=`, chosen by `?dengan=`, and joins by the form."""
    reader = reader_of(request, OPEN)
    page = household_page(reader, pk)
    if page is None:
        raise PersonHidden
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    inside = {member.person_id for member in page.members if member.period.upper is None}
    found = find_people(by=reader, text=text) if text and may_search(reader) else ()
    joining = None
    if request.GET.get("dengan"):
        joining = load_person(request, _uuid(request.GET["dengan"]), permission=EDIT)
    form = JoinForm(request.POST or None) if joining else None
    status = 200
    if request.method == "POST":
        status = 422
        if form is None or joining is None:
            raise PersonHidden
        if form.is_valid():
            try:
                join_household_of(
                    id=form.record_id,
                    person=joining,
                    member=page.members[0],
                    relation=form.cleaned_data["relation"],
                    since=form.cleaned_data["since"],
                    by=reader,
                    at=timezone.now(),
                )
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Tersimpan."))
                return redirect("people:household", pk=pk)
    context = {
        "household": page.household,
        "address": address_line(page.household),
        "table": household_table(page.members, reader, timezone.localdate()),
        "form": form,
        "joining_name": joining.shown_name(to=reader) if joining else "",
        "text": text,
        "likely": likely_to_choose(found, reader, timezone.localdate(), besides=inside),
        "may_edit": reader.scope.has(EDIT) and may_search(reader),
        "trail": trail_of(None, reader, Link(_("Keluarga"))),
    }
    return render(request, "people/household.html", context, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise PersonHidden from error
