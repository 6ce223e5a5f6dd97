"""Choosing people who live in the house: found by part of a name or by number tag, without leaving the form."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ChoiceField, SerasiForm
from serasi.safety.queries import Resident


class UnitForm(SerasiForm):
    """Which unit is meant, for who works in several."""

    with_id = False
    unit = ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


def offer(form: SerasiForm, name: str, residents: Sequence[Resident], total: int) -> None:
    """Put who was found on the field. In a small house everyone is in sight, and nobody is searched for."""
    field: Any = form.fields[name]
    field.choices = [(str(one.stay_id), one.label) for one in residents]
    if total == len(residents) and not form.data.get("look_for"):
        del form.fields["look_for"]
    elif total > len(residents):
        field.help_text = _(
            "%(shown)d dari %(total)d penghuni ditampilkan. Cari nama atau nomor tanda; yang dipilih tetap terpilih."
        ) % {"shown": len(residents), "total": total}
