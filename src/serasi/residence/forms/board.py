"""What narrows the board: a ward, a state, another day and hour."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import Field, UUIDField
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ChoiceField, DateField, FilterForm, TimeField
from serasi.residence.enums import State

FREE, OUT_OF_ORDER, EXPECTED, FLOOR = "free", "out_of_order", "expected", "floor"
SHOWN = (
    (FREE, _("Kosong")),
    *State.choices,
    (FLOOR, _("Di lantai")),
    (EXPECTED, _("Ditunggu")),
    (OUT_OF_ORDER, _("Tidak dapat dipakai")),
)


class BoardFilter(FilterForm):
    in_sight = ("wisma", "tampil", "hari", "pukul")
    wisma = ChoiceField(label=_("Wisma"), empty_label=_("Semua wisma"))
    tampil = ChoiceField(label=_("Tampilkan"), choices=SHOWN, empty_label=_("Semua tempat"))
    hari = DateField(label=_("Hari"), help_text="")
    pukul = TimeField(label=_("Pukul"))

    def offer(self, wards: list[tuple[str, str]]) -> None:
        """The wards that stood on that day; known once the day has been read."""
        self.fields["wisma"].choices = [("", _("Semua wisma")), *wards]  # type: ignore[attr-defined]


class PlanFilter(FilterForm):
    TAGS: ClassVar = "nomor"
    in_sight = ("wisma", "sebut")
    wisma = ChoiceField(label=_("Wisma"), empty_label=_("Semua wisma"))
    sebut = ChoiceField(label=_("Sebut"), choices=[(TAGS, _("Nomor tanda saja"))], empty_label=_("Nama"))

    def offer(self, wards: list[tuple[str, str]]) -> None:
        self.fields["wisma"].choices = [("", _("Semua wisma")), *wards]  # type: ignore[attr-defined]


class MonthField(Field):
    """A month as browsers write it: 2026-11. Gives its first day."""

    def clean(self, value: Any) -> date | None:
        if not value:
            return None
        try:
            found = datetime.strptime(str(value), "%Y-%m").date()  # noqa: DTZ007  (a day, not a moment)
        except ValueError as error:
            raise ValidationError(_("Tulis bulan seperti 2026-11."), code="invalid") from error
        if not 1900 <= found.year <= 2200:
            raise ValidationError(_("Tulis bulan seperti 2026-11."), code="invalid")
        return found


class MonthFilter(FilterForm):
    bulan = MonthField(label=_("Bulan"))
    wisma = UUIDField(label=_("Wisma"))
