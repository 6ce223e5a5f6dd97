"""The script that fills forms asks for its words by key; the page gives exactly those."""

import re
from pathlib import Path

from serasi.assessments.filling_words import words_of_filling

SCRIPTS = Path(__file__).parents[4] / "frontend" / "js" / "fill"
CALLED = re.compile(r"say\(([^()]*)")
QUOTED = re.compile(r'"([a-zA-Z]+)"')
NAMED = re.compile(r'(?:words|missing): "([a-zA-Z]+)"')


def test_the_page_gives_every_word_that_the_script_asks_for_and_no_other() -> None:
    asked: set[str] = set()
    for script in SCRIPTS.rglob("*.js"):
        source = script.read_text(encoding="utf-8")
        asked.update(NAMED.findall(source))
        for call in CALLED.findall(source):
            asked.update(QUOTED.findall(call))
    assert asked == set(words_of_filling())
