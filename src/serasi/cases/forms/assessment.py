"""Forms of assessment: one domain by one profession, and the answer that the SPM counts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from serasi.cases.enums import AreaTag, SpmNeed
from serasi.common.forms import ActForm, LongTextField, MultipleChoiceField, RadioField


class AssessmentForm(ActForm):
    findings = LongTextField(label=_("Temuan"), max_length=8000, rows=8, required=False)
    strengths = LongTextField(label=_("Kekuatan"), max_length=4000, rows=3, required=False)
    needs = LongTextField(label=_("Kebutuhan"), max_length=4000, rows=3, required=False)
    tags = MultipleChoiceField(
        label=_("Jaga bagian ini secara khusus"),
        required=False,
        inline=True,
        help_text=_("Hanya profesi yang berwenang yang dapat membaca bagian bertanda."),
    )

    def __init__(self, *args: Any, readable: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].choices = [(tag, AreaTag(tag).label) for tag in readable]  # type: ignore[attr-defined]


class DraftForm(AssessmentForm):
    with_id = False
    with_revision = True


class SpmForm(ActForm):
    need = RadioField(label=_("Apakah orang ini membutuhkan rehabilitasi dasar?"), choices=SpmNeed.choices)
    reason = LongTextField(label=_("Dasar jawaban"), max_length=2000, rows=4)
