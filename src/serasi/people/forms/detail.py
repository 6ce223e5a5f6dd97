"""What is typed about the parts of a person: names, addresses, family, kinds, consent, merging."""

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    MultipleChoiceField,
    PhoneField,
    RadioField,
    Row,
    SerasiForm,
    TextField,
)
from serasi.people import reference
from serasi.people.enums import AddressKind, AliasKind, ConsentGiver, ConsentMethod, ConsentPurpose
from serasi.people.forms.fields import KkField, PlaceField, relations_of
from serasi.people.models import Person

ADULT_AGE = 18


def _today() -> date:
    return timezone.localdate()


class AliasForm(SerasiForm):
    name = TextField(label=gettext_lazy("Nama"), max_length=150)
    kind = ChoiceField(
        choices=AliasKind.choices, label=gettext_lazy("Jenis"), initial=AliasKind.ALIAS, empty_label=None
    )
    note = TextField(label=gettext_lazy("Keterangan"), max_length=200, required=False)


class AddressForm(SerasiForm):
    kind = ChoiceField(
        choices=AddressKind.choices, label=gettext_lazy("Jenis alamat"), initial=AddressKind.DOMICILE, empty_label=None
    )
    region = PlaceField(label=gettext_lazy("Wilayah"), required=False)
    line = TextField(label=gettext_lazy("Alamat"), max_length=200, required=False)
    rt = TextField(label="RT", max_length=3, required=False, width="small")
    rw = TextField(label="RW", max_length=3, required=False, width="small")
    since = DateField(label=gettext_lazy("Sejak"), initial=_today, not_after=_today)

    layout: ClassVar = ["kind", "region", "line", Row("rt", "rw"), "since"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "region" in cleaned and not cleaned.get("region") and not cleaned.get("line"):
            self.add_error("region", _("Isi wilayah atau alamatnya."))
        for name in ("rt", "rw"):
            if cleaned.get(name) and not (cleaned[name].isascii() and cleaned[name].isdigit()):
                self.add_error(name, _("RT dan RW berisi angka, paling banyak tiga."))
        return cleaned


class HouseholdForm(SerasiForm):
    kk = KkField(label=gettext_lazy("Nomor KK"))
    relation = ChoiceField(
        choices=relations_of("family_card", "household"), label=gettext_lazy("Hubungan dengan kepala keluarga")
    )
    since = DateField(label=gettext_lazy("Sejak"), initial=_today, not_after=_today)


class JoinForm(SerasiForm):
    """How and since when someone belongs to a household."""

    relation = ChoiceField(
        choices=relations_of("family_card", "household"), label=gettext_lazy("Hubungan dengan kepala keluarga")
    )
    since = DateField(label=gettext_lazy("Sejak"), initial=_today, not_after=_today)


class RelationshipForm(SerasiForm):
    """Someone who matters: only a contact, or (with ``other``) someone registered, whose name is known already."""

    relation = ChoiceField(
        choices=relations_of("guardian", "caring", "household", "family_card"), label=gettext_lazy("Hubungan")
    )
    contact_name = TextField(label=gettext_lazy("Nama"), max_length=150)
    is_guardian = BooleanField(label=gettext_lazy("Wali yang sah"), required=False)
    contact_phone = PhoneField(label=gettext_lazy("Telepon"), required=False)
    contact_address = TextField(label=gettext_lazy("Alamat"), max_length=250, required=False)
    note = TextField(label=gettext_lazy("Keterangan"), max_length=300, required=False)
    since = DateField(label=gettext_lazy("Sejak"), initial=_today, not_after=_today)

    def __init__(self, *args: Any, other: Person | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if other is not None:
            for name in ("contact_name", "contact_phone", "contact_address"):
                del self.fields[name]


class KindForm(SerasiForm):
    """A kind of PPKS; its criteria are ticked after it is chosen (`?jenis_ppks=`)."""

    kind = ChoiceField(choices=reference.ppks_kinds().choices, label=gettext_lazy("Jenis PPKS"))
    since = DateField(label=gettext_lazy("Sejak"), initial=_today, not_after=_today)
    criteria = MultipleChoiceField(label=gettext_lazy("Kriteria yang terpenuhi"), required=False)
    note = TextField(label=gettext_lazy("Keterangan"), max_length=300, required=False)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        chosen = reference.ppks_kinds().get(
            str((self.data or self.initial).get("kind") or self.initial.get("kind") or "")
        )
        if chosen is None or not chosen.checklist:
            del self.fields["criteria"]
        else:
            self.fields["criteria"].choices = [(line, _(line)) for line in chosen.checklist]  # type: ignore[attr-defined]
            self.fields["criteria"].help_text = _(chosen.criteria)

    def doubts(self) -> list[str]:
        """What about age or sex does not fit the kind; it warns and never refuses."""
        kind = reference.ppks_kinds()[self.cleaned_data["kind"]]
        age = self.person.age_on(_today())
        return [doubt.message for doubt in reference.kind_doubts(kind, age=age, sex=self.person.sex)]


class ConsentForm(SerasiForm):
    text_version = ChoiceField(label=gettext_lazy("Naskah yang dibacakan dan dijelaskan"))
    given_by = RadioField(
        choices=ConsentGiver.choices, label=gettext_lazy("Diberikan oleh"), initial=ConsentGiver.SELF, inline=True
    )
    guardian_name = TextField(label=gettext_lazy("Nama orang tua atau wali"), max_length=150, required=False)
    method = RadioField(
        choices=ConsentMethod.choices, label=gettext_lazy("Cara"), initial=ConsentMethod.SIGNATURE, inline=True
    )
    witness_name = TextField(label=gettext_lazy("Nama saksi"), max_length=150, required=False)

    shown_when: ClassVar = {"guardian_name": "given_by=guardian", "witness_name": "method=thumbprint|verbal"}

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        known = set(ConsentPurpose.values)
        self.texts = [text for text in reference.consent_texts_on(_today()) if text.purpose in known]
        choices = [("", _("Pilih…")), *((text.code, str(text)) for text in self.texts)]
        self.fields["text_version"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The facts for `give_consent`; the purpose is that of the text."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "id"}
        return given | {"purpose": reference.consent_texts()[given["text_version"]].purpose}

    def doubts(self) -> list[str]:
        """What about who consented deserves a second look; it never refuses."""
        text = reference.consent_texts()[self.cleaned_data["text_version"]]
        age = self.person.age_on(_today())
        is_child = age is not None and age < ADULT_AGE
        if is_child and text.needs_guardian_for_child and self.cleaned_data["given_by"] == ConsentGiver.SELF:
            return [_("Untuk anak, persetujuan diberikan orang tua atau wali. Lengkapi bila walinya sudah ada.")]
        return []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("given_by") == ConsentGiver.GUARDIAN and not cleaned.get("guardian_name"):
            self.add_error("guardian_name", _("Isi nama orang tua atau wali yang memberi persetujuan."))
        if cleaned.get("given_by") == ConsentGiver.SELF:
            cleaned["guardian_name"] = ""
        if cleaned.get("method") in {ConsentMethod.THUMBPRINT, ConsentMethod.VERBAL} and not cleaned.get(
            "witness_name"
        ):
            self.add_error("witness_name", _("Cap jempol dan persetujuan lisan memerlukan nama saksi."))
        return cleaned


class ReasonForm(SerasiForm):
    """A reason and nothing else: withdrawing, undoing."""

    with_id: ClassVar[bool] = False
    reason = TextField(label=gettext_lazy("Alasan"), max_length=500)


class ApartForm(SerasiForm):
    """Why two alike records are two people; may stay empty."""

    reason = TextField(label=gettext_lazy("Alasan"), max_length=300, required=False)


class UntilForm(SerasiForm):
    """The day on which something ended."""

    with_id: ClassVar[bool] = False
    until = DateField(label=gettext_lazy("Berakhir tanggal"), initial=_today, not_after=_today)


class MergeForm(SerasiForm):
    """Which record keeps which fact. `take_<fact>` is "kept" or "absorbed"; facts that agree are not asked."""

    reason = TextField(
        label=gettext_lazy("Mengapa keduanya orang yang sama"),
        max_length=500,
        help_text=gettext_lazy("Misalnya: NIK sama; keluarga membenarkan; foto sama."),
    )
    kept_revision = TextField(max_length=9, required=True)
    absorbed_revision = TextField(max_length=9, required=True)

    def __init__(self, *args: Any, differing: list[tuple[str, str, str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.facts_asked = [name for name, _label, _left, _right in differing]
        for name in ("kept_revision", "absorbed_revision"):
            self.fields[name].widget = self.fields[name].hidden_widget()
        for name, label, left, right in differing:
            self.fields[f"take_{name}"] = RadioField(
                label=label,
                choices=[
                    ("kept", _("%(value)s – dari data pertama") % {"value": left or _("kosong")}),
                    ("absorbed", _("%(value)s – dari data kedua") % {"value": right or _("kosong")}),
                ],
                initial="kept" if left else "absorbed",
            )
        self.order_fields([*(f"take_{name}" for name in self.facts_asked), "reason"])

    @property
    def taken(self) -> tuple[str, ...]:
        return tuple(name for name in self.facts_asked if self.cleaned_data[f"take_{name}"] == "absorbed")

    def revision_of(self, which: str) -> int:
        text = self.cleaned_data[f"{which}_revision"]
        return int(text) if text.isascii() and text.isdigit() else -1
