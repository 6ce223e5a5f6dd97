"""Forms of the import: the file, what its columns mean, which rows to save, whom a row means."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit, User
from serasi.common import forms
from serasi.common.forms.files import MB, TableFileField
from serasi.common.spreadsheets import MAX_BYTES
from serasi.interop.headings import used_fields
from serasi.interop.models import RosterImport
from serasi.interop.permissions import IMPORT_ROSTER
from serasi.people.reference import no_nik_reasons

SPREADSHEETS = ("xlsx", "xls", "xlsm", "ods", "csv", "tsv", "txt")


class UploadForm(forms.SerasiForm):
    unit = forms.ModelChoiceField(None, label=gettext_lazy("Unit"))
    file = TableFileField(
        endings=SPREADSHEETS,
        max_megabytes=MAX_BYTES // MB,
        label=gettext_lazy("Berkas daftar"),
        help_text=gettext_lazy("Excel, LibreOffice atau CSV; paling besar 20 MB dan 50.000 baris."),
        error_messages={"required": gettext_lazy("Pilih berkas daftarnya.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.reached_by(user, IMPORT_ROSTER).open()
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = units
        found = list(units[:2])
        if len(found) == 1:
            field.initial = found[0]
            field.empty_label = None


class ColumnsForm(forms.SerasiForm):
    """One choice for each column that has a heading or something in it."""

    with_id = False
    with_revision = True
    marks_optional = False

    def __init__(self, *args: Any, roster: RosterImport, samples: Sequence[str], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": roster.revision})
        super().__init__(*args, **kwargs)
        self.width = len(roster.headers)
        choices = [(field.code, str(field)) for field in used_fields()]
        for column, header in enumerate(roster.headers):
            sample = samples[column] if column < len(samples) else ""
            if not header and not sample:
                continue
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=header or _("Kolom %(letter)s") % {"letter": column_letter(column)},
                choices=choices,
                empty_label=_("Tidak dipakai"),
                required=False,
                initial=roster.mapping[column],
                help_text=_("Misalnya: %(sample)s") % {"sample": sample} if sample else "",
            )
        self.fields["no_nik_reason"] = forms.ChoiceField(
            label=_("Alasan untuk baris tanpa NIK"),
            choices=no_nik_reasons().choices,
            initial=roster.no_nik_reason,
            empty_label=None,
        )

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data.get(f"column_{column}", "") for column in range(self.width)]


class SaveForm(forms.SerasiForm):
    with_id = False
    only_good = forms.RadioField(
        label=gettext_lazy("Baris mana yang disimpan?"),
        choices=[
            ("good", gettext_lazy("Baris yang benar saja; sisanya saya perbaiki dan unggah kemudian")),
            ("all", gettext_lazy("Semua, atau tidak sama sekali")),
        ],
        initial="good",
    )


class DecisionForm(forms.SerasiForm):
    with_id = False
    OTHER, SKIP = "lain", "lewati"
    answer = forms.RadioField(
        label=gettext_lazy("Siapa orang ini?"), error_messages={"required": gettext_lazy("Pilih salah satu jawaban.")}
    )
    reason = forms.TextField(
        label=gettext_lazy("Alasan bila orangnya berbeda"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Wajib bila NIK-nya sama."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.RadioField)  # noqa: S101 - for the type checker
        field.choices = [
            *((pk, _("Orang yang sama: %(who)s") % {"who": who}) for pk, who in people),
            (self.OTHER, _("Orang lain, daftarkan sebagai orang baru")),
            (self.SKIP, _("Lewati baris ini")),
        ]


def column_letter(column: int) -> str:
    """A, B, … Z, AA: as a spreadsheet names its columns."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
