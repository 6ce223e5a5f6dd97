"""Patterns of forms (`regex()`), matched in time that grows with pattern and text alone.

Python's own matcher can be kept busy for years by one constraint, ``(a+)+$``. This one follows all ways through a
pattern at once (Thompson 1968, as told by Russ Cox in "Regular Expression Matching: the Virtual Machine Approach"). It
reads what Java and JavaScript have in common; what looks back (``\\1``, ``(?<=…)``) it refuses.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from serasi.xforms.xpath.broken import Broken

LONGEST_PATTERN = 1_000
MOST_INSTRUCTIONS = 5_000
DEEPEST = 20
NO_END = -1

Test: TypeAlias = Callable[[str], bool]


class NotAPattern(Broken):
    def __init__(self, pattern: str) -> None:
        super().__init__(f"Pola “{pattern}” tidak dapat dibaca.")


@dataclass(frozen=True, slots=True)
class One:
    """A character that passes."""

    test: Test


@dataclass(frozen=True, slots=True)
class Split:
    """Go on at either instruction."""

    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: ``^``, ``$``, ``b``, ``B``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """What follows matches, or does not."""

    program: "Program"
    wanted: bool


Instruction: TypeAlias = One | Split | Edge | Ahead
Program: TypeAlias = tuple[Instruction, ...]
"""Instructions one after another; whoever comes to the end has matched."""


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern matches the whole text. Raises NotAPattern."""
    return _runs(program_of(pattern), text, 0, whole=True)


def work_of(pattern: str, text: str) -> int:
    """At most so many steps it takes to match. Raises NotAPattern."""
    return _weight(program_of(pattern), len(text) + 1) * (len(text) + 1)


def _weight(program: Program, length: int) -> int:
    return sum(_weight(each.program, length) * length if isinstance(each, Ahead) else 1 for each in program)


@lru_cache(maxsize=512)
def program_of(pattern: str) -> Program:
    """Raises NotAPattern."""
    if len(pattern) > LONGEST_PATTERN:
        raise NotAPattern(pattern[:50] + "…")
    return _Compiler(pattern).whole()


def _runs(program: Program, text: str, start: int, *, whole: bool) -> bool:
    """Whether the program matches from ``start``: to the end of the text, or to anywhere."""
    states = _reached(program, {0}, text, start)
    for at in range(start, len(text)):
        if not whole and len(program) in states:
            return True
        letter = text[at]
        passed = set[int]()
        for state in states:
            instruction = program[state] if state < len(program) else None
            if isinstance(instruction, One) and instruction.test(letter):
                passed.add(state + 1)
        if not passed:
            return False
        states = _reached(program, passed, text, at + 1)
    return len(program) in states


def _reached(program: Program, states: set[int], text: str, at: int) -> set[int]:
    """All states that are reached without reading a character."""
    reached = set[int]()
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if state in reached:
            continue
        reached.add(state)
        match program[state] if state < len(program) else None:
            case Split(one, other):
                waiting += [one, other]
            case Edge(kind) if _is_edge(kind, text, at):
                waiting.append(state + 1)
            case Ahead(inner, wanted) if _runs(inner, text, at, whole=False) is wanted:
                waiting.append(state + 1)
    return reached


def _is_edge(kind: str, text: str, at: int) -> bool:
    if kind == "^":
        return at == 0
    if kind == "$":
        return at == len(text)
    beside = [_is_word(text[each]) for each in (at - 1, at) if 0 <= each < len(text)]
    return (beside.count(True) == 1) is (kind == "b")


# --- from the text of a pattern to its program


def _is_word(letter: str) -> bool:
    return letter == "_" or (letter.isascii() and letter.isalnum())


CLASSES: dict[str, Test] = {
    "d": lambda letter: letter in "0123456789",
    "w": _is_word,
    "s": lambda letter: letter in " \t\n\r\f\v\u00a0",
}
CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


