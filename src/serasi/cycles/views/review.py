"""A review: what is awaited, who is asked to come, how it was held, how that is mended."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, written
from serasi.access.gate import open_to
from serasi.access.models import User
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case, TeamMember
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.header import veil_over
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.queries.workers import workers_of
from serasi.common.components import Link
from serasi.cycles import operations, presenters
from serasi.cycles.forms import CorrectReviewForm, HoldForm, PlanReviewForm, WithdrawForm
from serasi.cycles.forms.review import initial_guests, initial_meeting
from serasi.cycles.models import Meeting, Review, Seat
from serasi.cycles.operations import NotAwaited
from serasi.cycles.permissions import HOLD_REVIEW
from serasi.cycles.queries import Turn, carried_into
from serasi.cycles.views.loading import Loaded, load_meeting, load_review


def _url(review: Review) -> str:
    return reverse("cycles:review", args=[review.pk])


def _title(turn: Turn, review: Review) -> str:
    return f"{review}, {presenters.turn_title(turn).lower()}"


def _trail(page: Loaded, review: Review, *more: Link) -> list[Link]:
    return page.trail(Link(str(review), _url(review) if more else ""), *more)


def _around(page: Loaded, review: Review, title: str, *, lead: str = "") -> FormPage:
    lead = lead or _title(page.turn(review.cycle_id), review)
    return page.form_page(title, back=_url(review), lead=lead, above=Link(str(review), _url(review)))


def _team(case: Case) -> QuerySet[User]:
    on_team = TeamMember.objects.in_force(timezone.now()).filter(case=case).values("user")
    return User.objects.filter(pk__in=on_team).order_by("full_name")


def _staff(page: Loaded) -> list[User]:
    """Who may come: the team, and whoever works in the unit and opens files."""
    workers = workers_of(page.case.unit, page.today).order_by().values("pk")
    people = User.objects.filter(Q(pk__in=_team(page.case).order_by().values("pk")) | Q(pk__in=workers))
    return list(people.order_by("full_name"))


@open_to(OPEN_CASE_FILE)
@require_safe
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    page, one = load_review(request, review_id, _("Membaca tinjauan"))
    turn = page.turn(one.cycle_id)
    stand = next(stand for stand in turn.reviews if stand.review.pk == one.pk)
    is_awaited = turn.awaits(one)
    seats = Prefetch("seats", queryset=Seat.objects.select_related("user").order_by("pk"))
    history = Meeting.objects.filter(review=one).select_related("written_by").prefetch_related(seats)
    context = {
        "page": page,
        "review": one,
        "turn": turn,
        "title": _title(turn, one),
        "stand": stand,
        "status": presenters.due_status(stand.due),
        "meeting": next((held for held in history if held.is_in_force), None),
        "earlier": [held for held in history if not held.is_in_force],
        "outcomes": [(found, presenters.result_status(found.result)) for found in turn.outcomes]
        if one.is_closing
        else [],
        "carried": carried_into(page.turns, one.cycle),
        "invitations": [] if stand.meeting else list(one.invitations.select_related("user")),
        "decisions": [found.task for found in one.decisions.select_related("task__owner")],
        "may_plan": is_awaited and page.may_do(operations.plan_review),
        "may_hold": is_awaited and page.may_do(operations.hold_review),
        "may_correct": stand.meeting is not None and page.may_do(operations.correct_review),
        "may_rate": page.may_do(operations.rate),
        "trail": _trail(page, one),
    }
    return render(request, "cycles/review.html", context)


@open_to(HOLD_REVIEW)
@require_http_methods(WRITES)
def plan(request: HttpRequest, review_id: UUID) -> HttpResponse:
    title = _("Rencanakan dan undang")
    page, one = load_review(request, review_id, title)
    page.require(operations.plan_review)
    asked = list(one.invitations.all())
    initial = {
        "planned_at": one.planned_at,
        "place": one.planned_place,
        "revision": one.revision,
        **initial_guests(asked),
    }
    form = PlanReviewForm(request.POST or None, staff=_staff(page), initial=initial)
    return written(
        request,
        form,
        operations.plan_review,
        page=_around(page, one, title),
        done=_("Tinjauan direncanakan."),
        review=one,
    )


@open_to(OPEN_CASE_FILE)
@require_safe
def invitations(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """To be printed: who is asked, and a letter for each, the person first."""
    page, one = load_review(request, review_id, _("Mencetak undangan tinjauan"))
    asked = list(one.invitations.select_related("user"))
    turn = page.turn(one.cycle_id)
    is_closed_off = page.case.confidentiality in {Confidentiality.SPPA, Confidentiality.SEALED}
    context = {
        "page": page,
        "review": one,
        "title": _title(turn, one),
        "name": page.case.person.initials if is_closed_off else page.name,  # paper is read by more
        "veil": veil_over(page.case.person) if is_closed_off else page.veil,
        "guests": asked,
        "trail": _trail(page, one, Link(_("Undangan"))),
    }
    return render(request, "cycles/invitations.html", context)


@open_to(HOLD_REVIEW)
@require_http_methods(WRITES)
def hold(request: HttpRequest, review_id: UUID) -> HttpResponse:
    title = _("Catat tinjauan")
    page, one = load_review(request, review_id, title)
    page.require(operations.hold_review)
    turn = page.turn(one.cycle_id)
    if request.method != "POST" and (
        turn.next is None or any(s.meeting for s in turn.reviews if s.review.pk == one.pk)
    ):
        raise NotAwaited
    initial = initial_guests(list(one.invitations.all()))
    initial |= {"held_on": page.today, "place": one.planned_place}
    if one.is_closing:
        initial["next_starts_on"] = max(one.cycle.ends_on, page.today) + timedelta(days=1)
    form = HoldForm(
        request.POST or None,
        review=one,
        team=_team(page.case),
        staff=_staff(page),
        goals=goals_to_judge(page.case) if one.is_closing else [],
        veil=page.veil,
        may_open_next=page.may_do(operations.start_cycle),
        initial=initial,
    )
    return written(
        request,
        form,
        operations.hold_review,
        page=_around(page, one, title),
        done=_("Tinjauan dicatat."),
        review=one,
        template="cycles/hold.html",
        context={"carried": carried_into(page.turns, one.cycle), "loaded": page},
    )


@open_to(HOLD_REVIEW)
@require_http_methods(WRITES)
def correct(request: HttpRequest, review_id: UUID) -> HttpResponse:
    title = _("Betulkan tinjauan")
    page, meeting = load_meeting(request, review_id, title)
    page.require(operations.correct_review)
    goals = [one.goal for one in meeting.outcomes.select_related("goal").order_by("pk")]
    form = CorrectReviewForm(
        request.POST or None, staff=_staff(page), goals=goals, veil=page.veil, initial=initial_meeting(meeting)
    )
    around = _around(page, meeting.review, title)
    return written(
        request, form, operations.correct_review, page=around, done=_("Tinjauan dibetulkan."), meeting=meeting
    )


@open_to(HOLD_REVIEW)
@require_http_methods(WRITES)
def withdraw(request: HttpRequest, review_id: UUID) -> HttpResponse:
    title = _("Tarik catatan tinjauan")
    page, meeting = load_meeting(request, review_id, title)
    page.require(operations.withdraw_review)
    form = WithdrawForm(request.POST or None)
    lead = _("Tinjauan ini ditunggu lagi. Catatannya tetap dapat dibaca sebagai riwayat.")
    around = _around(page, meeting.review, title, lead=lead)
    return written(request, form, operations.withdraw_review, page=around, done=_("Catatan ditarik."), meeting=meeting)
