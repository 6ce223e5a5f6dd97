"""What is typed to make a new unit ready, prefilled from a template."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.enums import Owner, Role, UnitKind
from serasi.access.fields import ZONES, CodeField, EmailField, UnitChoiceField
from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.cases import reference
from serasi.cases.models import StageSet
from serasi.cases.operations.practice import LONGEST_PATTERN, NewStaff, refuse_pattern
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    Fieldset,
    IntegerField,
    ModelChoiceField,
    MultipleChoiceField,
    PhoneField,
    Row,
    TextField,
)
from serasi.institutions.enums import Cluster
from serasi.institutions.fields import PlaceOfUnitField
from serasi.institutions.permissions import SET_UP_INSTITUTION
from serasi.institutions.reference import UnitTemplate

STAFF_ROWS = 8
NUMBERING = gettext_lazy(
    "{number} nomor urut, {series} kode surat, {classification} klasifikasi, {unit} kode unit, "
    "{month} bulan romawi, {year} tahun."
)


class StartUnitForm(ActForm):
    """A unit with all it needs for its first case. Rows of staff that stay empty count for nothing."""

    name = TextField(label=gettext_lazy("Nama lengkap"), max_length=160)
    short_name = TextField(label=gettext_lazy("Nama pendek"), max_length=60)
    code = CodeField(label=gettext_lazy("Kode"), max_length=40, help_text=gettext_lazy("Misalnya PS-CIPAYUNG."))
    kind = ChoiceField(label=gettext_lazy("Jenis"), choices=UnitKind.choices)
    owner = ChoiceField(label=gettext_lazy("Pemilik"), choices=Owner.choices)
    parent = UnitChoiceField(None, label=gettext_lazy("Induk"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Zona waktu"), choices=ZONES, initial="Asia/Jakarta")
    region = PlaceOfUnitField(label=gettext_lazy("Wilayah"), required=False)
    is_safe_house = BooleanField(label=gettext_lazy("Rumah aman"), required=False)
    address = TextField(
        label=gettext_lazy("Alamat"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Kosongkan untuk rumah aman."),
    )
    phone = PhoneField(label=gettext_lazy("Telepon"), required=False)
    functions = MultipleChoiceField(label=gettext_lazy("Melayani klaster"), choices=Cluster.choices, required=False)
    stage_set = ModelChoiceField(StageSet.objects.order_by("name"), label=gettext_lazy("Tahap kasus"))
    components = MultipleChoiceField(label=gettext_lazy("Komponen yang diberikan"))
    letter_pattern = TextField(label=gettext_lazy("Pola nomor surat"), max_length=80, help_text=NUMBERING)
    starts_on = DateField(label=gettext_lazy("Petugas mulai"), initial=timezone.localdate)

    def __init__(self, *args: Any, by: User, template: UnitTemplate, **kwargs: Any) -> None:
        kwargs["initial"] = prefilled(template) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        places = Unit.objects.reached_by(by, SET_UP_INSTITUTION).open()
        self.fields["parent"].queryset = places  # type: ignore[attr-defined]
        self.fields["components"].choices = reference.components().choices  # type: ignore[attr-defined]
        for row in range(STAFF_ROWS):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        number = row + 1
        self.fields[f"staff_{row}_role"] = ChoiceField(
            label=_("Peran %(number)d") % {"number": number}, choices=Role.choices, required=False
        )
        self.fields[f"staff_{row}_name"] = TextField(
            label=_("Nama %(number)d") % {"number": number}, max_length=150, required=False
        )
        self.fields[f"staff_{row}_email"] = EmailField(
            label=_("Surel %(number)d") % {"number": number}, max_length=254, required=False
        )

    @property
    def layout(self) -> tuple[Fieldset, ...]:  # type: ignore[override]
        rows = tuple(Row(f"staff_{row}_role", f"staff_{row}_name", f"staff_{row}_email") for row in range(STAFF_ROWS))
        return (
            Fieldset(_("1. Unit"), ("name", Row("short_name", "code"), Row("kind", "owner"), "parent", "time_zone")),
            Fieldset(_("2. Tempat"), ("region", "is_safe_house", "address", "phone", "functions")),
            Fieldset(_("3. Cara kerja"), ("stage_set", "components", "letter_pattern")),
            Fieldset(
                _("4. Petugas"),
                ("starts_on", *rows),
                hint=_("Baris tanpa nama dan surel dilewati. Petugas lain dapat ditambahkan kemudian."),
            ),
        )

    def clean_letter_pattern(self) -> str:
        pattern = str(self.cleaned_data["letter_pattern"])
        try:
            refuse_pattern(pattern)
        except Refused as refused:
            raise forms.ValidationError(str(refused.message)) from refused
        return pattern

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for row in range(STAFF_ROWS):
            name, email, role = (cleaned.get(f"staff_{row}_{part}") for part in ("name", "email", "role"))
            if not name and not email:
                continue
            for part, value, message in (
                ("name", name, _("Isi nama petugas ini, atau kosongkan surelnya.")),
                ("email", email, _("Isi surel petugas ini, atau kosongkan namanya.")),
                ("role", role, _("Pilih peran petugas ini.")),
            ):
                if not value and f"staff_{row}_{part}" not in self.errors:
                    self.add_error(f"staff_{row}_{part}", message)
            if email and email in seen:
                self.add_error(f"staff_{row}_email", _("Surel ini sudah dipakai di baris lain."))
            seen.add(email or "")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The rows of staff are one fact."""
        typed = super().facts()
        return {name: typed[name] for name in typed if not name.startswith("staff_")} | {"staff": self.staff}

    @property
    def staff(self) -> list[NewStaff]:
        """Those whose rows are filled; their ids follow from the form's, so that a form sent twice makes them once."""
        cleaned = self.cleaned_data
        return [
            NewStaff(
                id=UUID(int=self.record_id.int ^ (row + 1)),
                full_name=cleaned[f"staff_{row}_name"],
                email=cleaned[f"staff_{row}_email"],
                role=cleaned[f"staff_{row}_role"],
            )
            for row in range(STAFF_ROWS)
            if cleaned.get(f"staff_{row}_name")
        ]


