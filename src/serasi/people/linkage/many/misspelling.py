"""How the same Indonesian name gets written: by ear, by old habit, shorter. For invented people only.

Kept apart from `serasi.common.names` on purpose: what makes the variants does not know what takes them back.
"""

import re
from random import Random

_WRITTEN_BY_EAR = (
    ("kh", "h"), ("h", "kh"), ("sy", "s"), ("s", "sy"), ("f", "p"), ("p", "f"), ("v", "f"), ("z", "s"), ("s", "z"),
    ("z", "j"), ("dh", "d"), ("d", "dh"), ("th", "t"), ("t", "th"), ("q", "k"), ("k", "q"), ("ny", "ni"), ("i", "y"),
    ("y", "i"), ("ie", "i"), ("i", "ie"), ("u", "o"), ("o", "u"), ("e", "i"), ("i", "e"), ("a", "e"), ("ae", "ai"),
    ("ai", "ae"), ("au", "ao"), ("w", "v"), ("ee", "i"), ("ks", "x"), ("g", "gh"),
)  # fmt: skip
_OLD = (("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"), ("ny", "nj"), ("sy", "sj"), ("kh", "ch"))
_COATS = {
    "muhammad": ("Muhamad", "Mohammad", "Mohamad", "Mochamad", "Muhammed", "Mochammad", "Muchamad"),
    "ahmad": ("Achmad", "Akhmad", "Ahmed", "Ahmat"),
    "siti": ("Sitti", "Sity"),
    "abdul": ("Abdoel", "Abdull"),
    "usman": ("Oesman", "Utsman", "Ustman"),
    "umar": ("Omar", "Oemar"),
    "yusuf": ("Jusuf", "Yusup", "Joesoef"),
    "nur": ("Noor", "Noer"),
    "aisyah": ("Aisah", "Aisyiah", "Aishah"),
    "khadijah": ("Hadijah", "Khotijah", "Katijah"),
    "khotimah": ("Hotimah", "Chotimah"),
    "rohman": ("Rahman", "Rochman"),
    "yohanes": ("Johanes", "Yohannes"),
    "elisabeth": ("Elisabet", "Elizabeth"),
}
_SHORT = {
    "muhammad": ("M.", "Moh.", "Muh.", "Mohd.", "Mhd.", "Moch."),
    "siti": ("St.", "Sti"),
    "abdul": ("Abd.", "Abd"),
    "ahmad": ("A.", "Ahm."),
    "wayan": ("Wyn.", "Wy."),
    "nyoman": ("Nym.", "Nyo"),
    "made": ("Md.",),
    "ketut": ("Kt.",),
    "gede": ("Gd.", "Gde"),
    "kadek": ("Kdk.",),
    "komang": ("Kmg.",),
    "nur": ("N.",),
}
_BEFORE = {"L": ("H. ", "Bpk. ", "Drs. ", "Alm. ", "K.H. "), "P": ("Hj. ", "Ibu ", "Ny. ", "Dra. ", "Almh. ")}
_AFTER = (", S.Pd", ", S.Ag.", ", SE", " S.Sos", ", A.Md.Keb", " SH")


def overheard(name: str, chance: Random, *, old: bool) -> str:
    """One word in another spelling, once or twice; `old`: also as before 1972."""
    words = name.split()
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(words))
        words[at] = _another_spelling(words[at], chance, old=old)
    if len(words) > 1 and chance.random() < 0.08:
        at = chance.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1].lower()]
    return " ".join(words)


def _another_spelling(word: str, chance: Random, *, old: bool) -> str:
    if (coats := _COATS.get(word.lower())) and chance.random() < 0.7:
        return chance.choice(coats)
    if chance.random() < 0.2:  # a consonant doubled, or one of two left out
        single = re.sub(r"([a-z])\1", r"\1", word)
        return single if single != word else re.sub(r"(?<=[aiueo])([lmnrst])(?=[aiueo])", r"\1\1", word, count=1)
    changes = _WRITTEN_BY_EAR + (_OLD * 4 if old else ())
    possible = [(heard, put) for heard, put in changes if heard in word.lower()]
    if not possible:
        return word
    heard, put = chance.choice(possible)
    places = [match.start() for match in re.finditer(heard, word.lower())]
    at = chance.choice(places)
    changed = word[:at] + put + word[at + len(heard) :]
    return changed[:1].upper() + changed[1:]


def written_shorter(name: str, chance: Random, *, sex: str, father: str, marga: bool) -> str:
    """The name with something left out, put before or after, or in another order."""
    words = name.split()
    if marga and len(words) > 1 and chance.random() < 0.5:
        return " ".join(words[:-1])
    kind = chance.choice(("short", "short", "short", "drop", "order", "before", "after", "father"))
    if kind == "short":
        for at, word in enumerate(words[:-1]):
            if word.lower() in _SHORT:
                words[at] = chance.choice(_SHORT[word.lower()])
                return " ".join(words)
        kind = "drop"
    if kind == "drop" and len(words) > 1:
        del words[chance.choice((0, len(words) - 1))]
    if kind == "order" and len(words) > 1:
        words = words[1:] + words[:1]
    whole = " ".join(words)
    if kind == "before":
        return chance.choice(_BEFORE[sex]) + whole
    if kind == "after":
        return whole + chance.choice(_AFTER)
    if kind == "father":
        return f"{whole} {'bin' if sex == 'L' else 'binti'} {father.split(maxsplit=1)[0]}"
    return whole
