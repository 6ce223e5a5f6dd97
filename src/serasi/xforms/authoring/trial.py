"""The form is tried before it is published: with the examples a person has worked out, and with answers taken away.

A scale with a formula of its own proves here that a blank never reads as "no problem": starting from examples that
answer all its items, each item is given each of its answers and then emptied. Emptied, the score is blank or stays as
it was; a score that changes has taken the blank for an answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.points import number, plain
from serasi.xforms.authoring.sheets import ANSWERED
from serasi.xforms.authoring.survey import Question, Survey
from serasi.xforms.authoring.workbook import Workbook
from serasi.xforms.declared import Declaration, Example, Method, Scale
from serasi.xforms.evaluate import Evaluated, ProblemKind, evaluate
from serasi.xforms.findings import Finding
from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from serasi.xforms.xpath import TooMuchWork

MOST_TRIALS = 600
"""Evaluations for all formulas of one form, about two seconds."""
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_NOBODY = UUID(int=0)
_WRONG_ANSWERS = frozenset({ProblemKind.TYPE, ProblemKind.CHOICE, ProblemKind.CONSTRAINT})


def tried(form: Form, workbook: Workbook, survey: Survey, declaration: Declaration) -> Iterator[Finding]:
    """What comes out otherwise than its author says."""
    trial = _Trial(form, survey)
    try:
        for row, example in zip(workbook["contoh"].rows, declaration.examples, strict=True):
            yield from trial.example(row.number, example)
        for scale in declaration.scales:
            if scale.method is Method.FORMULA:
                yield from trial.formula(scale, declaration.examples)
    except TooMuchWork as heavy:
        yield Finding("{reason}", {"reason": heavy.message})


@dataclass
class _Trial:
    form: Form
    survey: Survey
    left: int = field(default=MOST_TRIALS)

    @cached_property
    def paths(self) -> dict[str, str]:
        """Where each question outside repeats stands in the form."""
        return {
            name: "/".join((self.form.root, *question.groups, name))
            for name, question in self.survey.by_name.items()
            if not question.repeats
        }

    def work(self, answers: Mapping[str, str]) -> Evaluated:
        self.left -= 1
        told = {self.paths[name]: answer for name, answer in answers.items()}
        return evaluate(self.form, compose(self.form, told, instance_id=_NOBODY), now=_NOW)

    def value(self, evaluated: Evaluated, name: str) -> str:
        """What a calculate came to; those that were written by us stand at the root."""
        text = evaluated.values.get(self.paths.get(name, f"{self.form.root}/{name}"), "")
        found = number(text)
        return text if found is None else plain(found)

    # Examples

    def example(self, row: int, example: Example) -> Iterator[Finding]:
        evaluated = self.work(example.answers)
        names = {self.paths[name]: name for name in example.answers}
        for path in sorted(evaluated.irrelevant & set(names)):
            yield self._of_example(
                _("Pada contoh ini pertanyaan “{name}” tidak ditanyakan (relevant); kosongkan."),
                row,
                example,
                names[path],
            )
        for problem in evaluated.problems:
            if problem.path in names and problem.kind in _WRONG_ANSWERS:
                name = names[problem.path]
                yield self._of_example(
                    _("Jawaban “{answer}” untuk “{name}” tidak diterima formulir ini."),
                    row,
                    example,
                    name,
                    answer=example.answers[name],
                )
        for name, expected in example.values.items():
            found = self.value(evaluated, name)
            if found != expected:
                yield Finding(
                    _(
                        "Contoh “{example}”: {name} menurut Anda {expected}, menurut formulir {found}. Hitung "
                        "ulang keduanya."
                    ),
                    {"example": example.name, "name": name, "expected": expected or "–", "found": found or "–"},
                    "contoh",
                    row,
                    f"skor:{name}",
                )

    def _of_example(self, message: str, row: int, example: Example, name: str, **values: str) -> Finding:
        return Finding(message, {"example": example.name, "name": name, **values}, "contoh", row, name)

    # Blanks

    def formula(self, scale: Scale, examples: tuple[Example, ...]) -> Iterator[Finding]:
        at = self.survey.by_name[scale.name]
        if nothing := self.value(self.work({}), scale.name):
            yield self._of_formula(
                at,
                _(
                    "Selama belum ada jawaban, skor {scale} sudah bernilai {found}. Buat kosong sampai butirnya "
                    "terjawab."
                ),
                scale,
                found=nothing,
            )
            return
        full = [one for one in examples if all(one.answers.get(item) for item in scale.items)]
        if not full:
            yield self._of_formula(at, _("Skor rumus {scale} memerlukan contoh yang semua butirnya terjawab."), scale)
            return
        for example in full:
            for position, item in enumerate(scale.items):
                change = self._change(scale, example, position)
                if change is not None:
                    before, after = change
                    yield self._of_formula(
                        at,
                        _(
                            "Bila “{item}” dikosongkan, skor {scale} berubah dari {before} menjadi {after}: yang "
                            "kosong terbaca sebagai jawaban. Tulis if(${{{answered}}} >= {count}, …, '')."
                        ),
                        scale,
                        item=item,
                        before=before,
                        after=after,
                        answered=f"{scale.name}{ANSWERED}",
                        count=str(len(scale.items) - scale.may_be_blank),
                    )
                    return

    def _change(self, scale: Scale, example: Example, position: int) -> tuple[str, str] | None:
        """A value, and what it changes to when one item more than allowed is emptied; None where none changes."""
        item = scale.items[position]
        emptied = {scale.items[(position + step) % len(scale.items)] for step in range(scale.may_be_blank + 1)}
        kept = {name: answer for name, answer in example.answers.items() if name not in emptied}
        if self.left <= 0 or not (after := self.value(self.work(kept), scale.name)):
            return None
        for answer in self._answers(self.survey.by_name[item], example):
            if self.left <= 0:
                return None
            before = self.value(self.work({**example.answers, item: answer}), scale.name)
            if before != after:
                return before or "–", after
        return None

    def _answers(self, question: Question, example: Example) -> tuple[str, ...]:
        if question.kind in {"select_one", "select_multiple"}:
            return tuple(choice.name for choice in self.survey.choices.get(question.list_name, ()))
        return (example.answers[question.name],)

    def _of_formula(self, at: Question, message: str, scale: Scale, **values: str) -> Finding:
        return Finding(message, {"scale": scale.name, **values}, "survey", at.row, "calculation")
