"""A row that looks like someone known: both side by side, and the decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.operations import NotAllowed, Refused
from serasi.common.components import Link
from serasi.interop.enums import Outcome
from serasi.interop.forms.roster import DecisionForm
from serasi.interop.models import RosterRow
from serasi.interop.operations import decide_other, decide_same, decide_skip
from serasi.interop.operations.judging import entry_of, says_pria_wanita
from serasi.interop.operations.row import NewMatches, refresh_matches
from serasi.interop.presenters import Likeness, likeness
from serasi.interop.views.loading import importer, load_row
from serasi.people.models import Person
from serasi.people.queries.search import cards


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whose row is this? Afterwards the next one that waits."""
    row = load_row(request, pk)
    if row.outcome != Outcome.WAITING:
        messages.info(request, _("Baris ini sudah diputuskan."))
        return redirect("interop:roster", pk=row.roster_id)
    alike = _alike(request, row)
    people = [(one.pk, one.who) for one in alike]
    form = DecisionForm(people=people)
    status = 200
    if request.method == "POST":
        form = DecisionForm(request.POST, people=people)
        status = 422
        if form.is_valid():
            try:
                _decide(request, row, form)
            except NotAllowed:
                raise
            except NewMatches as found:
                row = refresh_matches(row=row, by=importer(request), at=timezone.now())
                alike = _alike(request, row)
                form = DecisionForm(request.POST, people=[(one.pk, one.who) for one in alike])
                form.is_valid()
                form.add_refusal(found)
            except Refused as refused:
                form.add_refusal(refused)
            else:
                return _next(request, row)
    context = {
        "row": row,
        "alike": alike,
        "form": form,
        "trail": [
            Link(_("Impor daftar"), reverse("interop:rosters")),
            Link(row.roster.filename, reverse("interop:roster", args=[row.roster_id])),
            Link(_("Baris %(number)d") % {"number": row.number}),
        ],
    }
    return render(request, "interop/decide.html", context, status=status)


def _decide(request: HttpRequest, row: RosterRow, form: DecisionForm) -> None:
    by, at, answer = importer(request), timezone.now(), form.cleaned_data["answer"]
    if answer == DecisionForm.SKIP:
        decide_skip(row=row, by=by, at=at)
    elif answer == DecisionForm.OTHER:
        decide_other(row=row, reason=form.cleaned_data["reason"], by=by, at=at)
    else:
        decide_same(row=row, person_id=UUID(answer), by=by, at=at)


def _next(request: HttpRequest, row: RosterRow) -> HttpResponse:
    messages.success(request, _("Baris %(number)d diputuskan.") % {"number": row.number})
    following = RosterRow.objects.filter(roster=row.roster).of(Outcome.WAITING).order_by("number")
    after = following.filter(number__gt=row.number).first() or following.first()
    if after is None:
        return redirect("interop:roster", pk=row.roster_id)
    return redirect("interop:decide", pk=after.pk)


def _alike(request: HttpRequest, row: RosterRow) -> list[Likeness]:
    """The likely matches that may be shown, each beside the row. Showing someone's record is logged."""
    user = importer(request)
    ids = [UUID(match["id"]) for match in row.matches]
    found = {card.person_id: card for card in cards(by=user, ids=ids)}
    people = Person.objects.visible_to(user).in_bulk([pk for pk, card in found.items() if card.is_open])
    entry = entry_of(row, row.roster, timezone.localdate(), pria_wanita=says_pria_wanita(row.roster))
    if request.method == "GET":
        for pk in people:
            log_look(by=user, subject=Subject.PERSON, subject_id=pk, purpose=_("Membandingkan dengan baris daftar"))
    return [
        likeness(entry, match, people.get(pk), found[pk], user)
        for match, pk in zip(row.matches, ids, strict=True)
        if pk in found
    ]
