"""Text as people type and paste it, made fit to keep: one form of each letter, nothing invisible, nothing
hidden.

PostgreSQL takes no NUL and UTF-8 no half character; direction marks can make a text read as another. All
are gone before a text reaches a model.
"""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_HALF = re.compile(r"[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\x85|\u2028|\u2029")
_BLANKS = re.compile(r"[^\S\n]+")


def has_nul(text: str) -> bool:
    """Whether the text holds a NUL, which nobody types: a sign of a broken program or of someone trying."""
    return "\0" in text


def clean_text(text: str) -> str:
    """One line: letters in their composed form, no control or invisible signs, single spaces, none at the
    ends.
    """
    return " ".join(_fit(text).split())


def clean_lines(text: str) -> str:
    """Several lines: like `clean_text` in each, and never more than one empty line between two."""
    lines = (_BLANKS.sub(" ", line).strip() for line in _fit(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _fit(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    for unwanted in (_CONTROL, _INVISIBLE, _HALF):
        text = unwanted.sub("", text)
    return unicodedata.normalize("NFC", text)
