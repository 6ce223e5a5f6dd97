"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.registry import Panel, register_due, register_panel
from serasi.foyer import due_sources, operations, queries
from serasi.foyer.models import Agreement
from serasi.foyer.permissions import SEE_AGREEMENT
from serasi.people.models import Person
from serasi.people.operations import CannotMerge
from serasi.people.registry import register_merge_rule
from serasi.residence.registry import StayPanel, register_stay_panel

DOORS = (operations, queries)


def refuse_two_agreements(kept: Person, absorbed: Person) -> None:
    """Nobody has two agreements at once. Asked with whole sight; no house is named."""
    for one in Agreement.objects.filter(person=absorbed):
        others = Agreement.objects.filter(person=kept).open_on(one.begins_date)
        if one.ended_date is not None:
            others = others.filter(begins_date__lt=one.ended_date)
        if others.exists():
            raise CannotMerge(
                _("Kedua data ini punya kesepakatan Foyer pada masa yang sama. Akhiri salah satunya, lalu gabungkan.")
            )


def register() -> None:
    register_panel(Panel(32, _("Foyer"), "foyer:of_case", OPEN_CASE_FILE))
    register_stay_panel(StayPanel(10, _("Yang boleh ia lakukan sendiri hari ini"), "foyer:of_stay", SEE_AGREEMENT))
    for source in due_sources.SOURCES:
        register_due(source)
    register_merge_rule("foyer", refuse_two_agreements)
