"""The register of restraint and isolation: what is running and when to look, what ended and waits for its review."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, Act, FormPage, View, act_on, written
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Event, Link, page_of
from serasi.common.identifiers import uuid7
from serasi.common.templatetags.serasi import waktu
from serasi.safety import operations, presenters
from serasi.safety.enums import Condition
from serasi.safety.forms import BeginForm, CheckForm, EndForm, RenewForm, ReviewForm
from serasi.safety.models import Incident, Restraint
from serasi.safety.permissions import RENEW, RESTRAIN, SEE_INCIDENT
from serasi.safety.queries import Names, names_in, residents_on_offer
from serasi.safety.reference import restraint_limits
from serasi.safety.views.writing import house_asked, ids_in, looking, tabs

CLOCK_SECONDS = 60
"""How often the page of a running restraint draws itself anew."""
WARNED: Final = "safety/warned_form.html"
WARNING: Final = {"warning": presenters.NEVER_FOR_PUNISHMENT}


@open_to(SEE_INCIDENT)
@require_safe
def restraints(request: HttpRequest) -> HttpResponse:
    """What is running, above; the register below, latest first."""
    reader, now = signed_in(request), timezone.now()
    seen = Restraint.objects.visible_to(reader).with_clock().select_related("unit")
    running = list(seen.running())
    page = page_of(seen.filter(period__endswith__isnull=False), request.GET)
    names = names_in(reader, [one.person_id for one in (*running, *page)])
    context = {
        "tabs": tabs(reader, "safety:restraints"),
        "running": presenters.restraint_table(running, names, now) if running else None,
        "page": page,
        "table": presenters.restraint_table(list(page), names, now),
        "limits": restraint_limits(),
        "warning": presenters.NEVER_FOR_PUNISHMENT,
        "may_begin": reader.scope.has(RESTRAIN),
    }
    return render(request, "safety/restraints.html", context)


@open_to(RESTRAIN)
@require_http_methods(WRITES)
def begin(request: HttpRequest) -> HttpResponse:
    unit = house_asked(request, RESTRAIN)
    if not isinstance(unit, Unit):
        return unit
    reader = signed_in(request)
    offer = residents_on_offer(
        unit=unit,
        reader=reader,
        at=timezone.now(),
        ticked=ids_in(request.POST.getlist("stay_id")),
        words=request.POST.get("look_for", "").strip()[:100],
    )
    form = BeginForm(
        typed_in(request), residents=offer.shown, total=offer.total, initial={"decided_by": reader.full_name}
    )
    title, back = _("Mulai pengekangan atau isolasi"), reverse("safety:restraints")
    trail = [Link(_("Pengekangan dan isolasi"), back), Link(title)]
    page = FormPage(title, _("Mulai"), back, caption=str(unit), trail=trail)
    return looking(request, form, page, WARNED, **WARNING) or written(
        request,
        form,
        operations.begin_restraint,
        page=page,
        done=_("Tercatat. Periksa orangnya pada waktunya."),
        leads_to=lambda made: reverse("safety:restraint", args=[made.pk]),
        template=WARNED,
        context=WARNING,
        unit=unit,
        incident=_incident_asked(request, unit, reader),
    )


def _incident_asked(request: HttpRequest, unit: Unit, reader: User) -> Incident | None:
    asked = ids_in([request.GET.get("kejadian", "")])
    return Incident.objects.visible_to(reader).filter(pk__in=asked, unit=unit).first() if asked else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A restraint this reader may see, and how the person is named."""

    restraint: Any
    reader: User
    names: Names
    lead: str = ""

    def may(self, code: str) -> bool:
        return may(self.reader, code, on=self.restraint)

    @property
    def caption(self) -> str:
        """Who, by the name this reader may read."""
        return self.names.of(self.restraint.person_id, self.restraint.tag)

    @property
    def url(self) -> str:
        return reverse("safety:restraint", args=[self.restraint.pk])

    def trail(self, *more: Link) -> list[Link]:
        register = Link(_("Pengekangan dan isolasi"), reverse("safety:restraints"))
        return [register, Link(self.caption, self.url if more else ""), *more]


def load(request: HttpRequest, restraint_id: UUID, purpose: str) -> Loaded:
    """The restraint, if this reader may see it; otherwise a 404 that does not say why. Opening it is logged."""
    reader = signed_in(request)
    seen = Restraint.objects.visible_to(reader).with_clock()
    found = get_object_or_404(
        seen.select_related("unit", "incident", "begun_by", "ended_by", "reviewed_by"), pk=restraint_id
    )
    if request.method == "GET":
        log_look(by=reader, subject=Subject.PERSON, subject_id=found.person_id, purpose=purpose, unit_id=found.unit_id)
    return Loaded(found, reader, names_in(reader, [found.person_id]))