class PracticeForm(ActForm):
    """How a unit works: what new cases start with, and the terms it sets itself."""

    with_revision = True
    stage_set = ModelChoiceField(
        StageSet.objects.order_by("name"),
        label=gettext_lazy("Tahap kasus"),
        help_text=gettext_lazy("Berlaku untuk kasus baru; kasus yang berjalan tetap pada susunannya."),
    )
    components = MultipleChoiceField(
        label=gettext_lazy("Komponen yang diberikan"),
        required=False,
        help_text=gettext_lazy("Tanpa centang berarti semuanya."),
    )
    aftercare_months = TextField(
        label=gettext_lazy("Bimbingan lanjut pada bulan ke-"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Angka dipisah koma, misalnya 1, 3, 6, 12. Kosong berarti seperti pedoman nasional."),
    )
    referral_answer_days = IntegerField(label=gettext_lazy("Rujukan dijawab dalam (hari)"), min_value=1, max_value=90)
    consent_withdrawal_hours = IntegerField(
        label=gettext_lazy("Penarikan persetujuan ditindaklanjuti dalam (jam)"), min_value=1, max_value=72
    )
    letter_pattern = TextField(label=gettext_lazy("Pola nomor surat"), max_length=LONGEST_PATTERN, help_text=NUMBERING)
    layout = (
        Fieldset(gettext_lazy("Kasus baru"), ("stage_set", "components", "aftercare_months")),
        Fieldset(gettext_lazy("Batas waktu"), ("referral_answer_days", "consent_withdrawal_hours")),
        Fieldset(gettext_lazy("Surat"), ("letter_pattern",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["components"].choices = reference.components().choices  # type: ignore[attr-defined]

    def clean_aftercare_months(self) -> list[int]:
        typed = str(self.cleaned_data["aftercare_months"]).replace(";", ",").replace(",", " ").split()
        if not all(month.isascii() and month.isdigit() and len(month) <= 2 for month in typed):
            raise forms.ValidationError(_("Tulis bulannya sebagai angka dipisah koma, misalnya 1, 3, 6, 12."))
        return [int(month) for month in typed]


def prefilled(template: UnitTemplate) -> dict[str, Any]:
    """A template as the first values of the form; each can be changed."""
    pattern = (
        template.letter_pattern.replace("{kind}", "{series}")
        .replace("{prefix}", template.letter_prefix)
        .replace("{month_roman}", "{month}")
    )
    roles = {f"staff_{row}_role": hand.role for row, hand in enumerate(template.roles[:STAFF_ROWS])}
    return {
        "kind": template.kind,
        "owner": template.owner,
        "functions": list(template.functions),
        "stage_set": template.stage_set,
        "components": list(template.components),
        "letter_pattern": pattern,
        **roles,
    }
