"""What was changed, in words: who, when, in which act, which field from what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import formats
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from serasi.access import registry
from serasi.access.enums import PersonalClass
from serasi.access.models import TrailEntry, User

_NAMING_FIELDS = ("full_name", "short_name", "name", "title", "number", "code")
_PLUMBING = frozenset({"id", "revision"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one write."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One row of one write, as a sentence and its changes."""

    at: datetime
    actor: str
    act: str
    what: str
    action: str
    record_id: UUID
    changes: tuple[Change, ...]


def trail_of(*record_ids: UUID, limit: int = 200) -> list[TrailLine]:
    """The writes to these records, latest first. One query, one for actors and one per kind of record pointed at."""
    entries = list(TrailEntry.objects.filter(record_id__in=record_ids).order_by("-at", "-id")[:limit])
    actors = dict(User.objects.filter(pk__in={e.actor_id for e in entries}).values_list("pk", "full_name"))
    named = _names_pointed_at(entries)
    return [
        TrailLine(
            at=entry.at,
            actor=actors.get(entry.actor_id, "?"),
            act=_act(entry.operation),
            what=_what(entry.table_name),
            action=entry.action,
            record_id=entry.record_id,
            changes=tuple(_changes(entry, named)),
        )
        for entry in entries
    ]


def _act(operation: str) -> str:
    permission = registry.permission_of(operation)
    return str(permission.meaning) if permission else ""


def _what(table: str) -> str:
    model = _model_of(table)
    return str(model._meta.verbose_name) if model else table


def _model_of(table: str) -> type[models.Model] | None:
    return next((m for m in apps.get_models() if m._meta.db_table == table), None)


def _columns(model: type[models.Model] | None) -> Mapping[str, Any]:
    return {str(f.column): f for f in model._meta.local_concrete_fields} if model else {}


def _names_pointed_at(entries: Iterable[TrailEntry]) -> dict[tuple[type[models.Model], str], str]:
    wanted: dict[type[models.Model], set[str]] = {}
    for entry in entries:
        columns = _columns(_model_of(entry.table_name))
        for values in (entry.before, entry.after):
            for column, value in (values or {}).items():
                field = columns.get(column)
                if isinstance(field, models.ForeignKey) and value is not None:
                    wanted.setdefault(field.related_model, set()).add(str(value))
    names: dict[tuple[type[models.Model], str], str] = {}
    for model, keys in wanted.items():
        fields = {f.name for f in model._meta.local_concrete_fields}
        naming = next((name for name in _NAMING_FIELDS if name in fields), None)
        if naming is None:
            continue
        for key, name in model._default_manager.filter(pk__in=keys).values_list("pk", naming):
            names[model, str(key)] = str(name)
    return names


def _changes(entry: TrailEntry, named: Mapping[tuple[type[models.Model], str], str]) -> Iterable[Change]:
    model = _model_of(entry.table_name)
    columns = _columns(model)
    before, after = entry.before or {}, entry.after or {}
    for column in sorted({*before, *after}, key=lambda c: list(columns).index(c) if c in columns else 999):
        if column in _PLUMBING:
            continue
        field = columns.get(column)
        old, new = before.get(column), after.get(column)
        if entry.action != "update" and old in (None, "", []) and new in (None, "", []):
            continue
        label = str(getattr(field, "verbose_name", column))
        if _is_hidden(model, field):
            hidden = _("(tidak ditampilkan)")
            yield Change(label[:1].upper() + label[1:], hidden if old else "", hidden if new else "")
        else:
            yield Change(label[:1].upper() + label[1:], _words(field, old, named), _words(field, new, named))


def _is_hidden(model: type[models.Model] | None, field: Any) -> bool:
    personal: Any = getattr(model, "personal", {})
    return field is not None and personal.get(field.name) in {PersonalClass.IDENTITY, PersonalClass.SECRET}


def _words(field: Any, value: Any, named: Mapping[tuple[type[models.Model], str], str]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        base = dict(getattr(getattr(field, "base_field", None), "flatchoices", ()) or ())
        return ", ".join(str(base.get(item, item)) for item in value)
    if isinstance(field, models.ForeignKey):
        return named.get((field.related_model, str(value)), str(value))
    choices = dict(getattr(field, "flatchoices", ()) or ())
    return str(choices.get(value if isinstance(value, str | int) else str(value), "")) or _moment_in_words(
        field, str(value)
    )


def _moment_in_words(field: Any, value: str) -> str:
    moment = parse_datetime(value) if isinstance(field, models.DateTimeField) else None
    if moment is not None:
        return formats.date_format(localtime(moment), "j M Y H.i")
    day = parse_date(value) if isinstance(field, models.DateField) else None
    if day is not None:
        return formats.date_format(day, "j M Y")
    return _period_in_words(value) if "Range" in type(field).__name__ else value


def _period_in_words(value: str) -> str:
    """PostgreSQL's "[2026-01-01,2026-02-01)" as people say it, with the last day included."""
    first, _comma, end = str(value).strip("[)(]").partition(",")
    begins, ends = parse_date(first), parse_date(end) if end else None
    if begins is None:
        return str(value)
    shown = formats.date_format(begins, "j M Y")
    if ends is None:
        return _("sejak %(day)s") % {"day": shown}
    last = date.fromordinal(ends.toordinal() - 1)
    return f"{shown} – {formats.date_format(last, 'j M Y')}"
