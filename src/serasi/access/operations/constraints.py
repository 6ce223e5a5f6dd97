"""From a constraint that the database found broken to the sentence that stands beside it in the model."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DataError, Error, models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class BrokenConstraint:
    message: Any
    field: str | None = None


def broken_constraint(error: Error) -> BrokenConstraint | None:
    """What to tell the person; None when nobody who types can have caused it."""
    if isinstance(error, DataError):
        return BrokenConstraint(_("Ada isian yang terlalu panjang atau di luar batas. Ringkaslah, lalu simpan lagi."))
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return _sentences().get(name) if name else None


@cache
def _sentences() -> dict[str, BrokenConstraint]:
    """Every named constraint of every model that brings a sentence of its own, and every unique field."""
    found: dict[str, BrokenConstraint] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.violation_error_message != constraint.default_violation_error_message:
                found[constraint.name] = BrokenConstraint(constraint.violation_error_message)
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.Field) and field.unique and not field.primary_key:
                sentence = _unique_sentence(field)
                found[f"{model._meta.db_table}_{field.column}_key"] = sentence
                found[f"{model._meta.db_table}_{field.column}_uniq"] = sentence
    return found


def _unique_sentence(field: Any) -> BrokenConstraint:
    default = models.Field.default_error_messages["unique"]
    message = field.error_messages["unique"]
    if message == default:
        message = _("Nilai ini sudah dipakai; pilih yang lain.")
    return BrokenConstraint(message, field.name)
