"""What is typed to end a service, and to take it up again."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from serasi.cases.reference import outcomes, termination_reasons
from serasi.common.forms import ActForm, ChoiceField, DateField, LongTextField, ModelChoiceField


class TerminationForm(ActForm):
    reason = ChoiceField(label=_("Alasan terminasi"), choices=termination_reasons().choices)
    outcome = ChoiceField(label=_("Hasil"), choices=outcomes().choices)
    ends_on = DateField(label=_("Tanggal berakhir"))
    account = LongTextField(
        label=_("Penjelasan"),
        max_length=4000,
        help_text=_("Apa yang dicapai, apa yang belum, dan kepada siapa ia kembali."),
    )
    aftercare_owner = ModelChoiceField(
        queryset=None,
        label=_("Penanggung jawab bimbingan lanjut"),
        required=False,
        help_text=_("Kunjungan dijadwalkan sendiri menurut bulan yang ditetapkan unit."),
    )
    shown_when = {"aftercare_owner": "reason=" + "|".join(r.code for r in termination_reasons() if r.needs_aftercare)}

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aftercare_owner"].queryset = users  # type: ignore[attr-defined]


class ReopeningForm(ActForm):
    reason = LongTextField(label=_("Alasan dibuka kembali"), max_length=2000, rows=4)
