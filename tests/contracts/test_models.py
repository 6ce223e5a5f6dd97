"""Rules over all models: the direction of foreign keys, the class of every field, reasons for deletion."""

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from serasi.access.keeping import kept
from serasi.access.models import Record, tracked_models
from tests.contracts.source import HEIGHT, SOURCE, may_know, place, python_files, tree_of

WITHOUT_ROW_POLICY = {
    # Tells nothing of a person in need; each one a decision.
    "access.EmergencyAccess",
    "access.Posting",
    "access.SignIn",
    "access.Unit",
    "access.User",
    "assessments.Edition",
    "assessments.Instrument",
    "cases.CaseSeries",
    "cases.Letter",
    "cases.LetterSeries",
    "cases.Practice",
    "cases.TeamMember",
    "entitlements.Delivery",
    "fieldwork.Device",
    "foyer.Phase",
    "foyer.PhaseSet",
    "cycles.Cohort",
    "cycles.CyclePractice",
    "daily.DayPractice",
    "daily.VitalsPractice",
    "institutions.Capacity",
    "institutions.Institution",
    "institutions.ServiceOffer",
    "residence.AdmissionCriteria",
    "residence.Bed",
    "residence.Building",
    "residence.Room",
    "residence.Ward",
    "tablet.Tablet",
    "safety.IncidentSeries",
    "shelters.Gathering",
    "shelters.Helper",
    "shelters.TagRange",
    "surveys.Enumerator",
    "surveys.Release",
    "surveys.Survey",
    "surveys.Target",
}


def our_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("serasi."))


def test_foreign_keys_point_only_downward_or_home() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label in HEIGHT
        and not may_know(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert upward == []


def test_every_field_of_every_model_has_a_personal_class() -> None:
    unlike = {
        model._meta.label: sorted(set(getattr(model, "personal", {})) ^ {field.name for field in model._meta.fields})
        for model in our_models()
        if set(getattr(model, "personal", {})) - {"pk"} != {field.name for field in model._meta.fields} - {"pk"}
    }

    assert unlike == {}


def test_every_record_has_a_row_policy_or_a_decision_that_it_needs_none() -> None:
    open_records = {
        model._meta.label for model in our_models() if issubclass(model, Record) and model.row_policy is None
    }

    assert open_records == WITHOUT_ROW_POLICY


def test_what_is_superseded_is_kept_from_every_other_change_by_the_database() -> None:
    changeable = [
        model._meta.label
        for model in our_models()
        if any(field.name == "superseded_reason" for field in model._meta.fields)
        and kept(model._meta.db_table) not in getattr(model, "database_functions", "")
    ]

    assert changeable == []


def test_every_record_is_tracked() -> None:
    untracked = {model._meta.label for model in our_models() if issubclass(model, Record)} - {
        model._meta.label for model in tracked_models()
    }

    assert untracked == {
        "people.Candidate",  # what matching finds, written anew every night; decisions are tracked
        "access.SignIn",  # evidence itself: the application can only add to it
        "entitlements.Entry",  # its delivery is tracked: a trail of a list would outlive the deletion of the list
        "residence.Occupancy",  # drawn by the database from movements, which are tracked
        "surveys.Finding",  # derived from interviews, which are tracked
        "surveys.Reading",
        "surveys.Tally",
    }


def test_every_deletion_rule_has_its_reason_beside_it() -> None:
    unexplained = []
    for path in python_files():
        if "models" not in path.relative_to(SOURCE).parts:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree_of(path)):
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
                continue
            called = node.value.func
            if isinstance(called, ast.Attribute) and called.attr in {"ForeignKey", "OneToOneField"}:
                above = lines[node.lineno - 2].strip()
                if not above.startswith("#"):
                    unexplained.append(place(path, node))

    assert unexplained == []
