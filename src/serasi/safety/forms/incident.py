"""The forms of an incident; their fields are named like what the operations take."""

from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    DateTimeField,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioField,
    Row,
    SearchField,
    TextField,
)
from serasi.safety.enums import IncidentKind, Means, Part, Recipient, Severity
from serasi.safety.forms.people import offer
from serasi.safety.operations import Someone

_NAMELESS = _("Sebut penghuni dengan nomor tandanya, bukan namanya.")


class _AboutForm(ActForm):
    """What happened, when and where."""

    kind = ChoiceField(label=_("Apa yang terjadi"), choices=IncidentKind.choices)
    severity = RadioField(label=_("Seberapa berat"), choices=Severity.choices)
    happened_at = DateTimeField(label=_("Waktu kejadian"), initial=timezone.now, not_after=timezone.now)
    ward = ModelChoiceField(queryset=None, label=_("Wisma"), required=False, empty_label=_("Di luar wisma"))
    place = TextField(
        label=_("Di mana tepatnya"), max_length=120, required=False, help_text=_("Misalnya: kamar mandi, halaman")
    )
    account = LongTextField(label=_("Ceritakan singkat"), max_length=8000, rows=3, help_text=_NAMELESS)
    immediate_action = LongTextField(label=_("Yang sudah dilakukan"), max_length=4000, rows=2, required=False)

    def __init__(self, *args: Any, wards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"kind": IncidentKind(typed["kind"]), "severity": Severity(typed["severity"])}


class ReportForm(_AboutForm):
    """One screen on a phone. Whoever else was there, and what came of it, is added afterwards."""

    look_for = SearchField(label=_("Cari penghuni"), max_length=100, narrows="id_people_group")
    people = MultipleChoiceField(label=_("Siapa yang terdampak"), required=False)
    layout = (
        "kind",
        "severity",
        "look_for",
        "people",
        "account",
        "immediate_action",
        "happened_at",
        Row("ward", "place"),
    )

    def __init__(self, *args: Any, residents: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", residents, total)

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        typed.pop("look_for", None)
        people = [Someone(Part.AFFECTED, stay_id=UUID(pk)) for pk in typed["people"]]
        return typed | {"people": people}


class AmendForm(_AboutForm):
    with_id = False
    with_revision = True
    reason = TextField(label=_("Mengapa diubah"), max_length=300)


class PersonForm(ActForm):
    """Somebody who lives here, or anybody else in words."""

    part = RadioField(label=_("Perannya"), choices=Part.choices, inline=True)
    look_for = SearchField(label=_("Cari penghuni"), max_length=100, narrows="id_stay_id_group")
    stay_id = RadioField(label=_("Penghuni"), required=False)
    words = TextField(
        label=_("Atau siapa, bila bukan penghuni"), max_length=150, required=False,
        help_text=_("Misalnya: petugas jaga malam, tamu laki-laki"),
    )  # fmt: skip
    injury = TextField(label=_("Luka atau akibat"), max_length=500, required=False)
    treatment = TextField(label=_("Perawatan"), max_length=500, required=False)

    def __init__(self, *args: Any, residents: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "stay_id", residents, total)

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        someone = Someone(
            Part(typed["part"]),
            stay_id=UUID(typed["stay_id"]) if typed["stay_id"] else None,
            words=typed["words"],
            injury=typed["injury"],
            treatment=typed["treatment"],
        )
        return {"id": typed["id"], "someone": someone}


class WithdrawForm(ActForm):
    with_id = False


class NoticeForm(ActForm):
    recipient = RadioField(label=_("Siapa yang diberi tahu"), choices=Recipient.choices)
    means = RadioField(label=_("Dengan cara"), choices=Means.choices, inline=True)
    told_to = TextField(
        label=_("Nama atau jabatannya"),
        max_length=150,
        required=False,
        help_text=_("Misalnya: kakaknya, petugas piket"),
    )
    told_at = DateTimeField(label=_("Waktu diberi tahu"), initial=timezone.now, not_after=timezone.now)
    note = TextField(label=_("Keterangan"), max_length=300, required=False)
    layout = ("recipient", "means", "told_to", "told_at", "note")

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"recipient": Recipient(typed["recipient"]), "means": Means(typed["means"])}


class FollowUpForm(ActForm):
    what = TextField(label=_("Apa yang akan dilakukan"), max_length=300, help_text=_NAMELESS)
    owner = ModelChoiceField(queryset=None, label=_("Penanggung jawab"))
    due_date = DateField(label=_("Batas waktu"))

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]


class FinishForm(ActForm):
    with_id = False
    result = TextField(label=_("Hasilnya"), max_length=500)


class CloseForm(ActForm):
    cause = LongTextField(
        label=_("Sebabnya"), max_length=4000, rows=3, help_text=_("Mengapa ini dapat terjadi, bukan siapa yang salah.")
    )
    learning = LongTextField(
        label=_("Pelajarannya"), max_length=4000, rows=3, help_text=_("Apa yang berubah supaya tidak terulang.")
    )


class ReopenForm(ActForm):
    reason = LongTextField(label=pgettext_lazy("kejadian", "Mengapa dibuka kembali"), max_length=2000, rows=3)


LABELS: Final[dict[str, Any]] = {name: field.label for name, field in _AboutForm.base_fields.items()}
"""The fields of a report in words, for its changes."""
