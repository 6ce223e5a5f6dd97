"""The forms of the acts on a stay; their fields are named like what the operations take."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    LongTextField,
    MultipleChoiceField,
    RadioField,
    Refusal,
    SerasiForm,
    TextField,
)
from serasi.residence.enums import Ending, MovementKind, Property
from serasi.residence.forms.place import OTHER, OtherField, PlaceChoices, SuggestedField, place_of
from serasi.residence.queries import Objection

_OBJECTIONS: dict[str, Any] = {
    "sex": _("Wisma untuk jenis kelamin lain"),
    "age": _("Wisma untuk umur lain"),
    "needs": _("Kebutuhan tempat tidak terpenuhi"),
    "held": _("Dipesan untuk orang lain"),
    "floor": _("Di lantai, padahal masih ada tempat tidur kosong"),
}


def _when(label: Any) -> DateTimeField:
    return DateTimeField(label=label, initial=timezone.now, not_after=timezone.now)


class PlacingForm(SerasiForm):
    """A form that chooses a place. What speaks against it is asked back: each objection is ticked, with one reason."""

    shown_when: ClassVar = {"other": f"place={OTHER}"}

    def __init__(self, *args: Any, choices: PlaceChoices, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.may_override = choices.unit, may_override
        self.fields["place"] = SuggestedField(choices, label=_("Tempat"), initial=choices.first)
        self.fields["other"] = OtherField(choices, label=_("Pilih dari semua tempat"), required=False)
        if self.may_override and self.is_bound and "overrides" in self.data:
            self._add_overrides([*_OBJECTIONS.items()])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "place" not in self.errors:
            found["room"], found["bed"] = place_of(self, self.unit)
        return found

    def ask_about(self, objections: Sequence[Objection]) -> None:
        """Put the objections on the form, to be ticked by who may."""
        asked = [(one.code, one.words) for one in objections if one.may_override]
        if self.may_override and asked and len(asked) == len(objections):
            self._add_overrides(asked)

    def _add_overrides(self, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields["overrides"] = MultipleChoiceField(
            label=_("Tetap tempatkan di sini walau"), choices=choices, required=False
        )
        self.fields["override_reason"] = TextField(label=_("Alasan tetap menempatkan"), max_length=500, required=False)

    def add_refusal(self, refused: Refusal) -> None:
        """What an operation says of room or bed is said beside the place."""
        if getattr(refused, "field", None) in {"room", "bed"}:
            self.add_error("place", str(refused.message))
        else:
            super().add_refusal(refused)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"place", "other"}}


class MoveForm(PlacingForm):
    layout = ("place", "other", "overrides", "override_reason", "happened_at", "reason")
    happened_at = _when(_("Waktu pindah"))
    reason = TextField(label=_("Alasan"), max_length=500, required=False)


class ComeBackForm(PlacingForm):
    layout = ("happened_at", "place", "other", "overrides", "override_reason", "reason")
    happened_at = _when(_("Waktu kembali"))
    reason = TextField(label=_("Catatan"), max_length=500, required=False)


class AdmitForm(PlacingForm):
    layout = (
        "place", "other", "overrides", "override_reason", "happened_at", "purpose", "exit_plan", "expected_end",
        "needs", "tag",
    )  # fmt: skip
    happened_at = _when(_("Waktu masuk"))
    purpose = TextField(label=_("Tujuan tinggal"), max_length=300)
    exit_plan = TextField(
        label=_("Rencana keluar"), max_length=300, help_text=_("Misalnya: kembali ke keluarga di Bogor")
    )
    expected_end = DateField(label=_("Perkiraan selesai"), required=False)
    needs = MultipleChoiceField(label=_("Kebutuhan tempat"), choices=Property.choices, required=False, inline=True)
    tag = TextField(
        label=_("Nomor tanda"), max_length=12, required=False, width="small",
        help_text=_("Kosongkan untuk nomor berikutnya."),
    )  # fmt: skip


class GoOutForm(SerasiForm):
    happened_at = _when(_("Waktu pergi"))
    destination = TextField(label=_("Ke mana"), max_length=200, required=False)
    expected_at = DateTimeField(label=_("Perkiraan kembali"), required=False)
    reason = TextField(label=_("Alasan"), max_length=500, required=False)
    bed = RadioField(
        label=_("Tempat tidurnya"),
        choices=[("keep", _("Disimpan sampai ia kembali")), ("release", _("Dilepas untuk orang lain"))],
        initial="keep",
    )

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "bed"} | {
            "keeps_bed": self.cleaned_data["bed"] == "keep"
        }


class ReleaseForm(SerasiForm):
    happened_at = _when(_("Dilepas sejak"))
    reason = TextField(label=_("Alasan"), max_length=500, required=False)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class EndForm(SerasiForm):
    happened_at = _when(_("Waktu selesai"))
    ending = RadioField(
        label=_("Bagaimana selesainya"),
        choices=[(value, words) for value, words in Ending.choices if value != Ending.TRANSFER],
    )
    destination = TextField(label=_("Ke mana"), max_length=200, required=False)
    reason = LongTextField(label=_("Catatan serah terima"), max_length=500, rows=3, required=False)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PlanForm(SerasiForm):
    with_id = False
    with_revision = True
    purpose = TextField(label=_("Tujuan tinggal"), max_length=300)
    exit_plan = TextField(label=_("Rencana keluar"), max_length=300)
    expected_end = DateField(label=_("Perkiraan selesai"), required=False)
    needs = MultipleChoiceField(label=_("Kebutuhan tempat"), choices=Property.choices, required=False, inline=True)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WithdrawForm(SerasiForm):
    with_id = False
    reason = TextField(label=_("Mengapa dicabut"), max_length=500)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CorrectForm(SerasiForm):
    """A line that was written wrongly: when, where and how it really was."""

    happened_at = _when(_("Waktu sebenarnya"))
    destination = TextField(label=_("Ke mana"), max_length=200, required=False)
    expected_at = DateTimeField(label=_("Perkiraan kembali"), required=False)
    ending = ChoiceField(label=_("Bagaimana selesainya"), choices=Ending.choices, required=False)
    keeps_bed = BooleanField(label=_("Tempat tidurnya tetap disimpan"), required=False)
    account = TextField(label=_("Keterangan"), max_length=500, required=False)
    reason = TextField(label=_("Mengapa dibetulkan"), max_length=500)
    layout = ("happened_at", "place", "destination", "expected_at", "ending", "keeps_bed", "account", "reason")

    def __init__(self, *args: Any, kind: str, choices: PlaceChoices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        is_out = kind in {MovementKind.LEAVE, MovementKind.HOSPITAL, MovementKind.ABSCONDED}
        if not is_out:
            del self.fields["expected_at"], self.fields["keeps_bed"]
        if not is_out and kind != MovementKind.ENDED:
            del self.fields["destination"]
        if kind == MovementKind.ENDED:
            self.fields["ending"].required = True
        else:
            del self.fields["ending"]
        if choices is not None:
            self.fields["place"] = OtherField(
                choices, label=_("Tempat sebenarnya"), required=kind != MovementKind.RETURNED
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.choices is not None and found.get("place"):
            found["room"], found["bed"] = place_of(self, self.choices.unit)
        return found

    def add_refusal(self, refused: Refusal) -> None:
        if getattr(refused, "field", None) in {"room", "bed"} and "place" in self.fields:
            self.add_error("place", str(refused.message))
        else:
            super().add_refusal(refused)

    def happening(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = ("happened_at", "room", "bed", "keeps_bed", "destination", "expected_at", "ending")
        return {name: typed[name] for name in names if name in typed} | {"reason": typed["account"]}
