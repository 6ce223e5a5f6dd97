"""What is typed about a person: registering, a wholly unknown person, changing, searching the list."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit, User
from serasi.common.forms import (
    ApproximateAgeField,
    BooleanField,
    ChoiceField,
    DateField,
    Fieldset,
    FilterForm,
    IntegerField,
    LongTextField,
    ModelChoiceField,
    PhoneField,
    PhotoField,
    RadioField,
    Row,
    SerasiForm,
    TextField,
)
from serasi.people import reference
from serasi.people.enums import HEALTH_KINDS, AddressKind, IdentityState, Sex
from serasi.people.forms.fields import KkField, NikField, PlaceField, listed, relations_of
from serasi.people.models import Person
from serasi.people.models.person import EARLIEST_BIRTH_YEAR
from serasi.people.operations import FamilyCard, Place
from serasi.people.permissions import REGISTER


def _today() -> date:
    return timezone.localdate()


class _AtUnit(SerasiForm):
    """A form whose record belongs to one of the worker's units; with one unit there is nothing to choose."""

    unit = ModelChoiceField(None, label=gettext_lazy("Unit"))

    def __init__(self, *args: Any, user: User, permission: str = REGISTER, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(Unit.objects.reached_by(user, permission).filter(closed_on=None).order_by("path")[:200])
        own = [post.unit_id for post in user.scope.posts]
        if len(self.units) == 1:
            del self.fields["unit"]
        else:
            field = self.fields["unit"]
            field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in self.units])  # type: ignore[attr-defined]
            field.initial = next((unit.pk for unit in self.units if unit.pk in own), None)

    @property
    def chosen_unit(self) -> Unit:
        chosen = self.cleaned_data.get("unit")
        if isinstance(chosen, Unit):
            return chosen
        return self.units[0]


