"""Putting right what was tapped: what it was meant to be, or that it did not happen, and why it was wrong."""

from typing import Any, ClassVar, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ActForm, HappenedAtField, RadioField, TextField
from serasi.daily.enums import ANSWERS, Mark, Outcome, RoundKind
from serasi.daily.models import Dose, RollCallMark, RoundEntry
from serasi.daily.operations import Found

WITHDRAWN: Final = "withdrawn"


class WhyForm(ActForm):
    """Why what was written is taken back."""

    with_id = False
    why = TextField(label=_("Mengapa dibetulkan"), max_length=200)


class CorrectForm(WhyForm):
    """One choice of a few, with a word. What is withdrawn takes no more than why."""

    with_id = True
    note_label: ClassVar[Any] = _("Keterangan")

    def __init__(self, data: QueryDict | None, *, choices: list[tuple[str, Any]], chosen: str, note: str) -> None:
        super().__init__(data)
        self.fields["answer"] = RadioField(label=_("Yang benar"), choices=choices, initial=chosen)
        self.fields["note"] = TextField(label=self.note_label, max_length=200, required=False, initial=note)
        self.order_fields(["answer", "note", "happened_at", "why"])

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.cleaned_data["answer"] == WITHDRAWN)

    @property
    def said(self) -> dict[str, Any]:
        """What is right instead."""
        return {name: self.cleaned_data[name] for name in ("answer", "note")}

    def facts(self) -> dict[str, Any]:
        why = {"why": self.cleaned_data["why"]}
        return why if self.is_withdrawn else {"id": self.record_id, **why, **self.said}


class CorrectDoseForm(CorrectForm):
    note_label = _("Alasan bila tidak diberikan, atau mengapa diperlukan")

    def __init__(self, data: QueryDict | None, *, dose: Dose) -> None:
        outcomes = Outcome.choices if dose.due_at else [(Outcome.GIVEN.value, Outcome.GIVEN.label)]
        none = _("Belum dijawab; tunggu lagi") if dose.due_at else _("Tidak jadi diberikan")
        super().__init__(data, choices=[*outcomes, (WITHDRAWN, none)], chosen=dose.outcome, note=dose.reason)
        moment = HappenedAtField(label=_("Waktu diberikan"), initial=dose.happened_at)
        moment.known = (dose.happened_at,)
        self.fields["happened_at"] = moment
        self.order_fields(["answer", "note", "happened_at", "why"])

    @property
    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"outcome": typed["answer"], "reason": typed["note"], "happened_at": typed["happened_at"]}


class CorrectEntryForm(CorrectForm):
    def __init__(self, data: QueryDict | None, *, entry: RoundEntry) -> None:
        answers = [(one.value, one.label) for one in ANSWERS[RoundKind(entry.round.kind)]]
        choices = [*answers, (WITHDRAWN, _("Tidak ikut putaran ini"))]
        super().__init__(data, choices=choices, chosen=entry.answer, note=entry.note)


class CorrectMarkForm(CorrectForm):
    def __init__(self, data: QueryDict | None, *, mark: RollCallMark) -> None:
        super().__init__(data, choices=list(Mark.choices), chosen=mark.mark, note=mark.note)

    @property
    def said(self) -> dict[str, Any]:
        return {"found": Found(self.cleaned_data["answer"], self.cleaned_data["note"])}
