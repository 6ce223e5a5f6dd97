"""Records that may be one person: the list, one pair with its evidence, and asking the unit that knows the other."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, answer, tried
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.scope import Guard
from serasi.common.components import Link, page_of
from serasi.common.identifiers import uuid7
from serasi.people import candidate_presenters as presenters
from serasi.people.forms.candidate import AnswerForm, AskForm
from serasi.people.models import Person
from serasi.people.operations import answer_enquiry, ask_other_unit
from serasi.people.permissions import MERGE
from serasi.people.queries.candidates import Group, Side, enquiries_for, group_of, groups_for


@open_to(MERGE)
@require_safe
@never_cache
def candidates(request: HttpRequest) -> HttpResponse:
    """Who may stand in the register twice, the surest first."""
    reader = signed_in(request)
    page = page_of(groups_for(reader), request.GET)
    shown = list(page.object_list)
    context = {
        "page": page,
        "table": presenters.groups_table(shown, reader, timezone.localdate()) if shown else None,
        "trail": _trail(),
    }
    return render(request, "people/candidates.html", context)


@open_to(MERGE)
@require_http_methods(WRITES)
@never_cache
def candidate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One pair: both records, what speaks for and against, what to do; and the other pairs that hang on it."""
    reader = signed_in(request)
    group = group_of(reader, pk)
    if group is None:
        raise Http404
    pair, *others = group.pairs
    _looked(request, reader, pair.one, pair.two)
    form = AskForm(request.POST or None)
    unit = _unit_of(pair.one.person, reader) if not pair.is_mine else None
    if unit is not None and pair.one.person is not None:
        done = tried(
            request,
            form,
            ask_other_unit,
            done=_("Pertanyaan terkirim ke unit yang mencatatnya."),
            leads_to=reverse("people:enquiries"),
            person=pair.one.person,
            other_id=pair.two.pk,
            unit=unit,
        )
        if done is not None:
            return done
    context = {
        "pair": pair,
        "names": [presenters.name_of(side, reader) for side in (pair.one, pair.two)],
        "sureness": presenters.sureness(pair.candidate),
        "rows": presenters.side_by_side(pair.one, pair.two, reader),
        "evidence": presenters.evidence_table(pair.candidate),
        "others": presenters.groups_table([Group((other,)) for other in others], reader, timezone.localdate())
        if others
        else None,
        "may_ask": unit is not None,
        "apart_id": uuid7(),
        "trail": _trail(Link(_("Dua data"))),
    }
    return answer(request, "people/candidate.html", context, form)


@open_to(MERGE)
@require_safe
@never_cache
def enquiries(request: HttpRequest) -> HttpResponse:
    """What other units ask, and what was asked of them."""
    reader = signed_in(request)
    waiting, asked = enquiries_for(reader)
    context = {
        "waiting": presenters.enquiries_table(waiting, reader, answering=True) if waiting else None,
        "asked": presenters.enquiries_table(asked, reader, answering=False) if asked else None,
        "trail": _trail(Link(_("Pertanyaan antarunit"))),
    }
    return render(request, "people/enquiries.html", context)


@open_to(MERGE)
@require_http_methods(WRITES)
@never_cache
def enquiry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A question with both records; who was asked answers it here."""
    reader = signed_in(request)
    waiting, asked = enquiries_for(reader)
    found = next((row for row in (*waiting, *asked) if row[0].pk == pk), None)
    if found is None:
        raise Http404
    one, ours, theirs = found
    _looked(request, reader, ours)
    may_answer = one.answered_at is None and any(row[0].pk == pk for row in waiting)
    form, back = AnswerForm(request.POST or None), reverse("people:enquiries")
    done = may_answer and tried(request, form, answer_enquiry, done=_("Jawaban terkirim."), leads_to=back, enquiry=one)
    if done:
        return done
    title = _("Pertanyaan dari %(unit)s") % {"unit": one.unit} if may_answer else _("Pertanyaan")
    context = {
        "enquiry": one,
        "ours": ours,
        "theirs": theirs,
        "name": presenters.name_of(ours, reader),
        "rows": presenters.side_by_side(ours, theirs, reader),
        "verdict": presenters.verdict_of(one),
        "may_answer": may_answer,
        "may_recognise": theirs.person is None and one.verdict == "same",
        "page": FormPage(title, _("Kirim jawaban"), back),
        "trail": _trail(Link(_("Pertanyaan antarunit"), back), Link(title)),
    }
    return answer(request, "people/enquiry.html", context, form)


def _looked(request: HttpRequest, reader: User, *sides: Side) -> None:
    """Opening is logged for whom the reader sees here by name."""
    if request.method != "GET":
        return
    for side in sides:
        if side.person is not None:
            unit = _unit_of(side.person, reader)
            log_look(
                by=reader,
                subject=Subject.PERSON,
                subject_id=side.pk,
                purpose=_("Membandingkan dua data"),
                unit_id=unit.pk if unit else None,
            )


def _unit_of(person: Person | None, reader: User) -> Unit | None:
    """For which unit the reader acts upon this person."""
    known = person.known_units() if person is not None else ()
    return next((one.unit for one in known if reader.scope.allows(MERGE, Guard(one.unit.path))), None)


def _trail(*more: Link) -> list[Link]:
    listed = Link(_("Data ganda"), reverse("people:candidates") if more else "")
    return [Link(_("Orang"), reverse("people:list")), listed, *more]
