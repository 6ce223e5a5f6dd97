"""Patterns of forms, matched so that no pattern can take for ever."""

import re
from functools import lru_cache

from .broken import Broken

LONGEST_PATTERN = 1_000
LONGEST_TEXT = 10_000


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern matches the whole text."""
    if len(pattern) > LONGEST_PATTERN or len(text) > LONGEST_TEXT:
        raise Broken("Pola atau teks regex() terlalu panjang.")
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.ASCII)
    except re.error:
        raise Broken(f"Pola “{pattern}” bukan pola yang sah.") from None
