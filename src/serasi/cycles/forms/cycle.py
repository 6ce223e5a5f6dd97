"""What is typed to begin and end cycles, for one person or a cohort, and to find them."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    FilterForm,
    IntegerField,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    Row,
    SearchField,
    TextField,
)


def _months() -> IntegerField:
    return IntegerField(label=_("Lama siklus"), unit=_("bulan"), min_value=1, max_value=24)


class StartForm(ActForm):
    starts_on = DateField(label=_("Mulai"))
    months = _months()


class EndCycleForm(ActForm):
    with_id = False
    ended_on = DateField(label=_("Hari terakhir"))
    reason = LongTextField(label=_("Alasan"), max_length=500, rows=2)


class VoidForm(ActForm):
    with_id = False
    reason = LongTextField(label=_("Mengapa siklus ini keliru dimulai"), max_length=500, rows=2)


class CohortForm(ActForm):
    """Who of the unit does not turn yet; each is ticked."""

    name = TextField(label=_("Nama angkatan"), max_length=80, help_text=_("Misalnya: Angkatan Maret 2026"))
    starts_on = DateField(label=_("Mulai"))
    months = _months()
    cases = MultipleChoiceField(label=_("Siapa yang ikut"))
    layout = ("name", Row("starts_on", "months"), "cases")

    def __init__(self, *args: Any, offered: Any, names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(case.pk): case for case in offered}
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (pk, f"{names[case.pk]} · {case.number}") for pk, case in self.offered.items()
        ]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"cases": [self.offered[pk] for pk in self.cleaned_data["cases"]]}


class JoinForm(ActForm):
    case = ChoiceField(label=_("Siapa yang menyusul"))
    starts_on = DateField(label=_("Mulai"))

    def __init__(self, *args: Any, offered: Any, names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(case.pk): case for case in offered}
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            ("", ""),
            *((pk, f"{names[case.pk]} · {case.number}") for pk, case in self.offered.items()),
        ]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"case": self.offered[self.cleaned_data["case"]]}


def _share(label: Any) -> IntegerField:
    return IntegerField(label=label, unit="%", min_value=0, max_value=100)


class PracticeForm(ActForm):
    with_revision = True
    months = _months()
    entry_share = _share(_("Tinjauan awal paling lambat sesudah"))
    midpoint_share = _share(_("Tinjauan tengah paling lambat sesudah"))
    closing_share = _share(_("Tinjauan penutup paling lambat sesudah"))


class CycleFilter(FilterForm):
    """Which cycles of the list; without a choice, those that run."""

    in_sight: ClassVar = ("q", "state")
    q = SearchField(label=_("Nama atau nomor kasus"))
    state = ChoiceField(
        label=pgettext_lazy("siklus", "Keadaan"),
        choices=[
            ("late", _("Tinjauan terlambat")),
            ("month", _("Tinjauan bulan ini")),
            ("over", _("Sudah selesai")),
            ("all", _("Semua")),
        ],
        empty_label=_("Sedang berjalan"),
    )
    unit = ModelChoiceField(queryset=None, label=_("Unit"))
    cohort = ModelChoiceField(queryset=None, label=_("Angkatan"))

    def __init__(self, *args: Any, units: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]
