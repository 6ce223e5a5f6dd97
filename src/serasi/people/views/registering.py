"""Registering: search first, then the form, then whoever it may already be."""

from collections.abc import Sequence
from typing import Any
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
from serasi.common.forms import ApproximateAge
from serasi.common.nik import read_kk, read_nik, warnings_for, warnings_for_kk
from serasi.institutions.models import Region
from serasi.people import reference
from serasi.people.forms.person import RegisterForm, UnknownForm
from serasi.people.operations import LikelySame, NewPerson, SameNikNeedsReason, register_person
from serasi.people.permissions import REGISTER
from serasi.people.presenters import facts_in_line, recognise_link
from serasi.people.queries.matching import Match
from serasi.people.queries.search import understand
from serasi.people.registry import Errand, errand_of
from serasi.people.views.loading import reader_of, trail_of

NOBODY = UUID(int=0)


@require_http_methods(["GET", "POST"])
@never_cache
def register(request: HttpRequest, *, is_unknown: bool = False) -> HttpResponse:  # noqa: PLR0911  (one answer for each outcome)
    """The form; when it looks like someone registered or something is doubtful, a page that asks; then the person."""
    reader = reader_of(request, REGISTER)
    initial = _searched_for(request.GET.get("q", ""))
    kind_of_form = UnknownForm if is_unknown else RegisterForm
    form = kind_of_form(request.POST or None, user=reader, initial=initial)
    if not form.units:
        raise NotAllowed
    if request.method != "POST" or "back" in request.POST:
        if "back" in request.POST:
            form = kind_of_form(request.POST, user=reader)
        return _form_page(request, form, is_unknown=is_unknown)
    if not form.is_valid():
        return _form_page(request, form, is_unknown=is_unknown, status=422)
    facts = form.facts()
    doubts = doubts_about(facts)
    if doubts and request.POST.get("checked") != "1":
        return _check_page(request, form, doubts=doubts)
    try:
        person = register_person(
            id=form.record_id,
            new=NewPerson(
                not_same_as=_ids(request.POST.getlist("not_same_as")),
                distinct_reason=request.POST.get("distinct_reason", "").replace("\x00", "").strip()[:300],
                **facts,
            ),
            unit=form.chosen_unit,
            by=reader,
            at=timezone.now(),
        )
    except LikelySame as likely:
        # The operation took its own log line back with it; matches are shown, so the search is on record.
        log_look(by=reader, subject=Subject.PERSON, subject_id=NOBODY, purpose="cari")
        return _check_page(request, form, matches=likely.matches, doubts=doubts)
    except SameNikNeedsReason as refused:
        return _check_page(request, form, doubts=doubts, refused=refused, asks_reason=True, status=422)
    except Refused as refused:
        form.add_refusal(refused)
        return _form_page(request, form, is_unknown=is_unknown, status=422)
    messages.success(request, _("%(name)s terdaftar.") % {"name": person.shown_name(to=reader)})
    errand = errand_of(reader, request.GET)
    return redirect(errand.go_on_url(person.pk)) if errand else redirect("people:person", pk=person.pk)


def _searched_for(text: str) -> dict[str, Any]:
    """What was searched for in vain stands in the field where it belongs; of a year of birth, the age it comes to."""
    asked = understand(text)
    if asked.is_number:
        return {"nik": asked.nik, "phone": asked.phones[0] if asked.phones else ""}
    age = timezone.localdate().year - asked.year if asked.year else None
    return {"full_name": asked.name[:150], "age": ApproximateAge(age, "year") if age and 0 < age <= 120 else None}


def doubts_about(facts: dict[str, Any]) -> list[str]:
    """What deserves a second look and refuses nothing: numbers that differ from the form, kinds that do not fit."""
    doubts: list[str] = []
    if facts.get("nik"):
        sex = facts["sex"] if facts["sex"] in {"L", "P"} else None
        found = warnings_for(
            read_nik(facts["nik"]), birth_date=facts.get("birth_date"), sex=sex, known_region=_is_known_region
        )
        doubts += [warning.message for warning in found]
    if facts.get("family_card"):
        found = warnings_for_kk(read_kk(facts["family_card"].digits), known_region=_is_known_region)
        doubts += [warning.message for warning in found]
    for code in facts.get("kinds", ()):
        doubts += [
            doubt.message
            for doubt in reference.kind_doubts(reference.ppks_kinds()[code], age=_age(facts), sex=facts["sex"])
        ]
    return doubts


def _age(facts: dict[str, Any]) -> int | None:
    year = facts.get("birth_year_from")
    return timezone.localdate().year - year if year else None


def _url_of_match(match: Match, errand: Errand | None) -> str:
    """Where "this is the one" leads: on with the errand, or to the person."""
    if not match.person:
        return ""
    return errand.go_on_url(match.person_id) if errand else reverse("people:person", args=[match.person_id])


def _is_known_region(code: str) -> bool:
    return Region.objects.filter(pk=code).exists()


def _ids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts[:50]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _form_page(request: HttpRequest, form: Any, *, is_unknown: bool, status: int = 200) -> HttpResponse:
    reader = reader_of(request, REGISTER)
    errand = errand_of(reader, request.GET)
    context = {
        "form": form,
        "is_unknown": is_unknown,
        "trail": trail_of(None, reader, Link(_("Daftarkan orang"))),
        "errand": errand,
        "other_url": reverse("people:register" if is_unknown else "people:register_unknown")
        + (errand.query if errand else ""),
    }
    return render(request, "people/register.html", context, status=status)


def _check_page(
    request: HttpRequest,
    form: Any,
    *,
    doubts: Sequence[str],
    matches: Sequence[Match] = (),
    refused: Refused | None = None,
    asks_reason: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Whoever it may already be, with why, and what is doubtful; all that was typed goes along."""
    reader = reader_of(request, REGISTER)
    own = {"csrfmiddlewaretoken", "not_same_as", "checked", "back", "distinct_reason"}
    typed = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    errand, today = errand_of(reader, request.GET), timezone.localdate()
    decided = [*request.POST.getlist("not_same_as"), *(str(match.person_id) for match in matches)]
    shown = [
        {
            "url": _url_of_match(match, errand),
            "name": match.person.shown_name(to=reader) if match.person else match.card.initials,
            "facts": facts_in_line(match.card, match.person, today),
            "reasons": match.reasons,
            "elsewhere": "" if match.person else recognise_link(match.card, reader),
            "has_same_nik": match.has_same_nik,
        }
        for match in matches
    ]
    context = {
        "typed": typed,
        "matches": shown,
        "errand": errand,
        "decided": [str(pk) for pk in _ids(list(dict.fromkeys(decided)))],
        "doubts": doubts,
        "refused": refused,
        "asks_reason": asks_reason or any(match["has_same_nik"] for match in shown),
        "distinct_reason": request.POST.get("distinct_reason", ""),
        "trail": trail_of(None, reader, Link(_("Daftarkan orang"))),
    }
    return render(request, "people/check.html", context, status=status)
