"""Going on: many at once, and the lists that go along."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, answer, attempt
from serasi.access.gate import open_to
from serasi.common.components import Column, Table
from serasi.shelters import presenters
from serasi.shelters.enums import Need, OutcomeKind
from serasi.shelters.forms import ManifestFilter, OnwardForm
from serasi.shelters.models import Arrival, Outcome
from serasi.shelters.operations import Onward, UnknownTags, account_for
from serasi.shelters.permissions import ACCOUNT_ARRIVAL, SEE_GATHERING
from serasi.shelters.queries import arrivals_of, outcomes_of
from serasi.shelters.views.loading import load_gathering


@open_to(ACCOUNT_ARRIVAL)
@require_http_methods(WRITES)
def onward(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Numbers, where they go, when: written together."""
    loaded = load_gathering(request, pk)
    loaded.require(ACCOUNT_ARRIVAL)
    chosen = [tag for tag in request.GET.getlist("nomor") if tag.isdigit()]
    form = OnwardForm(request.POST or None, initial={"arrivals": ", ".join(chosen)})

    def act() -> Onward:
        typed = form.cleaned_data
        here = Arrival.objects.visible_to(loaded.reader).filter(gathering=loaded.gathering, tag__in=typed["arrivals"])
        return account_for(
            batch=form.record_id,
            gathering=loaded.gathering,
            arrivals=_all_of(typed["arrivals"], list(here)),
            kind=typed["kind"],
            to_unit=typed["to_unit"] if typed["kind"] == OutcomeKind.PLACED else None,
            happened_at=typed["happened_at"],
            note=typed["note"],
            by=loaded.reader,
            at=timezone.now(),
        )

    if request.method == "POST" and (made := attempt(form, act)):
        count = len(made.outcomes)
        messages.success(request, ngettext("%d orang diteruskan.", "%d orang diteruskan.", count) % count)
        if form.cleaned_data["kind"] == OutcomeKind.PLACED and made.expected < count:
            messages.warning(
                request,
                _(
                    "%(expected)d dari %(count)d dipesankan tempat di unit tujuan. Yang lain belum dicocokkan dengan"
                    " daftar orang, sudah ditunggu di sana, atau unit itu harus memesannya sendiri: kabari mereka."
                )
                % {"expected": made.expected, "count": count},
            )
        return redirect(loaded.url)
    context = {
        "title": _("Teruskan"),
        "button": _("Catat"),
        "back": loaded.url,
        "trail": loaded.trail(_("Teruskan")),
    }
    return answer(request, "shelters/form.html", context, form)


def _all_of(tags: list[int], found: list[Arrival]) -> list[Arrival]:
    """Those of these numbers; a number that nobody wears is said, not passed over."""
    if missing := sorted(set(tags) - {arrival.tag for arrival in found}):
        raise UnknownTags(missing)
    return found


@open_to(SEE_GATHERING)
@require_safe
def manifest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A list to print: numbers, sex and age; names only where asked for, and only those one may read."""
    loaded = load_gathering(request, pk)
    form = ManifestFilter(request.GET)
    chosen = form.chosen
    found = list(arrivals_of(loaded.gathering, loaded.reader))
    outcomes = outcomes_of(found)
    wanted = chosen.get("tujuan", "")
    shown = [one for one in found if _is_wanted(outcomes.get(one.pk), wanted)]
    with_names = bool(chosen.get("nama")) and loaded.may(ACCOUNT_ARRIVAL)
    columns = [Column(_("Nomor")), Column(_("Jenis kelamin dan umur")), Column(_("Bersama")), Column(_("Kebutuhan"))]
    columns += [Column(_("Diteruskan ke")), Column(_("Barang titipan")), Column(_("Tanda tangan"))]
    rows = [
        [
            str(one.tag),
            presenters.about(one),
            "" if one.group_tag == one.tag else f"#{one.group_tag}",
            ", ".join([*_colour(one), *(str(Need(code).label) for code in one.needs)]),
            presenters.went(outcomes[one.pk]) if one.pk in outcomes else "",
            one.belongings,
            "",
        ]
        for one in shown
    ]
    if with_names:
        columns.insert(1, Column(_("Nama yang disebut")))
        for row, one in zip(rows, shown, strict=True):
            row.insert(1, one.shown_name(to=loaded.reader))
    context = {
        "gathering": loaded.gathering,
        "trail": loaded.trail(_("Manifes")),
        "filter": form,
        "table": Table(columns, rows) if rows else None,
        "count": len(rows),
        "at": timezone.now(),
    }
    return render(request, "shelters/manifest.html", context)


def _colour(one: Arrival) -> list[str]:
    return [] if one.health == "green" else [_("Merah") if one.health == "red" else _("Kuning")]


def _is_wanted(outcome: Outcome | None, wanted: str) -> bool:
    if not wanted:
        return True
    return outcome is None if wanted == "here" else outcome is not None and outcome.kind == wanted
