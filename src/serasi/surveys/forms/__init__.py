"""What is typed on the pages of a survey."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.fields import UnitChoiceField
from serasi.access.models import Unit, User
from serasi.assessments.enums import Kind
from serasi.assessments.models import Edition
from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    ModelChoiceField,
    RadioField,
    Row,
    TextField,
)
from serasi.institutions.enums import RegionLevel
from serasi.institutions.fields import PlaceOfUnitField
from serasi.institutions.models import Region
from serasi.surveys.enums import Check, Outcome, SurveyState

LONGEST_LIST: Final = 120_000
"""Characters of pasted targets: 2,000 villages with their names."""
_LINE: Final = re.compile(r"^(?P<code>\d{2}\.?\d{2}\.?\d{2}\.?\d{4})\D(?:.*?\D)?(?P<wanted>\d[\d.]*)\s*$")


class EditionField(ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.version})"


class SurveyForm(ActForm):
    name = TextField(label=gettext_lazy("Nama survei"), max_length=150)
    purpose = LongTextField(
        label=gettext_lazy("Tujuan"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("Untuk apa jawaban dipakai; dibacakan kepada yang diwawancarai."),
    )
    unit = UnitChoiceField(None, label=gettext_lazy("Unit yang menyelenggarakan"))
    edition = EditionField(
        None,
        label=gettext_lazy("Formulir"),
        help_text=gettext_lazy(
            "Instrumen berjenis survei. Formulir baru ditambahkan lewat Instrumen › Unggah instrumen."
        ),
    )
    region = PlaceOfUnitField(label=gettext_lazy("Wilayah"))
    begins_on = DateField(label=gettext_lazy("Mulai"))
    ends_on = DateField(label=gettext_lazy("Sampai"))
    layout: ClassVar = ("name", "purpose", "unit", "edition", "region", Row("begins_on", "ends_on"))

    def __init__(self, *args: Any, user: User, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(pk__in=[one.pk for one in units]).order_by("path")
        if len(units) == 1:
            unit.initial, unit.empty_label = units[0].pk, None
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.visible_to(user).newest().filter(kind=Kind.SURVEY).order_by("title")


class ChangeForm(SurveyForm):
    """As `SurveyForm`, of a survey that stands already: its unit stays, and its own form is offered too."""

    with_id = False
    with_revision = True

    def __init__(self, *args: Any, current: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"]
        edition: Any = self.fields["edition"]
        edition.queryset = (edition.queryset | Edition.objects.filter(pk=current.pk)).distinct().order_by("title")


class EnumeratorForm(ActForm):
    user = ModelChoiceField(None, label=gettext_lazy("Petugas"))
    starts_on = DateField(label=gettext_lazy("Mulai bertugas"))
    last_day = DateField(
        label=gettext_lazy("Hari terakhir"), required=False, help_text=gettext_lazy("Kosong: sampai survei selesai.")
    )
    layout: ClassVar = ("user", Row("starts_on", "last_day"))

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = staff


class RemoveForm(ActForm):
    with_id = False
    last_day = DateField(
        label=gettext_lazy("Hari terakhir bertugas"),
        help_text=gettext_lazy("Wawancara sampai hari itu tetap ada, dan yang masih di ponsel tetap diterima."),
    )


class TargetsField(LongTextField):
    """Lines as they are copied from a spreadsheet: the code of the village, perhaps its name, the number."""

    def clean(self, value: Any) -> Any:
        found: dict[str, int] = {}
        wrong: list[str] = []
        for number, line in enumerate(str(super().clean(value)).splitlines(), 1):
            text = line.strip()
            if not text:
                continue
            read = _LINE.match(text)
            code = _dotted(read["code"]) if read else ""
            if read is None or code in found:
                wrong.append(str(number))
                continue
            found[code] = int(read["wanted"].replace(".", ""))
        if wrong:
            raise ValidationError(
                _("Baris %s tidak terbaca atau desanya sudah disebut. Tulis kode desa, lalu jumlahnya.")
                % ", ".join(wrong[:10])
            )
        return found


def _dotted(code: str) -> str:
    digits = code.replace(".", "")
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


class TargetsForm(ActForm):
    with_id = False
    targets = TargetsField(
        label=gettext_lazy("Target per desa"),
        max_length=LONGEST_LIST,
        rows=14,
        required=False,
        help_text=gettext_lazy(
            "Satu desa per baris: kode desa, boleh nama, lalu jumlah wawancara. Dapat ditempel dari lembar kerja."
        ),
    )

    @staticmethod
    def lines(targets: Iterable[tuple[Region, int]]) -> str:
        return "\n".join(f"{village.code} {village.name} {wanted}" for village, wanted in targets)


class VoidForm(ActForm):
    with_id = False
    reason = LongTextField(label=gettext_lazy("Mengapa dibatalkan"), max_length=500, rows=3)


class VerdictForm(ActForm):
    outcome = RadioField(label=gettext_lazy("Keputusan"), choices=Outcome.choices)
    reason = LongTextField(
        label=gettext_lazy("Alasan"),
        max_length=500,
        rows=3,
        help_text=gettext_lazy("Bila minta wawancara ulang, pewawancara membaca alasan ini."),
    )


class ReleaseForm(ActForm):
    level = ChoiceField(label=gettext_lazy("Wilayah sehalus"), choices=RegionLevel.choices, initial=RegionLevel.REGENCY)
    purpose = LongTextField(
        label=gettext_lazy("Untuk apa data ini dipakai, dan oleh siapa"),
        max_length=500,
        rows=3,
        help_text=gettext_lazy("Dicatat bersama nama Anda."),
    )

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"level": int(self.cleaned_data["level"])}


class VillageForm(ActForm):
    with_id = False
    village = PlaceOfUnitField(
        label=gettext_lazy("Desa atau kelurahan"),
        help_text=gettext_lazy("Ketik namanya, atau kode desanya."),
    )


class NeedForm(ActForm):
    need = LongTextField(
        label=gettext_lazy("Apa yang dibutuhkan orang ini"),
        max_length=1000,
        rows=4,
        help_text=gettext_lazy("Menjadi isi laporan. Skrining bahaya dijawab sesudahnya di halaman laporan."),
    )


class SurveyFilter(FilterForm):
    in_sight = ("q", "keadaan")
    q = TextField(label=gettext_lazy("Nama survei"), max_length=80)
    keadaan = ChoiceField(
        label=gettext_lazy("Keadaan"),
        choices=SurveyState.choices,
        empty_label=gettext_lazy("Semua yang belum diarsipkan"),
    )


class _OfInterviews(FilterForm):
    """By village, enumerator and days; the choices are those of the survey."""

    desa = ChoiceField(label=gettext_lazy("Desa"), empty_label=gettext_lazy("Semua desa"))
    pewawancara = ChoiceField(label=gettext_lazy("Pewawancara"), empty_label=gettext_lazy("Semua pewawancara"))

    def __init__(self, *args: Any, villages: Mapping[str, str], users: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: tuple[tuple[str, Mapping[str, str]], ...] = (("desa", villages), ("pewawancara", users))
        for name, words in choices:
            field: Any = self.fields[name]
            field.choices = [*field.choices[:1], *words.items()]


class InterviewFilter(_OfInterviews):
    in_sight = ("desa", "pewawancara")
    dari = DateField(label=gettext_lazy("Dari tanggal"))
    sampai = DateField(label=gettext_lazy("Sampai tanggal"))

    @property
    def narrows(self) -> dict[str, Any]:
        """As `queries.interviews_of` takes it."""
        names = {"desa": "village", "pewawancara": "enumerator", "dari": "since", "sampai": "until"}
        return {names[name]: value for name, value in self.chosen.items()}


class CheckFilter(_OfInterviews):
    in_sight = ("periksa", "pewawancara", "keputusan")
    periksa = ChoiceField(
        label=gettext_lazy("Pemeriksaan"), choices=Check.choices, empty_label=gettext_lazy("Semua pemeriksaan")
    )
    keputusan = ChoiceField(
        label=gettext_lazy("Keputusan"),
        choices=(("semua", gettext_lazy("Semua")), *Outcome.choices),
        empty_label=gettext_lazy("Belum diputuskan"),
    )

    @property
    def narrows(self) -> dict[str, Any]:
        """As `queries.findings_in` takes it."""
        names = {"periksa": "kind", "pewawancara": "enumerator", "keputusan": "decided", "desa": "village"}
        return {names[name]: value for name, value in self.chosen.items()}
