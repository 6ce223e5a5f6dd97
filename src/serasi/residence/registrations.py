"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.access.operations.units import register_closing_rule
from serasi.cases.registry import Panel, register_due, register_panel
from serasi.people.models import Person
from serasi.people.operations import CannotMerge
from serasi.people.registry import register_merge_rule, register_unlink_rule
from serasi.residence import operations, queries
from serasi.residence.due_sources import SOURCES
from serasi.residence.models import Reservation, Stay
from serasi.residence.permissions import SEE_STAY

DOORS = (operations, queries)


def refuse_two_places(kept: Person, absorbed: Person) -> None:
    """Nobody lived in two places at once: one of the stays is wrong, and is corrected before the records are merged.

    Also two reservations in one house would be of one person. Asked with whole sight; no house is named.
    """
    theirs = Stay.objects.filter(person=absorbed).values_list("period", flat=True)
    if any(
        Stay.objects.filter(person=kept, period__overlap=period).exists() for period in theirs if not period.isempty
    ):
        raise CannotMerge(
            _(
                "Kedua data ini tercatat tinggal di lembaga pada masa yang sama. Akhiri atau betulkan salah satu masa"
                " tinggalnya, lalu gabungkan."
            )
        )
    expected_at = Reservation.objects.open().filter(person=absorbed).values("unit")
    if Reservation.objects.open().filter(person=kept, unit__in=expected_at).exists():
        raise CannotMerge(
            _(
                "Kedua data ini sama-sama ditunggu di satu unit. Batalkan salah satu pemesanan tempatnya, lalu"
                " gabungkan."
            )
        )


def register() -> None:
    register_panel(Panel(30, _("Hunian"), "residence:of_case", SEE_STAY))
    register_merge_rule("residence", refuse_two_places)
    register_unlink_rule("residence", operations.refuse_leaving_residents)
    register_closing_rule("residence", operations.refuse_closing_on_residents)
    for source in SOURCES:
        register_due(source)
