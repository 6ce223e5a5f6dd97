"""Patterns of incidents: what happens when and where; counts without names, and for the house who comes up again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Cell, Column, LineChart, Series, StackedBar, Table
from serasi.common.periods import add_months
from serasi.residence.queries import beginning_of, day_at
from serasi.safety.enums import SEVERITY_WORDS, IncidentKind, Severity
from serasi.safety.forms import PatternFilter
from serasi.safety.permissions import COUNT, SEE_INCIDENT
from serasi.safety.queries import Pattern, houses_of, pattern_of, repeated_people
from serasi.safety.queries.pattern import told, told_line
from serasi.safety.views.writing import tabs

MONDAY = date(2024, 1, 1)


@open_to(COUNT)
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    reader = signed_in(request)
    houses = houses_of(reader, COUNT)
    form = PatternFilter(request.GET, units=[(str(unit.pk), unit.name) for unit in houses])
    chosen = form.chosen
    units = [unit for unit in houses if str(unit.pk) == chosen.get("unit")] or houses
    months = int(chosen.get("bulan", "3"))
    now = timezone.now()
    first_month = add_months(day_at(units[0], now).replace(day=1), 1 - months)
    since = beginning_of(units[0], first_month)
    found = pattern_of(units, since, now)
    is_whole = all(may(reader, SEE_INCIDENT, on=unit) for unit in units)
    context = {
        "tabs": tabs(reader, "safety:patterns"),
        "filter": form,
        "found": found,
        "is_whole": is_whole,
        "total": told(found.total, is_whole=is_whole),
        **_shown(found, first_month, months, is_whole=is_whole),
        "repeated": _repeated(units, reader, since, is_whole=is_whole),
    }
    return render(request, "safety/patterns.html", context)


def _shown(found: Pattern, first_month: date, months: int, *, is_whole: bool) -> dict[str, Any]:
    """Charts with their tables for who may know every number; for others tables alone, small numbers kept back."""
    by_month = [add_months(first_month, number) for number in range(months)]
    hours = [
        (_("%02d–%02d") % (hour, hour + 3), [found.hours.get(h, 0) for h in range(hour, hour + 3)])
        for hour in range(0, 24, 3)
    ]
    weekdays = [(date_format(MONDAY + timedelta(days=day), "l"), found.weekdays.get(day + 1, 0)) for day in range(7)]
    kinds = sorted(found.kinds, key=lambda code: (-found.kinds[code], code))
    wards = sorted(found.wards, key=lambda name: (-found.wards[name], name))
    lines = {
        "hours": (_("Jam kejadian"), _("Pukul"), [(label, sum(numbers)) for label, numbers in hours]),
        "weekdays": (_("Hari kejadian"), _("Hari"), weekdays),
        "wards": (
            _("Tempat kejadian"),
            _("Wisma"),
            [(name or _("Di luar wisma"), found.wards[name]) for name in wards],
        ),
    }
    severities = [(str(SEVERITY_WORDS[one]), one.value) for one in Severity]
    trend = [(date_format(month, "M Y"), found.months.get(month, 0)) for month in by_month]
    if not is_whole:
        return {
            "tables": [
                _table(
                    _("Jenis kejadian"),
                    _("Kejadian"),
                    [(str(IncidentKind(code).label), found.kinds[code]) for code in kinds],
                ),
                _table(
                    _("Berat kejadian"),
                    _("Berat"),
                    [(label, found.severities.get(code, 0)) for label, code in severities],
                ),
                *(_table(*line) for line in lines.values()),
                _table(_("Dari bulan ke bulan"), _("Bulan"), trend),
            ]
        }
    return {
        "kinds": StackedBar(
            _("Jenis dan beratnya"),
            [label for label, _code in severities],
            [
                (str(IncidentKind(code).label), [found.kinds_by_severity.get((code, s), 0) for _label, s in severities])
                for code in kinds
            ],
            row_title=_("Kejadian"),
        ),
        "bars": [
            StackedBar(title, [_("Kejadian")], [(label, [number]) for label, number in rows], row_title=row_title)
            for title, row_title, rows in lines.values()
        ],
        "trend": LineChart(
            _("Dari bulan ke bulan"),
            [label for label, _number in trend],
            [Series(_("Kejadian"), [number for _label, number in trend])],
            label_title=_("Bulan"),
        ),
    }


def _table(title: str, row_title: str, rows: Sequence[tuple[str, int]]) -> Table:
    return Table(
        columns=[Column(row_title), Column(_("Jumlah"), number=True)],
        rows=[
            [label, number]
            for (label, _number), number in zip(rows, told_line([number for _label, number in rows]), strict=True)
        ],
        caption=title,
    )


def _repeated(units: Sequence[Unit], reader: User, since: datetime, *, is_whole: bool) -> Table | None:
    """Of one house, for who may read its incidents."""
    if not is_whole or len(units) != 1:
        return None
    people = repeated_people(reader, units[0], since)
    if not people:
        return None
    return Table(
        columns=[Column(_("Siapa")), Column(_("Kejadian"), number=True)],
        rows=[[Cell(one.name), one.incidents] for one in people],
        caption=_("Berulang kali terdampak atau pelaku"),
    )
