"""What is typed when a service was given, to one person or to a group."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.cases.enums import Approach
from serasi.cases.models import Case
from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    DateTimeField,
    FilterForm,
    IntegerField,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioField,
    Row,
    SearchField,
    TextField,
)


class DeliveryForm(ActForm):
    component = ModelChoiceField(queryset=None, label=_("Komponen"))
    activity = TextField(label=pgettext_lazy("satu", "Layanan"), max_length=200)
    approach = RadioField(label=_("Pendekatan"), choices=Approach.choices, inline=True)
    delivered_at = DateTimeField(label=_("Waktu"))
    minutes = IntegerField(label=_("Lama"), min_value=1, max_value=1440, required=False, unit=_("menit"))
    quantity = IntegerField(label=_("Berapa kali"), min_value=1, max_value=1000, initial=1)
    provider_name = TextField(label=_("Pelaksana"), max_length=150)
    note = LongTextField(label=pgettext_lazy("satu", "Catatan"), max_length=4000, rows=3, required=False)
    layout = ("component", "activity", "approach", "delivered_at", Row("minutes", "quantity"), "provider_name", "note")

    def __init__(self, *args: Any, components: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["component"].queryset = components  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"approach": Approach(self.cleaned_data["approach"])}


class SessionForm(ActForm):
    """``cases`` are those on offer, each with the words that tell it apart; ``total`` is how many there are."""

    title = TextField(label=_("Kegiatan"), max_length=200, help_text=_("Misalnya: terapi kelompok pagi"))
    component = ModelChoiceField(queryset=None, label=_("Komponen"))
    approach = RadioField(label=_("Pendekatan"), choices=Approach.choices, inline=True)
    held_at = DateTimeField(label=_("Waktu"))
    minutes = IntegerField(label=_("Lama"), min_value=1, max_value=1440, required=False, unit=_("menit"))
    provider_name = TextField(label=_("Pelaksana"), max_length=150)
    look_for = SearchField(label=_("Cari peserta"), max_length=100, narrows="id_cases_group")
    cases = MultipleChoiceField(label=_("Peserta"))
    note = LongTextField(
        label=_("Catatan kegiatan"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("Tentang kegiatannya, bukan tentang seseorang. Tulis yang bersifat pribadi pada berkasnya."),
    )
    layout = ("title", "component", "approach", "held_at", Row("minutes", "provider_name"), "look_for", "cases", "note")

    def __init__(
        self, *args: Any, components: Any, cases: list[tuple[Case, str]], total: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["component"].queryset = components  # type: ignore[attr-defined]
        self.offered = {str(case.pk): case for case, _words in cases}
        self.fields["cases"].choices = [(str(case.pk), words) for case, words in cases]  # type: ignore[attr-defined]
        if total > len(cases):
            self.fields["cases"].help_text = _(
                "%(shown)d dari %(total)d orang ditampilkan. Cari nama atau nomor kasus; yang dipilih tetap terpilih."
            ) % {"shown": len(cases), "total": total}

    def facts(self) -> dict[str, Any]:
        typed = {name: value for name, value in super().facts().items() if name != "look_for"}
        return typed | {"approach": Approach(typed["approach"]), "cases": [self.offered[pk] for pk in typed["cases"]]}


class WithdrawForm(ActForm):
    """Taking something back that was recorded wrongly."""

    with_id = False
    reason = TextField(label=_("Alasan"), max_length=300)


class CountFilter(FilterForm):
    unit = ChoiceField(label=_("Unit"), choices=(), required=False, empty_label=None)
    since = DateField(label=_("Dari"), required=False, help_text="")
    until = DateField(label=_("Sampai"), required=False, help_text="", not_after=timezone.localdate)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
