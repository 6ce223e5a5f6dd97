"""What is typed at a monitoring: a judgement of every goal, three scores, the person's own words."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.cases.enums import GoalResult, Score
from serasi.cases.models import Goal
from serasi.cases.operations.monitoring import Judgement
from serasi.cases.reference import functioning_aims
from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    Fieldset,
    LongTextField,
    RadioField,
    SerasiForm,
    TextField,
)
from serasi.common.initials import Veil

SCORES = ("needs_score", "roles_score", "problems_score")
BLANK = _("Belum dinilai")


def score_field(question: Any, anchors: Sequence[Any]) -> ChoiceField:
    """A score may be left open; the words of each step stand beside its number."""
    return ChoiceField(
        label=question,
        required=False,
        empty_label=BLANK,
        choices=[(str(anchor.value), f"{anchor.value} – {gettext(anchor.text)}") for anchor in anchors],
    )


def add_scores(form: SerasiForm) -> None:
    for name, aim in zip(SCORES, functioning_aims(), strict=True):
        form.fields[name] = score_field(gettext(aim.question), aim.anchors)


def scores_of(cleaned: dict[str, Any]) -> dict[str, Score | None]:
    return {name: Score(int(cleaned[name])) if cleaned.get(name) else None for name in SCORES}


class MonitoringForm(ActForm):
    held_on = DateField(label=_("Tanggal pemantauan"), not_after=timezone.localdate)
    voice = LongTextField(
        label=_("Kata penerima manfaat sendiri"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("Kutip kata-katanya: apa yang berubah, apa yang ia inginkan."),
    )
    summary = LongTextField(label=_("Ringkasan"), max_length=4000, rows=4)
    next_on = DateField(label=_("Pemantauan berikutnya"), required=False)

    def __init__(self, *args: Any, goals: Sequence[Goal], veil: Veil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        add_scores(self)
        judged = []
        for goal in goals:
            result, note, statement = f"result_{goal.pk}", f"note_{goal.pk}", veil.over(goal.statement)
            self.fields[result] = RadioField(
                label=statement,
                help_text=_("Tanda tercapai: %(indicator)s") % {"indicator": veil.over(goal.indicator)},
                choices=GoalResult.choices,
                inline=True,
                error_messages={"required": _("Nilai tujuan “%(goal)s”.") % {"goal": statement}},
            )
            self.fields[note] = TextField(label=_("Keterangan"), max_length=2000, required=False)
            judged += [result, note]
        self.layout = (  # type: ignore[misc]  # its fields are known only now
            "held_on",
            Fieldset(_("Tujuan rencana"), judged),
            Fieldset(
                _("Keberfungsian sosial hari itu"),
                SCORES,
                hint=_("Menunjukkan arah bagi satu orang; bukan alat ukur baku dan bukan diagnosis."),
            ),
            "voice",
            "summary",
            "next_on",
        )

    def facts(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in ("id", "held_on", "voice", "summary", "next_on")}
        return typed | scores_of(self.cleaned_data) | {"judgements": self._judgements()}

    def _judgements(self) -> list[Judgement]:
        return [
            Judgement(goal, GoalResult(self.cleaned_data[f"result_{goal.pk}"]), self.cleaned_data[f"note_{goal.pk}"])
            for goal in self.goals
        ]
