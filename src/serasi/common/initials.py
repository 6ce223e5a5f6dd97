"""A name kept back in running text: its words become initials, what stands around them stays."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

SHORTEST: Final = 3
"""A shorter word of a name ("al", "su") is an ordinary word somewhere else."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAME_ENDS: Final = re.compile(r"[,;:(/±\d]|\s[-–—]\s")
_ENDINGS: Final = ("nya", "ku", "mu", "lah", "kah", "pun", "s")
_DESCRIBING: Final = frozenset(
    _WORD.findall(
        "seorang orang dua tiga anak kakak adik kembar laki lelaki pria perempuan wanita remaja bayi balita bocah gadis"
        " ibu bapak ayah pak bu kakek nenek lansia saudara saudari sdr sdri an alias bernama nama panggilan inisial"
        " tidak tanpa belum dikenal diketahui identitas umur usia sekitar kira kurang lebih tahun th thn bulan dan atau"
        " dengan dari di ke yang bin binti korban pelaku saksi jalanan telantar"
    )
)


def initials(name: str) -> str:
    """ "B. S." for Budi Santoso; empty when there is no letter to take."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


@dataclass(frozen=True, slots=True)
class Veil:
    """What keeps a name back from a reader; closed, it lets no text through."""

    words: frozenset[str] = frozenset()
    is_closed: bool = False
    is_drawn: bool = True

    @classmethod
    def of(cls, names: Iterable[str], *, described: str = "") -> "Veil":
        """A veil over these names, and over the one with which a description begins ("Rudi H., laki-laki, 14 th")."""
        words = {word for name in names for word in _words(name)} | _naming_words(described)
        return cls(frozenset(word for word in words if len(word) >= SHORTEST))

    def over(self, text: str) -> str:
        """The text as the reader may read it."""
        if self.is_closed:
            return _("Hanya untuk tim") if text else ""
        return _WORD.sub(lambda found: self._kept_back(found[0]), text)

    def over_description(self, text: str) -> str:
        """Who someone is said to be: the name it begins with as initials, however short its words are."""
        if not self.is_drawn:
            return text
        end = _end_of_name(text)
        named = _naming_words(text)
        name = _WORD.sub(lambda found: _initial(found[0]) if found[0].casefold() in named else found[0], text[:end])
        return name + ("" if self.is_closed else self.over(text[end:]))

    def _kept_back(self, word: str) -> str:
        bare = word.casefold()
        if bare in self.words:
            return _initial(word)
        for ending in _ENDINGS:
            if bare.endswith(ending) and bare[: -len(ending)].rstrip("'’") in self.words:
                return _initial(word)
        return word


NO_VEIL: Final = Veil(is_drawn=False)


def _initial(word: str) -> str:
    return f"{word[0].upper()}."


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _end_of_name(text: str) -> int:
    found = _NAME_ENDS.search(text)
    return found.start() if found else len(text)


def _naming_words(description: str) -> set[str]:
    """The words before the first comma or number that do not merely describe."""
    return set(_words(description[: _end_of_name(description)])) - _DESCRIBING
