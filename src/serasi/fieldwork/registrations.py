"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from serasi.cases.registry import DueSource, register_due
from serasi.fieldwork import operations, queries
from serasi.fieldwork.due_sources import to_decide, to_settle
from serasi.fieldwork.enums import Fact
from serasi.fieldwork.permissions import USE_DEVICE
from serasi.people.permissions import EDIT

DOORS = (operations, queries)


def register() -> None:
    register_due(
        DueSource(
            "field_sending",
            _("Kiriman lapangan menunggu keputusan"),
            "fieldwork:sending",
            ("record",),
            USE_DEVICE,
            to_decide,
        )
    )
    register_due(
        DueSource(
            "field_difference",
            _("Diubah di lapangan dan di meja"),
            "fieldwork:differences",
            (),
            EDIT,
            to_settle,
            title=_name_of_fact,
        )
    )


def _name_of_fact(code: str) -> Any:
    return Fact(code).label
