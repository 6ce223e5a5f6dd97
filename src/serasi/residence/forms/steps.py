"""What is typed step by step: the screening, the steps of a list, what somebody who knows has found."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ActForm, HappenedAtField, MultipleChoiceField, RadioField, TextField
from serasi.residence.enums import Answer, Checklist
from serasi.residence.queries import Worklist
from serasi.residence.reference import screening


class ScreenForm(ActForm):
    """One question under the other, three answers each; what stays open is unknown."""

    marks_optional = False
    note = TextField(label=_("Keterangan"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in screening():
            self.fields[f"q_{question.code}"] = RadioField(
                label=str(question), choices=Answer.choices, initial=Answer.UNKNOWN, required=False, inline=True
            )
        self.order_fields([*(f"q_{question.code}" for question in screening()), "note"])

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        answers = {question.code: typed[f"q_{question.code}"] for question in screening()}
        return {"id": typed["id"], "answers": answers, "note": typed["note"]}


class FindingForm(ActForm):
    with_id = False
    finding = TextField(
        label=_("Hasil pemeriksaan"), max_length=500, help_text=_("Siapa yang memeriksa, dan apa katanya.")
    )


class StepsForm(ActForm):
    """What was done of a list, ticked; one time and one word for what is ticked together."""

    with_id = False
    layout = ("codes", "happened_at", "note")
    happened_at = HappenedAtField(label=_("Waktu"))
    note = TextField(label=_("Hasil"), max_length=500, required=False)

    def __init__(self, typed: QueryDict | None, *, worklist: Worklist, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.checklist: Checklist = worklist.checklist
        self.fields["codes"] = MultipleChoiceField(
            label=_("Yang sudah dilakukan"),
            choices=[(step.listed.code, str(step.listed)) for step in worklist.left],
        )

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"checklist": self.checklist}
