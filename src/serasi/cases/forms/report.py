"""Forms of intake: the crisis entry, the walk-in, the decision."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import Unit
from serasi.cases import reference
from serasi.cases.enums import TriageOutcome, Urgency
from serasi.cases.operations.report import NO, UNKNOWN, YES
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateTimeField,
    Fieldset,
    FilterForm,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    PhoneField,
    RadioField,
    Row,
    TextField,
)

DANGER_CHOICES = [(YES, _("Ya")), (NO, _("Tidak")), (UNKNOWN, _("Belum diketahui"))]
DANGER_PREFIX = "danger_"
NAMING = (
    "subject_description",
    "is_sppa",
    "narrative",
    "place",
    "first_action",
    "reporter_name",
    "reporter_relation",
    "reporter_phone",
)
"""What may name the person a report is about or lead to them, and what keeps the name back."""


class _ReportForm(ActForm):
    """What crisis entry and whole report share: unit, channel, moment, whom, how urgent, the danger screen."""

    unit = ModelChoiceField(queryset=None, label=_("Unit penerima"))
    channel = ChoiceField(
        choices=reference.report_channels().choices, empty_label=None, label=_("Laporan datang lewat")
    )
    received_at = DateTimeField(label=pgettext_lazy("laporan", "Diterima"), not_after=timezone.now)
    subject_description = TextField(
        label=_("Siapa yang dilaporkan"),
        max_length=250,
        help_text=_("Nama bila diketahui; bila tidak, ciri-cirinya: laki-laki, ±40, Pasar Senen"),
    )
    is_sppa = BooleanField(
        label=_("Anak yang berhadapan dengan hukum"),
        required=False,
        help_text=_("Namanya lalu hanya terbaca oleh penerima laporan, yang memutuskan, dan tim kasusnya."),
    )
    urgency = RadioField(label=_("Kegentingan"), choices=Urgency.choices, inline=True)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = units  # type: ignore[attr-defined]
        only = list(units[:2])
        if len(only) == 1:
            field.initial = only[0].pk
            field.widget = field.hidden_widget()
        else:
            self.layout = ("unit", *self.layout)  # type: ignore[misc]

    @property
    def danger(self) -> dict[str, str]:
        """The answers that were given; what was left open is not in it."""
        raise NotImplementedError

    def facts(self) -> dict[str, Any]:
        """The answers of the danger screen are one fact."""
        typed = super().facts()
        own = {name: typed[name] for name in typed if name != "seen" and not name.startswith(DANGER_PREFIX)}
        return own | {"danger": self.danger}


_DANGER_FIELDS = [f"{DANGER_PREFIX}{question.code}" for question in reference.danger_screen()]


class CrisisForm(_ReportForm):
    """Ninety seconds: the rest is written later."""

    urgency = RadioField(label=_("Kegentingan"), choices=Urgency.choices, inline=True, initial=Urgency.EMERGENCY)
    place = TextField(label=_("Di mana orangnya sekarang"), max_length=200, required=False)
    reporter_phone = PhoneField(label=_("Telepon yang dapat dihubungi"), required=False)
    first_action = TextField(label=_("Tindakan yang sudah dilakukan"), max_length=300, required=False)
    seen = MultipleChoiceField(
        label=_("Bahaya yang tampak sekarang"),
        choices=reference.danger_screen().choices,
        required=False,
        help_text=_("Centang yang tampak saja; kegentingan naik dengan sendirinya. Sisanya dijawab nanti."),
    )
    marks_optional = False
    layout = (
        "subject_description",
        "is_sppa",
        "place",
        "seen",
        Row("channel", "reporter_phone"),
        "urgency",
        "first_action",
        "received_at",
    )

    @property
    def danger(self) -> dict[str, str]:
        """What was seen is a yes; what was not ticked is not answered, and never a no."""
        return dict.fromkeys(self.cleaned_data["seen"], YES)


class ReportForm(_ReportForm):
    """The whole report on one page."""

    marks_optional = False
    reporter_name = TextField(label=_("Nama pelapor atau petugas"), max_length=150, required=False)
    reporter_phone = PhoneField(label=_("Telepon pelapor"), required=False)
    reporter_relation = TextField(label=_("Hubungan atau instansi"), max_length=80, required=False)
    place = TextField(label=_("Tempat ditemukan atau tinggal"), max_length=200, required=False)
    narrative = LongTextField(
        label=_("Uraian"), max_length=8000, help_text=_("Apa yang terjadi, sejak kapan, apa yang diminta.")
    )
    first_action = LongTextField(label=_("Tindakan pertama"), max_length=2000, rows=2, required=False)
    layout = (
        Fieldset(_("Laporan"), (Row("channel", "received_at"),)),
        Fieldset(
            _("Pelapor"),
            (Row("reporter_name", "reporter_relation"), "reporter_phone"),
            hint=_("Boleh kosong bila orangnya datang sendiri."),
        ),
        Fieldset(_("Orang yang dilaporkan"), ("subject_description", "is_sppa", "place", "narrative")),
        Fieldset(
            _("Skrining bahaya"),
            _DANGER_FIELDS,
            hint=_("“Belum diketahui” adalah jawaban yang sah; yang kosong harus dilengkapi nanti."),
        ),
        Fieldset(_("Kegentingan"), ("urgency", "first_action")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in reference.danger_screen():
            self.fields[f"{DANGER_PREFIX}{question.code}"] = RadioField(
                label=str(question), choices=DANGER_CHOICES, inline=True, required=False
            )

    @property
    def danger(self) -> dict[str, str]:
        return {
            name.removeprefix(DANGER_PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(DANGER_PREFIX) and value
        }


class CompleteReportForm(ReportForm):
    """``keeps_back`` names what is written already and not for this reader's eyes: it stays as it stands."""

    with_id = False
    with_revision = True

    def __init__(self, *args: Any, keeps_back: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in keeps_back:
            del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """A report stays with the unit that received it."""
        typed = super().facts()
        del typed["unit"]
        return typed


class TriageForm(ActForm):
    urgency = RadioField(label=_("Kegentingan"), choices=Urgency.choices, inline=True)
    outcome = RadioField(label=_("Keputusan"), choices=TriageOutcome.choices)
    referred_to = ModelChoiceField(queryset=None, label=_("Unit tujuan"), required=False)
    reason = LongTextField(
        label=_("Alasan"), max_length=2000, rows=3, required=False, help_text=_("Wajib bila kasus tidak dibuka.")
    )
    shown_when = {"referred_to": "outcome=refer"}

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referred_to"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """A unit chosen before the decision became another does not count."""
        typed = super().facts()
        return typed if typed["outcome"] == TriageOutcome.REFER else typed | {"referred_to": None}


class ReportFilter(FilterForm):
    state = ChoiceField(
        label=_("Keadaan"),
        choices=[
            ("new", _("Belum diputuskan")),
            ("unfinished", _("Belum lengkap")),
            ("late", _("Lewat batas tanggap")),
            ("decided", _("Sudah diputuskan")),
        ],
        empty_label=_("Semua"),
    )
    urgency = ChoiceField(label=_("Kegentingan"), choices=Urgency.choices, empty_label=_("Semua"))
    mine = ChoiceField(label=_("Penerima"), choices=[("1", _("Saya"))], empty_label=_("Semua"))
    q = TextField(label=_("Cari"), max_length=100)