@open_to(SEE_INCIDENT)
@require_safe
def restraint(request: HttpRequest, restraint_id: UUID) -> HttpResponse:
    page = load(request, restraint_id, _("Membaca pengekangan atau isolasi"))
    one, now = page.restraint, timezone.now()
    veil = page.names.veil
    may_keep = one.is_running and page.may(RESTRAIN)
    context = {
        "page": page,
        "restraint": one,
        "states": presenters.restraint_state(one, now),
        "is_over": one.is_running and now > one.limit_at,
        "lasting": presenters.lasting((one.ended_at or now) - one.began_at),
        "facts": presenters.restraint_facts(one, veil),
        "events": _events(one, veil),
        "warning": presenters.NEVER_FOR_PUNISHMENT,
        "quick": [(uuid7(), condition) for condition in Condition] if may_keep else [],
        "may_keep": may_keep,
        "may_renew": one.is_running and page.may(RENEW),
        "may_review": not one.is_running and one.reviewed_at is None and page.may(RENEW),
        "trail": page.trail(),
    }
    response = render(request, "safety/restraint.html", context)
    if one.is_running:
        response["Refresh"] = str(CLOCK_SECONDS)
    return response


def _events(one: Restraint, veil: Any) -> list[Event]:
    told = [Event(_("Dimulai"), one.began_at, str(one.begun_by), icon="lock")]
    for check in one.restraintchecks.select_related("written_by"):
        needs_help = check.condition == Condition.NEEDS_HELP
        told.append(
            Event(
                str(check.get_condition_display()),
                check.checked_at,
                str(check.written_by),
                veil.over(check.note),
                icon="eye",
                tone="bad" if needs_help else "primary",
            )
        )
    for renewal in one.restraintrenewals.select_related("written_by"):
        text = _("Sampai %(until)s: %(reason)s") % {
            "until": waktu(renewal.until_at),
            "reason": veil.over(renewal.reason),
        }
        told.append(
            Event(_("Diperpanjang"), renewal.written_at, str(renewal.written_by), text, icon="clock", tone="warn")
        )
    if one.ended_at is not None:
        told.append(Event(_("Diakhiri"), one.ended_at, str(one.ended_by), veil.over(one.end_note), icon="check"))
    if one.reviewed_at is not None:
        told.append(
            Event(_("Ditinjau"), one.reviewed_at, str(one.reviewed_by), veil.over(one.review), icon="checklist")
        )
    return sorted(told, key=lambda event: event.at or one.began_at, reverse=True)


# --- What is done about it -------------------------------------------------------------------------------------------


class RestraintAct(Act[Loaded]):
    """The page of one act, opened on a restraint."""

    __slots__ = ()

    @property
    def restraint(self) -> Any:
        return self.page.restraint


def restraint_act(permission: str, title: str | Promise, purpose: str | Promise) -> Callable[[View], View]:
    """The page of an act on a restraint, for who holds this permission there."""
    return act_on(RestraintAct, load, permission, title, purpose)


@restraint_act(
    RESTRAIN, gettext_lazy("Catat pemeriksaan"), gettext_lazy("Memeriksa orang yang dikekang atau diisolasi")
)
def check(act: RestraintAct) -> HttpResponse:
    """With its own form, or one tap on the page of the restraint: then it is checked now."""
    form = CheckForm(act.typed)
    if "sekarang" in act.request.POST:
        form.fields["checked_at"].required = False
    return act.answer(form, operations.check_restraint, done=_("Pemeriksaan dicatat."), restraint=act.restraint)


@restraint_act(RENEW, gettext_lazy("Putuskan diperpanjang"), gettext_lazy("Memperpanjang pengekangan atau isolasi"))
def renew(act: RestraintAct) -> HttpResponse:
    return act.answer(
        RenewForm(act.typed),
        operations.renew_restraint,
        button=_("Perpanjang"),
        done=_("Diperpanjang atas keputusan Anda."),
        template=WARNED,
        context=WARNING,
        restraint=act.restraint,
    )


@restraint_act(
    RESTRAIN, gettext_lazy("Akhiri pengekangan atau isolasi"), gettext_lazy("Mengakhiri pengekangan atau isolasi")
)
def end(act: RestraintAct) -> HttpResponse:
    done = _("Diakhiri. Kepala unit meninjaunya.")
    return act.answer(
        EndForm(act.typed), operations.end_restraint, button=_("Akhiri"), done=done, restraint=act.restraint
    )


@restraint_act(RENEW, gettext_lazy("Tinjau"), gettext_lazy("Meninjau pengekangan atau isolasi"))
def review(act: RestraintAct) -> HttpResponse:
    form = ReviewForm(act.typed)
    return act.answer(form, operations.review_restraint, done=_("Tinjauan disimpan."), restraint=act.restraint)
