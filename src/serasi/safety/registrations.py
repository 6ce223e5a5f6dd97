"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.cases.registry import Panel, register_due, register_panel, register_timeline
from serasi.people.models import Person
from serasi.people.operations import CannotMerge
from serasi.people.registry import register_merge_rule
from serasi.safety import due_sources, operations, queries, timeline_sources
from serasi.safety.models import Restraint
from serasi.safety.permissions import SEE_INCIDENT

DOORS = (operations, queries)


def refuse_restrained_twice(kept: Person, absorbed: Person) -> None:
    """Nobody was restrained twice at once: the records are of two people. Asked with whole sight; no house is named."""
    theirs = Restraint.objects.filter(person=absorbed).values_list("period", flat=True)
    if any(Restraint.objects.filter(person=kept, period__overlap=period).exists() for period in theirs):
        raise CannotMerge(_("Kedua data ini tercatat dikekang atau diisolasi pada waktu yang sama: bukan satu orang."))


def register() -> None:
    register_panel(Panel(40, _("Keselamatan"), "safety:of_case", SEE_INCIDENT))
    register_merge_rule("safety", refuse_restrained_twice)
    for source in timeline_sources.SOURCES:
        register_timeline(source)
    for due in due_sources.SOURCES:
        register_due(due)
