"""What is typed to decide on a request."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.cases.enums import Decision
from serasi.common.forms import ActForm, LongTextField, RadioField


class DecisionForm(ActForm):
    with_id = False
    decision = RadioField(
        label=_("Keputusan"),
        choices=[(Decision.APPROVED, _("Setujui")), (Decision.RETURNED, _("Kembalikan untuk diperbaiki"))],
    )
    note = LongTextField(
        label=pgettext_lazy("satu", "Catatan"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("Wajib bila dikembalikan: apa yang harus diperbaiki."),
    )

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"decision": Decision(self.cleaned_data["decision"])}
