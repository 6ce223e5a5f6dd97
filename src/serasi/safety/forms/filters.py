"""What narrows a list of incidents, and the months of a pattern."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.common.forms import ChoiceField, FilterForm
from serasi.safety.enums import SEVERITY_WORDS, IncidentKind

OPEN, LATE, CLOSED = "open", "late", "closed"
MONTHS = (("3", _("3 bulan")), ("6", _("6 bulan")), ("12", _("12 bulan")))


class IncidentFilter(FilterForm):
    keadaan = ChoiceField(
        label=_("Keadaan"),
        choices=[
            (OPEN, pgettext_lazy("kejadian", "Terbuka")),
            (LATE, _("Terlambat memberi tahu")),
            (CLOSED, pgettext_lazy("kejadian", "Sudah ditutup")),
        ],
        empty_label=pgettext_lazy("kejadian", "Semua"),
    )
    jenis = ChoiceField(label=_("Kejadian"), choices=IncidentKind.choices, empty_label=_("Semua kejadian"))
    berat = ChoiceField(
        label=_("Berat kejadian"), choices=[*SEVERITY_WORDS.items()], empty_label=_("Ringan sampai berat")
    )


class PatternFilter(FilterForm):
    unit = ChoiceField(label=_("Unit"), choices=())
    bulan = ChoiceField(label=_("Masa"), choices=MONTHS, empty_label=None, initial="3")

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Semua unit")), *units]  # type: ignore[attr-defined]
        if len(units) == 1:
            del self.fields["unit"]