class _Compiler:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def whole(self) -> Program:
        program = self.either()
        if self.at < len(self.pattern):
            raise self.wrong()
        return program

    def wrong(self) -> NotAPattern:
        return NotAPattern(self.pattern)

    def sees(self, sign: str) -> bool:
        return self.pattern.startswith(sign, self.at)

    def skip(self, sign: str) -> bool:
        if self.sees(sign):
            self.at += len(sign)
            return True
        return False

    def take(self) -> str:
        if self.at >= len(self.pattern):
            raise self.wrong()
        self.at += 1
        return self.pattern[self.at - 1]

    def either(self) -> Program:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong()
        program = self.sequence()
        while self.skip("|"):
            other = self.sequence()
            # try the first, or go past it to the other; after the first, go past the other
            program = (
                Split(1, len(program) + 2),
                *_moved(program, 1),
                _jump(len(program) + 2 + len(other)),
                *_moved(other, len(program) + 2),
            )
        self.depth -= 1
        return self.bounded(program)

    def sequence(self) -> Program:
        program: Program = ()
        while self.at < len(self.pattern) and not self.sees("|") and not self.sees(")"):
            program += _moved(self.repeated(), len(program))
        return self.bounded(program)

    def bounded(self, program: Program) -> Program:
        if len(program) > MOST_INSTRUCTIONS:
            raise self.wrong()
        return program

    def repeated(self) -> Program:
        program = self.atom()
        while self.at < len(self.pattern) and self.pattern[self.at] in "*+?{":
            least, most = self.times()
            if not self.skip("?"):  # few or many first is the same where the whole text must match
                self.skip("+")
            program = self.bounded(self.times_over(program, least, most))
        return program

    def times(self) -> tuple[int, int]:
        sign = self.take()
        if sign != "{":
            return {"*": (0, NO_END), "+": (1, NO_END), "?": (0, 1)}[sign]
        bounds, closed, _ = self.pattern[self.at :].partition("}")
        least, comma, most = bounds.partition(",")
        if not closed or not least.isdigit() or not (most.isdigit() or not most):
            raise self.wrong()
        self.at += len(bounds) + 1
        return int(least), (int(most) if most else NO_END if comma else int(least))

    def times_over(self, program: Program, least: int, most: int) -> Program:
        size = len(program)
        if max(least, most) * (size + 1) > MOST_INSTRUCTIONS or (most != NO_END and most < least):
            raise self.wrong()
        made: Program = ()
        for _ in range(least):
            made += _moved(program, len(made))
        if most == NO_END:
            begin = len(made)
            return (*made, Split(begin + 1, begin + size + 2), *_moved(program, begin + 1), _jump(begin))
        end = len(made) + (most - least) * (size + 1)
        for _ in range(most - least):
            made = (*made, Split(len(made) + 1, end), *_moved(program, len(made) + 1))
        return made

    def atom(self) -> Program:  # noqa: PLR0911 - one line for each sign
        letter = self.take()
        if letter == "(":
            return self.group()
        if letter == "[":
            return (One(self.letters()),)
        if letter == ".":
            return (One(lambda each: each not in "\n\r\u0085\u2028\u2029"),)
        if letter in "^$":
            return (Edge(letter),)
        if letter == "\\":
            if self.sees("b") or self.sees("B"):
                return (Edge(self.take()),)
            return (One(self.escaped()),)
        if letter in "*+?{":
            raise self.wrong()
        return (One(letter.__eq__),)

    def group(self) -> Program:
        ahead = self.skip("?=")
        not_ahead = not ahead and self.skip("?!")
        if not ahead and not not_ahead and not self.skip("?:") and self.sees("?"):
            raise self.wrong()
        program = self.either()
        if not self.skip(")"):
            raise self.wrong()
        return (Ahead(program, wanted=ahead),) if ahead or not_ahead else program

    def escaped(self) -> Test:
        """What follows a backslash, in or out of brackets."""
        letter = self.take()
        if letter.lower() in CLASSES:
            test = CLASSES[letter.lower()]
            return test if letter.islower() else _other_than(test)
        if letter in "pP":
            test = self.category()
            return test if letter == "p" else _other_than(test)
        if letter in "xu":
            return self.coded(2 if letter == "x" else 4).__eq__
        if letter in CONTROLS:
            return CONTROLS[letter].__eq__
        if letter.isascii() and letter.isalnum():
            raise self.wrong()
        return letter.__eq__

    def coded(self, digits: int) -> str:
        code = "".join(self.take() for _ in range(digits))
        try:
            return chr(int(code, 16))
        except ValueError:
            raise self.wrong() from None

    def category(self) -> Test:
        """``\\p{L}``: what Unicode calls a letter, ``\\p{Lu}`` a capital, and so on."""
        name, closed, _ = self.pattern[self.at :].partition("}")
        if not name.startswith("{") or not closed or not 1 <= len(name) - 1 <= 2:
            raise self.wrong()
        self.at += len(name) + 1
        return lambda letter: unicodedata.category(letter).startswith(name[1:])

    def letters(self) -> Test:
        """What stands in brackets."""
        negated = self.skip("^")
        tests: list[Test] = []
        while not tests or not self.sees("]"):
            tests.append(self.span())
        self.take()
        found: Test = lambda letter: any(test(letter) for test in tests)  # noqa: E731
        return _other_than(found) if negated else found

    def span(self) -> Test:
        if self.sees("\\") and self.pattern[self.at + 1 : self.at + 2].lower() in {*CLASSES, "p"}:
            self.take()
            return self.escaped()
        first = self.one_letter()
        if not self.sees("-") or self.pattern[self.at + 1 : self.at + 2] in {"]", "\\", ""}:
            return first.__eq__
        self.take()
        last = self.one_letter()
        if last < first:
            raise self.wrong()
        return lambda letter: first <= letter <= last

    def one_letter(self) -> str:
        letter = self.take()
        if letter != "\\":
            return letter
        letter = self.take()
        if letter in "xu":
            return self.coded(2 if letter == "x" else 4)
        return CONTROLS.get(letter, letter)


def _other_than(test: Test) -> Test:
    return lambda letter: not test(letter)


def _jump(to: int) -> Split:
    return Split(to, to)


def _moved(program: Program, by: int) -> Program:
    """The same instructions standing further on."""
    return tuple(Split(each.one + by, each.other + by) if isinstance(each, Split) else each for each in program)
