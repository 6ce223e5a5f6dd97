"""What calculates do with a blank, judged from how they are written: a blank must never read as "no problem".

A scale that is declared as a sum or a mean is written by us and needs no judging. One with a formula of its own must
not add up raw answers, must not be a mere condition, and must hang on its own items alone; what it does when answers
are missing is tried afterwards with its examples (`serasi.xforms.authoring.trial`).
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.expressions import Expression, named
from serasi.xforms.authoring.sheets import ANSWERED
from serasi.xforms.authoring.survey import Survey
from serasi.xforms.declared import Declaration, Method, Scale
from serasi.xforms.findings import Finding, Severity
from serasi.xforms.xpath import Call, Tree, calls
from serasi.xforms.xpath.tree import Chain, Negative, Number, Path, Text, parts

CHANGING = frozenset({"today", "now", "random", "once", "uuid", "randomize", "pulldata", "instance", "last"})
"""What differs from day to day, from phone to phone, or with a list that is kept elsewhere."""
_SUMS = frozenset({"+", "-", "*", "div", "mod"})
_COMPARES = frozenset({"=", "!=", "<", "<=", ">", ">="})
_NUMERIC = frozenset({"number", "int", "round", "abs", "pow", "sqrt", "sum", "min", "max", "exp", "log"})
_TRUTHS = frozenset(
    {"not", "true", "false", "selected", "boolean", "regex", "contains", "starts-with", "ends-with", "checklist"}
)
_LOOKS = frozenset({"string-length", "count-non-empty", "coalesce"})
NAIVE = 3
"""So many raw answers added up look like a score."""


def judged_scores(survey: Survey, declaration: Declaration, expressions: Iterable[Expression]) -> Iterator[Finding]:
    formulas = {one.question.name: one for one in expressions if one.column == "calculation"}
    answered = {f"{scale.name}{ANSWERED}": scale for scale in declaration.scales}
    written = {scale.name for scale in declaration.scales if scale.method is not Method.FORMULA}
    in_scores: set[str] = set()
    for scale in declaration.scales:
        if scale.method is not Method.FORMULA or scale.name not in formulas:
            continue
        reached = _reached(scale.name, formulas)
        in_scores |= reached
        for name in sorted(reached):
            yield from _in_score(formulas[name], survey, set(answered) | written)
        yield from _items(scale, reached, formulas, survey, answered)
    for name, expression in formulas.items():
        if name not in in_scores:
            yield from _outside(expression, survey)


def _reached(start: str, formulas: dict[str, Expression]) -> set[str]:
    """The calculates that a scale is made of."""
    reached, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name in formulas and name not in reached:
            reached.add(name)
            waiting += formulas[name].names
    return reached


def _items(
    scale: Scale, reached: set[str], formulas: dict[str, Expression], survey: Survey, answered: dict[str, Scale]
) -> Iterator[Finding]:
    used = {name for one in reached for name in formulas[one].names} - reached
    for name in sorted(used - set(scale.items) - set(answered)):
        question = survey.by_name.get(name)
        if question is not None and question.is_answered:
            yield formulas[scale.name].found(
                _(
                    "Skor {scale} memakai jawaban “{name}” yang tidak ada di kolom butir lembar skor. Tambahkan "
                    "di sana."
                ),
                scale=scale.name,
                name=name,
            )
    for name in sorted(set(scale.items) - used):
        yield formulas[scale.name].found(
            _("Butir “{name}” tidak dipakai rumus skor {scale}. Hapus dari kolom butir."), scale=scale.name, name=name
        )


def _in_score(expression: Expression, survey: Survey, numbers: set[str]) -> Iterator[Finding]:
    for call in calls(expression.tree):
        if call.name in CHANGING:
            yield expression.found(
                _("{name}() tidak boleh ada di dalam skor: hasilnya tidak sama kapan pun dan di mana pun dihitung."),
                name=call.name,
            )
    for name in sorted(set(_bare(expression.tree)) - numbers):
        yield expression.found(
            _(
                "“{name}” dihitung langsung; bila kosong, hasilnya lain di ponsel dan di server. Tulis "
                "coalesce(${{{name}}}, 0), dan pastikan skor kosong selama jawabannya belum lengkap."
            ),
            name=name,
        )
    if _truths_counted(expression.tree) or is_truth(expression.tree):
        yield expression.found(_("Syarat (benar/salah) dipakai sebagai bilangan. Tulis if(syarat, 1, 0)."))
    if _is_two_state(expression.tree, survey):
        yield expression.found(
            _(
                "Tanda ini hanya punya dua keadaan, jadi isian kosong terbaca “{otherwise}”. Tulis tiga keadaan: "
                "if(${{pertanyaan}} = '', '', if(…, …, …))."
            ),
            otherwise=_otherwise(expression.tree),
        )


def _outside(expression: Expression, survey: Survey) -> Iterator[Finding]:
    def warned(message: str, **values: str) -> Finding:
        question = expression.question
        return Finding(message, values, "survey", question.row, expression.column, Severity.WARNS)

    raw = [name for name in _bare(expression.tree) if (found := survey.by_name.get(name)) and found.is_answered]
    if len(raw) >= NAIVE:
        yield warned(
            _(
                "Rumus ini menjumlahkan jawaban tanpa memeriksa yang kosong. Bila ini skor, hapus baris ini dan "
                "nyatakan di lembar skor; Serasi menuliskan rumusnya."
            )
        )
    elif _is_two_state(expression.tree, survey):
        yield warned(
            _("Selama belum dijawab, nilai ini terbaca “{otherwise}”. Tambahkan keadaan kosong bila itu keliru."),
            otherwise=_otherwise(expression.tree),
        )
    if is_truth(expression.tree):
        yield warned(_("Syarat (benar/salah) disimpan berbeda-beda oleh ponsel. Tulis if(syarat, 1, 0)."))


def _bare(tree: Tree) -> Iterator[str]:
    """Questions and calculates that arithmetic takes as they are."""
    for part in parts(tree):
        operands: tuple[Tree, ...] = ()
        if isinstance(part, Chain) and all(sign in _SUMS for sign, _operand in part.rest):
            operands = (part.first, *(operand for _sign, operand in part.rest))
        elif isinstance(part, Negative):
            operands = (part.operand,)
        elif isinstance(part, Call) and part.name in _NUMERIC:
            operands = part.arguments
        for operand in operands:
            if name := named(operand):
                yield name


def is_truth(tree: Tree) -> bool:
    if isinstance(tree, Chain):
        return all(sign in _COMPARES | {"and", "or"} for sign, _operand in tree.rest)
    return isinstance(tree, Call) and tree.name in _TRUTHS


def _truths_counted(tree: Tree) -> bool:
    for part in parts(tree):
        if isinstance(part, Chain) and all(sign in _SUMS for sign, _operand in part.rest):
            if any(is_truth(operand) for operand in (part.first, *(operand for _sign, operand in part.rest))):
                return True
        elif isinstance(part, Call) and part.name in _NUMERIC and any(map(is_truth, part.arguments)):
            return True
    return False


def _is_two_state(tree: Tree, survey: Survey) -> bool:
    """A condition on raw answers with two answers, neither blank, that never looks whether anything was answered."""
    if not (isinstance(tree, Call) and tree.name == "if" and len(tree.arguments) == 3):
        return False
    condition, *outcomes = tree.arguments
    if not all(isinstance(one, Number) or (isinstance(one, Text) and one.value) for one in outcomes):
        return False
    raw = [
        question
        for part in parts(condition)
        if isinstance(part, Path) and (question := survey.by_name.get(named(part))) and question.is_answered
    ]
    return bool(raw) and not _looks_at_blanks(condition)


def _looks_at_blanks(condition: Tree) -> bool:
    for part in parts(condition):
        if isinstance(part, Text) and not part.value:
            return True
        if isinstance(part, Call) and part.name in _LOOKS:
            return True
        if named(part).endswith(ANSWERED):
            return True
    return False


def _otherwise(tree: Tree) -> str:
    last = tree.arguments[2] if isinstance(tree, Call) else tree
    return last.value if isinstance(last, Text) else f"{last.value:g}" if isinstance(last, Number) else ""