class RegisterForm(_AtUnit):
    """A person who can be asked, or whose papers are at hand."""

    full_name = TextField(
        label=gettext_lazy("Nama lengkap"),
        max_length=150,
        help_text=gettext_lazy("Seperti pada dokumen, satu kata pun boleh."),
    )
    nickname = TextField(label=gettext_lazy("Nama panggilan"), max_length=80, required=False)
    identity_state = ChoiceField(
        choices=[choice for choice in IdentityState.choices if choice[0] != IdentityState.UNKNOWN],
        label=gettext_lazy("Identitas diketahui dari"),
        initial=IdentityState.STATED,
        empty_label=None,
    )
    sex = RadioField(choices=Sex.choices, label=gettext_lazy("Jenis kelamin"), inline=True)
    birth_date = DateField(label=gettext_lazy("Tanggal lahir"), required=False, not_after=_today)
    age = ApproximateAgeField(label=gettext_lazy("Atau umur kira-kira"), required=False)
    birth_place = TextField(label=gettext_lazy("Tempat lahir"), max_length=80, required=False)
    mother_name = TextField(label=gettext_lazy("Nama ibu kandung"), max_length=150, required=False)
    nik = NikField(
        label=gettext_lazy("NIK"), required=False, help_text=gettext_lazy("16 angka pada KTP, KIA, atau KK.")
    )
    no_nik_reason = ChoiceField(
        choices=reference.no_nik_reasons().choices, label=gettext_lazy("Bila tanpa NIK, mengapa"), required=False
    )
    kk = KkField(label=gettext_lazy("Nomor KK"), required=False)
    relation = ChoiceField(
        choices=relations_of("family_card", "household"),
        label=gettext_lazy("Hubungan dengan kepala keluarga"),
        required=False,
    )
    phone = PhoneField(label=gettext_lazy("Telepon"), required=False)
    region = PlaceField(label=gettext_lazy("Wilayah domisili"), required=False)
    line = TextField(label=gettext_lazy("Alamat domisili"), max_length=200, required=False)
    kind = ChoiceField(choices=reference.ppks_kinds().choices, label=gettext_lazy("Jenis PPKS"), required=False)

    layout: ClassVar = [
        "unit",
        Fieldset(
            gettext_lazy("Siapa"),
            [
                "full_name",
                "nickname",
                "identity_state",
                "sex",
                Row("birth_date", "age"),
                Row("birth_place", "mother_name"),
            ],
        ),
        Fieldset(
            gettext_lazy("Nomor identitas"),
            ["nik", "no_nik_reason", Row("kk", "relation")],
            hint=gettext_lazy("Isi NIK; bila belum ada, pilih mengapa. Salah satu harus terisi."),
        ),
        Fieldset(gettext_lazy("Tempat dan kontak"), ["region", "line", "phone"]),
        "kind",
    ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _nik_or_reason(self, cleaned)
        if cleaned.get("kk") and not cleaned.get("relation"):
            self.add_error("relation", _("Pilih hubungan dengan kepala keluarga pada KK itu."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The facts for `NewPerson`."""
        given = self.cleaned_data
        first, last = _birth_years(given)
        names = "full_name nickname identity_state sex birth_date birth_place mother_name nik no_nik_reason phone"
        card = FamilyCard(given["kk"], given["relation"]) if given["kk"] else None
        return {name: given[name] for name in names.split()} | {
            "birth_year_from": first,
            "birth_year_to": last,
            "places": {AddressKind.DOMICILE: Place(given["region"], given["line"])},
            "kinds": [given["kind"]] if given["kind"] else [],
            "family_card": card,
        }


class UnknownForm(_AtUnit):
    """Someone who cannot say who they are: what is seen, and where they were found. Ninety seconds."""

    description = LongTextField(
        label=gettext_lazy("Ciri-ciri"),
        max_length=500,
        rows=3,
        help_text=gettext_lazy(
            "Perawakan, pakaian, tanda khusus, keadaan. Misalnya: laki-laki, ±40, kemeja biru, bekas luka di dahi."
        ),
    )
    nickname = TextField(label=gettext_lazy("Dipanggil"), max_length=80, required=False)
    sex = RadioField(choices=Sex.choices, label=gettext_lazy("Jenis kelamin"), inline=True)
    age = ApproximateAgeField(label=gettext_lazy("Umur kira-kira"), required=False)
    line = TextField(label=gettext_lazy("Ditemukan di"), max_length=200, required=False)
    region = PlaceField(label=gettext_lazy("Wilayah tempat ditemukan"), required=False)

    layout: ClassVar = ["unit", "description", "nickname", "sex", "age", "line", "region"]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = _birth_years(given)
        return {
            "description": given["description"],
            "nickname": given["nickname"],
            "sex": given["sex"],
            "identity_state": IdentityState.UNKNOWN,
            "no_nik_reason": "identitas_belum_diketahui",
            "birth_year_from": first,
            "birth_year_to": last,
            "places": {AddressKind.FOUND: Place(given["region"], given["line"])},
        }


class EditForm(SerasiForm):
    """Everything that `change_person` changes. The NIK is left as it is when its box stays empty."""

    with_id: ClassVar[bool] = False
    with_revision: ClassVar[bool] = True

    full_name = TextField(label=gettext_lazy("Nama lengkap"), max_length=150, required=False)
    nickname = TextField(label=gettext_lazy("Nama panggilan"), max_length=80, required=False)
    description = LongTextField(label=gettext_lazy("Ciri-ciri"), max_length=500, rows=3, required=False)
    identity_state = ChoiceField(
        choices=IdentityState.choices, label=gettext_lazy("Identitas diketahui dari"), empty_label=None
    )
    sex = RadioField(choices=Sex.choices, label=gettext_lazy("Jenis kelamin"), inline=True)
    birth_date = DateField(label=gettext_lazy("Tanggal lahir"), required=False, not_after=_today)
    birth_year_from = IntegerField(
        label=gettext_lazy("Lahir paling awal tahun"), required=False, min_value=EARLIEST_BIRTH_YEAR, max_value=2200
    )
    birth_year_to = IntegerField(
        label=gettext_lazy("Lahir paling akhir tahun"), required=False, min_value=EARLIEST_BIRTH_YEAR, max_value=2200
    )
    birth_place = TextField(label=gettext_lazy("Tempat lahir"), max_length=80, required=False)
    mother_name = TextField(label=gettext_lazy("Nama ibu kandung"), max_length=150, required=False)
    nik = NikField(label=gettext_lazy("NIK"), required=False)
    no_nik_reason = ChoiceField(
        choices=reference.no_nik_reasons().choices, label=gettext_lazy("Bila tanpa NIK, mengapa"), required=False
    )
    phone = PhoneField(label=gettext_lazy("Telepon"), required=False)
    religion = listed(reference.religions(), gettext_lazy("Agama"))
    marital = listed(reference.marital_states(), gettext_lazy("Status perkawinan"))
    education = listed(reference.education_levels(), gettext_lazy("Pendidikan terakhir"))
    died_on = DateField(label=gettext_lazy("Meninggal tanggal"), required=False, not_after=_today)

    layout: ClassVar = [
        Fieldset(gettext_lazy("Siapa"), ["full_name", "nickname", "description", "identity_state", "sex"]),
        Fieldset(
            gettext_lazy("Lahir"),
            ["birth_date", Row("birth_year_from", "birth_year_to"), Row("birth_place", "mother_name")],
            hint=gettext_lazy("Bila tanggalnya tidak diketahui, isi perkiraan tahun paling awal dan paling akhir."),
        ),
        Fieldset(gettext_lazy("Nomor dan kontak"), ["nik", "no_nik_reason", "phone"]),
        Fieldset(gettext_lazy("Lainnya"), [Row("religion", "marital"), "education", "died_on"]),
    ]

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        self.person = person
        names = [name for name in self.base_fields if name != "nik"]
        options.setdefault("initial", {name: getattr(person, name) for name in names} | {"revision": person.revision})
        super().__init__(*args, **options)
        if person.nik:
            self.fields["nik"].help_text = _(
                "Tercatat %(nik)s. Isi hanya bila ingin mengganti; pilih alasan tanpa NIK bila ingin menghapusnya."
            ) % {"nik": person.masked_nik}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("birth_year_from"), cleaned.get("birth_year_to")
        born = cleaned.get("birth_date")
        if born is not None:
            cleaned["birth_year_from"] = cleaned["birth_year_to"] = born.year
        elif "birth_date" in cleaned and (first is None) != (last is None):
            cleaned["birth_year_from"] = cleaned["birth_year_to"] = first if first is not None else last
        elif first is not None and last is not None and last < first:
            self.add_error("birth_year_to", _("Tahun paling akhir tidak boleh sebelum tahun paling awal."))
        died = cleaned.get("died_on")
        if died and born and died < born:
            self.add_error("died_on", _("Tanggal meninggal tidak boleh sebelum tanggal lahir."))
        if not (cleaned.get("full_name") or cleaned.get("nickname") or cleaned.get("description")):
            self.add_error("full_name", _("Isi nama, nama panggilan, atau ciri-ciri orang ini."))
        if cleaned.get("nik") and cleaned.get("no_nik_reason"):
            self.add_error("no_nik_reason", _("Isi NIK, atau pilih alasan mengapa tidak ada. Salah satu saja."))
        if (
            not cleaned.get("nik")
            and not cleaned.get("no_nik_reason")
            and not self.person.nik
            and "nik" not in self.errors
        ):
            self.add_error("no_nik_reason", _("Pilih mengapa NIK belum ada."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What `change_person` is given."""
        changes = {name: self.cleaned_data[name] for name in self.base_fields}
        if not changes["nik"] and not changes["no_nik_reason"]:
            del changes["nik"], changes["no_nik_reason"]
        return changes


class PersonFilter(FilterForm):
    """The list of people: without a name those of one's units, with one the whole register."""

    in_sight: ClassVar = ("q",)

    q = TextField(label=gettext_lazy("Nama, NIK, KK, atau telepon"), max_length=200)
    sex = ChoiceField(choices=Sex.choices, label=gettext_lazy("Jenis kelamin"), empty_label=gettext_lazy("Semua"))
    year = IntegerField(label=gettext_lazy("Tahun lahir"), min_value=EARLIEST_BIRTH_YEAR, max_value=2200)
    kind = ChoiceField(
        choices=[choice for choice in reference.ppks_kinds().choices if choice[0] not in HEALTH_KINDS],
        label=gettext_lazy("Jenis PPKS"),
        empty_label=gettext_lazy("Semua"),
    )
    here = BooleanField(label=gettext_lazy("Unit saya saja"))


class RecogniseForm(_AtUnit):
    """Why someone registered elsewhere is to be opened here."""

    reason = TextField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: datang kembali meminta bantuan; dirujuk polisi."),
    )


class PhotoForm(SerasiForm):
    with_id: ClassVar[bool] = False
    with_revision: ClassVar[bool] = True
    photo = PhotoField(label=gettext_lazy("Foto"))


class PurposeForm(SerasiForm):
    """For what a closed number is opened."""

    with_id: ClassVar[bool] = False
    purpose = TextField(label=gettext_lazy("Untuk apa"), max_length=150)


def _nik_or_reason(form: SerasiForm, cleaned: Mapping[str, Any]) -> None:
    if "nik" not in cleaned:
        return
    if cleaned["nik"] and cleaned.get("no_nik_reason"):
        form.add_error(
            "no_nik_reason", ValidationError(_("Isi NIK, atau pilih alasan mengapa tidak ada. Salah satu saja."))
        )
    if not cleaned["nik"] and not cleaned.get("no_nik_reason") and "no_nik_reason" not in form.errors:
        form.add_error("no_nik_reason", ValidationError(_("Isi NIK, atau pilih mengapa NIK belum ada.")))


def _birth_years(given: Mapping[str, Any]) -> tuple[int | None, int | None]:
    if given.get("birth_date"):
        return given["birth_date"].year, given["birth_date"].year
    if given.get("age"):
        estimate = given["age"].estimate(_today())
        return max(estimate.earliest.year, EARLIEST_BIRTH_YEAR), max(estimate.latest.year, EARLIEST_BIRTH_YEAR)
    return None, None
