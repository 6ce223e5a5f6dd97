"""From the text of an expression to its tree: XPath 1.0 as forms use it (https://getodk.github.io/xforms-spec/#xpath-paths)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from serasi.xforms.xpath.tree import ANY, Axis, Call, Chain, Filtered, Negative, Number, Path, Step, Text, Tree

LONGEST = 20_000
"""Characters of one expression; the sum of a scale of 300 items, each provided for, has about 15,000."""
DEEPEST = 60
"""Brackets within brackets, and `if` within `if`."""

TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<name>[^\W\d][\w.\-]*(?::(?:[^\W\d][\w.\-]*|\*))?)
      | (?P<sign>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    )""",
    re.VERBOSE,
)
PRECEDENCE = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
OPERATORS = tuple(operator for level in PRECEDENCE for operator in level)
WORDS = frozenset({"or", "and", "div", "mod"})
BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", ""})
ANY_NODE = Step(Axis.DESCENDANT_OR_SELF, ANY)


class Unparsed(Exception):
    """The text is no expression: where it stops being one (characters from 0), and why, in Indonesian."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"{message} ({position})")
        self.position = position
        self.message = message


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    position: int


def parse(text: str) -> Tree:
    """The tree of an expression. Raises Unparsed."""
    if len(text) > LONGEST:
        raise Unparsed(LONGEST, "Rumus ini terlalu panjang.")
    return _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Tree:
    return Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        found = TOKEN.match(text, position)
        if found is None:
            at = position + len(text[position:]) - len(text[position:].lstrip())
            raise Unparsed(at, f"Tanda “{text[at]}” tidak dikenal dalam rumus.")
        kind = str(found.lastgroup)
        tokens.append(Token(_kind(kind, found[kind], tokens), found[kind], found.start(kind)))
        position = found.end()
    return [*tokens, Token("end", "", end)]


def _kind(kind: str, text: str, before: list[Token]) -> str:
    """XPath 1.0, 3.7: a word or a star is an operator where an operand has just ended."""
    operand_ended = bool(before) and before[-1].kind != "operator" and before[-1].text not in BEFORE_OPERAND
    if text in WORDS and kind == "name":
        return "operator" if operand_ended else "name"
    if text == "*":
        return "operator" if operand_ended else "name"
    return kind


def _grouped(operands: list[Tree], operators: list[str]) -> Tree:
    """Operands and the operators between them, the tightest bound first."""
    for level in reversed(PRECEDENCE):
        looser: list[str] = []
        runs: list[tuple[Tree, list[tuple[str, Tree]]]] = [(operands[0], [])]
        for operator, operand in zip(operators, operands[1:], strict=True):
            if operator in level:
                runs[-1][1].append((operator, operand))
            else:
                looser.append(operator)
                runs.append((operand, []))
        operands = [Chain(first, tuple(rest)) if rest else first for first, rest in runs]
        operators = looser
    return operands[0]


class Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def whole(self) -> Tree:
        tree = self.expression()
        if self.token.kind != "end":
            raise self.unexpected()
        return tree

    def unexpected(self) -> Unparsed:
        if self.token.kind == "end":
            return Unparsed(self.token.position, "Rumus berhenti sebelum selesai.")
        return Unparsed(self.token.position, f"“{self.token.text}” tidak diduga di sini.")

    def take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def sees(self, *signs: str) -> bool:
        return self.token.kind in {"sign", "operator"} and self.token.text in signs

    def skip(self, sign: str) -> bool:
        if self.sees(sign):
            self.at += 1
            return True
        return False

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            if self.token.kind == "end":
                raise Unparsed(self.token.position, f"“{sign}” belum ada.")
            raise self.unexpected()

    def expression(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unparsed(self.token.position, "Rumus ini bertingkat terlalu dalam.")
        operands, operators = [self.unary()], list[str]()
        while self.sees(*OPERATORS):
            operators.append(self.take().text)
            operands.append(self.unary())
        self.depth -= 1
        return _grouped(operands, operators)

    def unary(self) -> Tree:
        signs = 0
        while self.skip("-"):
            signs += 1
        tree = self.union()
        if signs == 0:
            return tree
        return Negative(tree) if signs % 2 else Negative(Negative(tree))

    def union(self) -> Tree:
        first = self.path()
        rest: list[tuple[str, Tree]] = []
        while self.sees("|"):
            rest.append((self.take().text, self.path()))
        return Chain(first, tuple(rest)) if rest else first

    def path(self) -> Tree:
        if self.sees("/"):
            self.take()
            return Path(self.steps() if self.begins_step() else (), absolute=True)
        if self.sees("//"):
            self.take()
            return Path((ANY_NODE, *self.steps()), absolute=True)
        if self.begins_step() and not self.begins_call():
            return Path(self.steps())
        start = self.primary()
        predicates = self.predicates()
        if predicates:
            start = Filtered(start, predicates)
        if self.sees("/", "//"):
            through = (ANY_NODE,) if self.take().text == "//" else ()
            return Path((*through, *self.steps()), start=start)
        return start

    def begins_step(self) -> bool:
        return self.token.kind == "name" or self.sees(".", "..", "@")

    def begins_call(self) -> bool:
        following = self.tokens[self.at + 1] if self.token.kind == "name" else None
        return following is not None and following.text == "(" and self.token.text != "node"

    def primary(self) -> Tree:
        token = self.token
        if token.kind == "number":
            return Number(float(self.take().text))
        if token.kind == "text":
            return Text(self.take().text[1:-1])
        if token.kind == "name":
            return self.call()
        if self.skip("("):
            tree = self.expression()
            self.expect(")")
            return tree
        raise self.unexpected()

    def call(self) -> Tree:
        name = self.take()
        self.expect("(")
        arguments: list[Tree] = []
        if not self.sees(")"):
            arguments.append(self.expression())
            while self.skip(","):
                arguments.append(self.expression())
        self.expect(")")
        return Call(name.text, tuple(arguments), name.position)

    def steps(self) -> tuple[Step, ...]:
        steps = [self.step()]
        while self.sees("/", "//"):
            if self.take().text == "//":
                steps.append(ANY_NODE)
            steps.append(self.step())
        return tuple(steps)

    def step(self) -> Step:
        if self.skip("."):
            return Step(Axis.SELF, ANY, self.predicates())
        if self.skip(".."):
            return Step(Axis.PARENT, ANY, self.predicates())
        axis = Axis.ATTRIBUTE if self.skip("@") else Axis.CHILD
        if self.token.kind != "name":
            raise self.unexpected()
        name = self.take()
        if self.skip("::"):
            if name.text not in set(Axis):
                raise Unparsed(name.position, f"Arah “{name.text}” tidak dikenal.")
            axis = Axis(name.text)
            if self.token.kind != "name":
                raise self.unexpected()
            name = self.take()
        if name.text == "node" and self.skip("("):
            self.expect(")")
            return Step(axis, ANY, self.predicates())
        return Step(axis, name.text.rpartition(":")[2], self.predicates())  # nodes go by their local names

    def predicates(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while self.skip("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)
