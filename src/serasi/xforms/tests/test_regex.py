import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serasi.xforms.xpath.regex import NotAPattern, matches

PATTERNS = [
    r"^[0-9]{16}$",
    r"[a-z]+@[a-z.]+\.[a-z]{2,}",
    r"(a|b)*c?",
    r"(?:ab|cd){2,3}",
    r"a{0,2}b",
    r"\d{3}-?\d{2,}",
    r"^(?!0+$)\d{1,5}$",
    r"(?=a)[abc]+",
    r"[^abc]+",
    r"[\w.-]+",
    r"[a\-z]+",
    r"a|b|cd|",
    r".*foo.*",
    r"(ab?)*",
    r"\bab\b.*",
    r"((a+)+)+",
    r"",
    r"x*?y+?",
    r"[]a]+",
    r"(a?){3}b",
    r"\x41\u0042",
    r"\S+\s\W",
]


@given(pattern=st.sampled_from(PATTERNS), text=st.text("aabbcd0123-@.xyfo]AB é\n", max_size=10))
def test_a_pattern_matches_what_python_says(pattern: str, text: str) -> None:
    plain = re.compile(pattern.replace("$", r"\Z"), re.ASCII)
    assert matches(pattern, text) is (plain.fullmatch(text) is not None)


@pytest.mark.parametrize(("pattern", "text"), [("(a+)+$", "a" * 5_000 + "!"), ("(a*)*(b*)*(.*)*c", "ab" * 2_000)])
def test_a_pattern_that_would_take_years_takes_a_moment(pattern: str, text: str) -> None:
    assert not matches(pattern, text)


def test_letters_of_every_script_have_a_class() -> None:
    assert matches(r"[\p{L} '.]+", "Siti Nurhalizá")
    assert not matches(r"\P{Lu}+", "siTi")


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "a{",
        "[a",
        "*a",
        r"\1",
        "(?<=a)b",
        "(?i)a",
        "a{3,2}",
        "(((a{100}){100}){100})",
        "(" * 40 + ")" * 40,
        "a\\",
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(NotAPattern):
        matches(pattern, "a")
