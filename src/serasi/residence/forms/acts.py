"""The forms of the acts on a stay; their fields are named like what the operations take."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    LongTextField,
    MultipleChoiceField,
    RadioField,
    Refusal,
    TextField,
)
from serasi.residence.enums import Ending, MovementKind, Property
from serasi.residence.forms.place import OTHER, OtherField, PlaceChoices, SuggestedField, chosen_place, place_of
from serasi.residence.models import Movement, Stay
from serasi.residence.models.movement import OUT, PLACED
from serasi.residence.operations import Happening, Objected

_OBJECTIONS: dict[str, Any] = {
    "sex": _("Wisma untuk jenis kelamin lain"),
    "age": _("Wisma untuk umur lain"),
    "needs": _("Kebutuhan tempat tidak terpenuhi"),
    "held": _("Dipesan untuk orang lain"),
    "floor": _("Di lantai, padahal masih ada tempat tidur kosong"),
}


def _without(typed: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if name not in names}


def _when(label: Any) -> DateTimeField:
    return DateTimeField(label=label, initial=timezone.now, not_after=timezone.now)


def _back_at() -> DateTimeField:
    return DateTimeField(label=_("Perkiraan kembali"), required=False)


class PlacingForm(ActForm):
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

    def _add_overrides(self, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields["overrides"] = MultipleChoiceField(
            label=_("Tetap tempatkan di sini walau"), choices=choices, required=False
        )
        self.fields["override_reason"] = TextField(label=_("Alasan tetap menempatkan"), max_length=500, required=False)

    def add_refusal(self, refused: Refusal) -> None:
        """What an operation says of room or bed is said beside the place; objections are asked back, of who may."""
        if isinstance(refused, Objected):
            asked = [(one.code, one.words) for one in refused.objections if one.may_override]
            if self.may_override and len(asked) == len(refused.objections):
                self._add_overrides(asked)
        if getattr(refused, "field", None) in {"room", "bed"}:
            self.add_error("place", str(refused.message))
        else:
            super().add_refusal(refused)

    def facts(self) -> dict[str, Any]:
        return _without(super().facts(), "place", "other")


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


class _GoOutForm(ActForm):
    """Out of the house; one form for each kind of it, which says its own words."""

    kind: ClassVar[MovementKind]
    layout = ("happened_at", "destination", "expected_at", "reason", "bed")
    happened_at = _when(_("Waktu pergi"))
    destination = TextField(label=_("Ke mana"), max_length=200, required=False)
    reason = TextField(label=_("Alasan"), max_length=500, required=False)
    bed = RadioField(
        label=_("Tempat tidurnya"),
        choices=[("keep", _("Disimpan sampai ia kembali")), ("release", _("Dilepas untuk orang lain"))],
        initial="keep",
    )

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return _without(typed, "bed") | {"kind": self.kind, "keeps_bed": typed["bed"] == "keep"}


class LeaveForm(_GoOutForm):
    kind = MovementKind.LEAVE
    expected_at = _back_at()


class HospitalForm(_GoOutForm):
    kind = MovementKind.HOSPITAL
    destination = TextField(label=_("Rumah sakit"), max_length=200, required=False)
    expected_at = _back_at()


class AbscondedForm(_GoOutForm):
    kind = MovementKind.ABSCONDED
    happened_at = _when(_("Waktu terakhir terlihat"))
    destination = TextField(label=_("Mungkin ke mana"), max_length=200, required=False)
    reason = TextField(label=_("Keadaan terakhir"), max_length=500, required=False)


class ReleaseForm(ActForm):
    happened_at = _when(_("Dilepas sejak"))
    reason = TextField(label=_("Alasan"), max_length=500, required=False)


class EndForm(ActForm):
    happened_at = _when(_("Waktu selesai"))
    ending = RadioField(
        label=_("Bagaimana selesainya"),
        choices=[(value, words) for value, words in Ending.choices if value != Ending.TRANSFER],
    )
    destination = TextField(label=_("Ke mana"), max_length=200, required=False)
    reason = LongTextField(label=_("Catatan serah terima"), max_length=500, rows=3, required=False)


class PlanForm(ActForm):
    with_id = False
    with_revision = True
    purpose = TextField(label=_("Tujuan tinggal"), max_length=300)
    exit_plan = TextField(label=_("Rencana keluar"), max_length=300)
    expected_end = DateField(label=_("Perkiraan selesai"), required=False)
    needs = MultipleChoiceField(label=_("Kebutuhan tempat"), choices=Property.choices, required=False, inline=True)

    @classmethod
    def of(cls, stay: Stay, typed: QueryDict | None) -> Self:
        return cls(typed, initial={name: getattr(stay, name) for name in (*cls.base_fields, "revision")})


class WithdrawForm(ActForm):
    with_id = False
    reason = TextField(label=_("Mengapa dicabut"), max_length=500)


class CorrectForm(ActForm):
    """A line that was written wrongly: when, where and how it really was."""

    happened_at = _when(_("Waktu sebenarnya"))
    destination = TextField(label=_("Ke mana"), max_length=200, required=False)
    expected_at = DateTimeField(label=_("Perkiraan kembali"), required=False)
    ending = ChoiceField(label=_("Bagaimana selesainya"), choices=Ending.choices, required=False)
    keeps_bed = BooleanField(label=_("Tempat tidurnya tetap disimpan"), required=False)
    account = TextField(label=_("Keterangan"), max_length=500, required=False)
    reason = TextField(label=_("Mengapa dibetulkan"), max_length=500)
    layout = ("happened_at", "place", "destination", "expected_at", "ending", "keeps_bed", "account", "reason")

    def __init__(self, *args: Any, kind: str, choices: PlaceChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.choices = kind, choices
        if kind not in OUT:
            del self.fields["expected_at"], self.fields["keeps_bed"]
        if kind not in {*OUT, MovementKind.ENDED}:
            del self.fields["destination"]
        if kind == MovementKind.ENDED:
            self.fields["ending"].required = True
        else:
            del self.fields["ending"]
        if kind in {*PLACED, MovementKind.RETURNED}:
            needs_place = kind in PLACED
            self.fields["place"] = OtherField(choices, label=_("Tempat sebenarnya"), required=needs_place)

    @classmethod
    def of(cls, movement: Movement, typed: QueryDict | None, *, choices: PlaceChoices) -> Self:
        names = ("happened_at", "destination", "expected_at", "ending", "keeps_bed")
        told = {name: getattr(movement, name) for name in names}
        place = chosen_place(movement.room_id, movement.bed_id)
        return cls(
            typed, kind=movement.kind, choices=choices, initial={**told, "account": movement.reason, "place": place}
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("place"):
            found["room"], found["bed"] = place_of(self, self.choices.unit)
        return found

    def add_refusal(self, refused: Refusal) -> None:
        if getattr(refused, "field", None) in {"room", "bed"} and "place" in self.fields:
            self.add_error("place", str(refused.message))
        else:
            super().add_refusal(refused)

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        names = ("happened_at", "room", "bed", "keeps_bed", "destination", "expected_at", "ending")
        told = {name: typed[name] for name in names if name in typed}
        happened = Happening(kind=self.kind, reason=typed["account"], **told)
        return {"id": typed["id"], "happened": happened, "reason": typed["reason"]}
