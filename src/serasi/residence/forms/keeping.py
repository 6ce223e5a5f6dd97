"""What is typed about belongings and money that are kept for someone: each time with a second person who saw it."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    HappenedAtField,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioField,
    RupiahField,
    TextField,
)
from serasi.residence.enums import MoneyKind
from serasi.residence.models import Belonging
from serasi.residence.operations import Item
from serasi.residence.operations.keeping import MOST_BELONGINGS
from serasi.residence.queries.colleagues import Colleagues

_COUNTED: Final = re.compile(r"(\d{1,4})\s*(?:x|buah|lembar|pasang|helai|stel)?\s+(.+)", re.IGNORECASE)


class WitnessedForm(ActForm):
    """A form with a second person of the house, who saw it."""

    def __init__(self, typed: QueryDict | None, *, colleagues: Colleagues, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.fields["witness"] = ModelChoiceField(
            colleagues, label=_("Saksi"), help_text=_("Petugas lain yang melihatnya.")
        )


class ReceiveForm(WitnessedForm):
    """Things, one on a line, with their number before them: quick on a phone."""

    layout = ("items", "signed_by", "witness", "happened_at", "note")
    items = LongTextField(
        label=_("Barang"),
        required=False,
        rows=6,
        max_length=10_000,
        help_text=_("Satu baris satu barang, misalnya: 2 kaos. Kosongkan bila tidak membawa apa-apa."),
    )
    signed_by = TextField(
        label=_("Yang menandatangani"), max_length=150, help_text=_("Penghuni, atau yang mengantarnya.")
    )
    happened_at = HappenedAtField(label=_("Waktu diterima"))
    note = TextField(label=_("Keterangan"), max_length=500, required=False)

    def clean_items(self) -> list[Item]:
        lines = [line.strip(" -•\t") for line in self.cleaned_data["items"].splitlines()]
        items = [_item(line) for line in lines if line]
        if len(items) > MOST_BELONGINGS:
            raise ValidationError(_now("Paling banyak 100 barang sekaligus. Bagi menjadi beberapa serah terima."))
        if any(len(item.name) > 200 for item in items):
            raise ValidationError(_now("Satu baris satu barang, paling panjang 200 huruf."))
        if any(item.quantity == 0 for item in items):
            raise ValidationError(_now("Jumlah barang paling sedikit satu."))
        return items


class GiveBackForm(WitnessedForm):
    """What goes back, all of it unless something is unticked; what does not is explained."""

    layout = ("belongings", "fate", "signed_by", "witness", "happened_at", "note")
    fate = TextField(
        label=_("Yang tidak dicentang: mengapa tidak dikembalikan"),
        max_length=300,
        required=False,
        help_text=_("Kosongkan bila masih disimpan di sini."),
    )
    signed_by = TextField(
        label=_("Yang menandatangani"), max_length=150, help_text=_("Penghuni, keluarga atau ahli waris.")
    )
    happened_at = HappenedAtField(label=_("Waktu dikembalikan"))
    note = TextField(label=_("Keterangan"), max_length=500, required=False)

    def __init__(self, typed: QueryDict | None, *, kept: list[Belonging], **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.kept = {str(one.pk): one for one in kept}
        self.fields["belongings"] = MultipleChoiceField(
            label=_("Barang yang dikembalikan"),
            choices=[(pk, str(one)) for pk, one in self.kept.items()],
            initial=[*self.kept],
            required=False,
        )

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"belongings": [self.kept[pk] for pk in typed["belongings"]]}


class MoneyForm(WitnessedForm):
    layout = ("kind", "amount", "note", "witness", "happened_at")
    kind = RadioField(label=_("Uangnya"), choices=MoneyKind.choices, inline=True)
    amount = RupiahField(label=_("Jumlah"), min_value=1)
    note = TextField(label=_("Dari siapa, atau untuk apa"), max_length=300)
    happened_at = HappenedAtField(label=_("Waktu"))


class ReverseForm(WitnessedForm):
    layout = ("note", "witness")
    note = TextField(label=_("Mengapa dibatalkan"), max_length=300)


def _item(line: str) -> Item:
    """ "2 kaos" are two, "KTP" is one."""
    counted = _COUNTED.fullmatch(line)
    return Item(counted[2], int(counted[1])) if counted else Item(line)
