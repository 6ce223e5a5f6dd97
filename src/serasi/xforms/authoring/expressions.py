"""Formulas of the survey sheet, read with their place, and what is wrong in one by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.survey import Question, Survey
from serasi.xforms.findings import Finding
from serasi.xforms.lists import PLACES, columns_of
from serasi.xforms.xpath import Broken, Call, Path, Tree, Unparsed, calls, parse, wrong_calls
from serasi.xforms.xpath.regex import matches
from serasi.xforms.xpath.tree import Axis, Chain, Text, parts
from serasi.xforms.xpath.tree import Number as Literal

_FORMULAS = ("calculation", "relevant", "constraint", "required", "choice_filter", "repeat_count")
_PLAIN_WORDS = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?\s*([\w.\-]+)\s*\}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
"""Quotation marks as word processors write them; pyxform straightens them too."""
_ROOT = "q"
"""``${name}`` is read as ``/q/name``: a path of its own, whatever group the question stands in."""

_FOREIGN = (
    ("==", "="),
    ("&&", "and"),
    ("||", "or"),
    ("<>", "!="),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
    (";", ","),
    ("×", "*"),
    ("÷", "div"),
)
"""Signs of spreadsheets and programming languages, with what forms write."""
_SETS = frozenset({"sum", "count", "count-non-empty", "min", "max", "join"})
_NO_BLANK = frozenset({"", " "})


@dataclass(frozen=True, slots=True)
class Expression:
    """One formula: the row and the column it stands in, and its tree."""

    question: Question
    column: str
    text: str
    tree: Tree

    def found(self, message: str, **values: str) -> Finding:
        return Finding(message, values, "survey", self.question.row, self.column)

    @property
    def names(self) -> frozenset[str]:
        """Questions it speaks of."""
        return frozenset(name for part in parts(self.tree) if (name := named(part)))


def named(tree: Tree) -> str:
    """The question that a path means, "" for any other."""
    if isinstance(tree, Path) and tree.absolute and len(tree.steps) == 2 and tree.steps[0].name == _ROOT:
        return tree.steps[1].name
    return ""


def expressions_of(survey: Survey) -> tuple[tuple[Expression, ...], tuple[Finding, ...]]:
    """Every formula that can be read, and what is wrong with the others."""
    read: list[Expression] = []
    findings: list[Finding] = []
    for question in survey.questions:
        for column in _FORMULAS:
            text = question[column].translate(_CURLY)
            if not text or text.lower() in _PLAIN_WORDS:
                continue
            try:
                tree = parse(_REFERENCE.sub(rf" /{_ROOT}/\1", text))
            except Unparsed as unparsed:
                findings.append(_unread(question, column, text, unparsed))
            else:
                read.append(Expression(question, column, text, tree))
    return tuple(read), tuple(findings)


def _unread(question: Question, column: str, text: str, unparsed: Unparsed) -> Finding:
    bare = _QUOTED.sub("", text)
    for sign, meant in _FOREIGN:
        if sign in bare:
            return Finding(
                _("Tanda “{sign}” tidak dikenal dalam rumus formulir; tulis “{meant}”."),
                {"sign": sign, "meant": meant},
                "survey",
                question.row,
                column,
            )
    if bare.count("'") % 2 or bare.count('"') % 2:
        return Finding(_("Tanda kutip tidak berpasangan."), {}, "survey", question.row, column)
    return Finding(
        _("Rumus tidak terbaca: {reason} Rumusnya: {formula}"),
        {"reason": unparsed.message, "formula": text if len(text) < 200 else text[:200] + "…"},
        "survey",
        question.row,
        column,
    )


def judged(expression: Expression, survey: Survey) -> Iterator[Finding]:
    """What is wrong in one formula, whatever it is used for."""
    for wrong in wrong_calls(expression.tree):
        yield expression.found("{reason}", reason=wrong.message)
    for call in calls(expression.tree):
        if call.name == "regex" and len(call.arguments) == 2 and isinstance(call.arguments[1], Text):
            try:
                matches(call.arguments[1].value, "")
            except Broken as broken:
                yield expression.found("{reason}", reason=broken.message)
        if call.name in _SETS and any(_has_union(argument) for argument in call.arguments):
            yield expression.found(
                _(
                    "{name}() dengan tanda | gagal di ponsel. Jumlahkan satu per satu: coalesce(${{a}}, 0) + "
                    "coalesce(${{b}}, 0)."
                ),
                name=call.name,
            )
    yield from _absent_choices(expression, survey)
    if expression.column == "choice_filter":
        yield from _absent_columns(expression, survey)


def _has_union(tree: Tree) -> bool:
    return any(isinstance(part, Chain) and any(sign == "|" for sign, _operand in part.rest) for part in parts(tree))


def _absent_choices(expression: Expression, survey: Survey) -> Iterator[Finding]:
    for name, written in _picked(expression):
        question = survey.by_name.get(name)
        if question is None or question.kind not in {"select_one", "select_multiple", "rank"} or written in _NO_BLANK:
            continue
        choices = survey.choices.get(question.list_name)
        if choices is None or question["type"].lower().endswith("or_other"):
            continue
        known = [choice.name for choice in choices]
        if written not in known:
            yield expression.found(
                _("“{written}” bukan pilihan pertanyaan {name}. Pilihannya: {known}."),
                written=written,
                name=name,
                known=", ".join(known[:12]) + ("…" if len(known) > 12 else ""),
            )


def _picked(expression: Expression) -> Iterator[tuple[str, str]]:
    """Questions with the choices they are compared with."""
    here = expression.question.name if expression.column == "constraint" else ""
    for part in parts(expression.tree):
        if isinstance(part, Chain) and len(part.rest) == 1 and part.rest[0][0] in {"=", "!="}:
            sides = part.first, part.rest[0][1]
            for one, other in (sides, sides[::-1]):
                if (name := named(one) or (here if _is_self(one) else "")) and (written := _literal(other)) is not None:
                    yield name, written
        elif isinstance(part, Call) and part.name == "selected" and len(part.arguments) == 2:
            name = named(part.arguments[0]) or (here if _is_self(part.arguments[0]) else "")
            written = _literal(part.arguments[1])
            if name and written is not None:
                yield name, written


def _is_self(tree: Tree) -> bool:
    return isinstance(tree, Path) and not tree.absolute and [step.axis for step in tree.steps] == [Axis.SELF]


def _literal(tree: Tree) -> str | None:
    if isinstance(tree, Text):
        return tree.value
    if isinstance(tree, Literal):
        return f"{tree.value:g}"
    return None


def _absent_columns(expression: Expression, survey: Survey) -> Iterator[Finding]:
    name = expression.question.list_name
    choices = survey.choices.get(name, ())
    columns = columns_of(name) if name in PLACES else {column for choice in choices for column in choice.cells}
    if not columns or expression.question.kind == "select_one_external":  # whose list stands in another sheet
        return
    for part in parts(expression.tree):
        if isinstance(part, Path) and not part.absolute and part.start is None and len(part.steps) == 1:
            step = part.steps[0]
            if step.axis is Axis.CHILD and step.name not in columns:
                yield expression.found(
                    _("choice_filter memakai kolom “{column}” yang tidak ada di lembar choices untuk daftar “{list}”.")
                    if choices
                    else _("Kolom “{column}” tidak ada di daftar “{list}”. Yang ada: {columns}."),
                    column=step.name,
                    list=name,
                    columns=", ".join(sorted(columns)),
                )


def circles(survey: Survey, expressions: Iterable[Expression]) -> Iterator[Finding]:
    """Calculates and conditions that hang on themselves. Each circle is told once."""
    needs: dict[str, set[str]] = {question.name: set() for question in survey.questions if question.name}
    rows: dict[str, Expression] = {}
    for expression in expressions:
        if expression.column in {"calculation", "relevant"} and expression.question.name:
            needs[expression.question.name] |= expression.names
            rows.setdefault(expression.question.name, expression)
    for question in survey.questions:
        if question.name:
            needs[question.name] |= {outer for outer in (*question.groups, *question.repeats) if outer in rows}
    told: set[str] = set()
    done: set[str] = set()
    for start, first in needs.items():
        walk: list[tuple[str, Iterator[str]]] = [(start, iter(sorted(first)))]
        on_way = [start]
        while walk:
            name, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                walk.pop()
                on_way.pop()
                done.add(name)
            elif following in on_way:
                circle = on_way[on_way.index(following) :]
                if not told & set(circle):
                    told |= set(circle)
                    at = next(rows[one] for one in circle if one in rows)
                    yield at.found(
                        _("Rumus ini berputar: {circle}. Sebuah nilai tidak boleh bergantung pada dirinya sendiri."),
                        circle=" → ".join([*circle, following]),
                    )
            elif following in needs and following not in done:
                walk.append((following, iter(sorted(needs[following]))))
                on_way.append(following)
