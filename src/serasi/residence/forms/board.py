"""What narrows the board: a ward, a state, another day and hour."""

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
