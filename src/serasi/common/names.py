"""Names of people, made comparable: for finding, never for storing or showing.

A name in Indonesia is one word or many, has no surname, and is spelt as the clerk of the day heard it.
Three levels compare a word: `plain` (small letters without marks), `modern` (the spelling of before 1972
written anew) and `fold` (letters that clerks exchange made one). `fold` is deliberately coarse, so that
nobody is missed; `similarity` puts the closest spelling first, and `explain` says in words why a name was
found. Equal folds are not equal people.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from serasi.common.sentences import sentence as _

# --- words

_APOSTROPHES = re.compile(r"['’‘`´ʼʻʿʾ‛′]")
_OLD_SPELLING = (
    (re.compile(r"oe"), "u"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"tj"), "c"),
    (re.compile(r"sj"), "sy"),
    (re.compile(r"^nj"), "ny"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)

# Words that are one name in many coats. Each form must survive `_SOUNDS` unchanged in meaning, not in
# letters.
_FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (
            r"m[uo](?:h|ch|kh)a?m+[aeu]+[dt]h?|mo(?:h|ch|kh)|mu(?:h|ch|kh)|m[uo]hd|mhd|mhmd|m[uo]hmd",
            "muhamad",
        ),
        (r"a(?:h|ch|kh)m+[ae][dt]h?|ahmd", "ahmad"),
        (r"sit+(?:i|y|ie)|sti", "siti"),
        (r"abd|abd[uea]l|abdoel|abdl", "abdul"),
        (r"abd[uie]l+(?:oe|[ao])h?", "abdulah"),
        (r"n(?:u+|oe|o+)r", "nur"),
        (r"s[hy]?[ao]l[ei]h", "saleh"),
        (r"s[hy]?[ao]l[ei](?:h|ch|kh)ah?", "saleha"),
        (r"mus(?:t|th)[ao](?:f|ph|p|v)ah?", "mustafa"),
        (r"[uo](?:s|ts|th|sm)man", "usman"),
        (r"[uo]mar", "umar"),
        (r"ramad?h?[ao]n|r[ao]m[ao](?:d|dh|dl|dz|th)[ao]n", "ramadan"),
        (r"jusuf|yusu[fpv]+|jusup|yoesoe[fp]|joesoe[fp]", "yusuf"),
    )
)

# Applied in this order, again and again until nothing changes; so folding twice is folding once.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^r[ao](?:h|ch|kh)(?=m[aeiou]|im)", "rah"),  # Rohman, Rochmat, Rohimah
        (r"^(?:kh|ch|h|k)[ao][iey](?=r)", "hai"),  # Khairul, Choirul
        (r"oo|oe", "u"),
        (r"ee|ie", "i"),
        (r"^chr", "kr"),
        (r"^mi(?:ch|kh)a", "mika"),
        (r"^za(?:ch|kh)a", "zaka"),
        (r"^ch(?=and|arl|[ei])", "c"),
        (r"ck", "k"),
        (r"dj", "j"),
        (r"tj", "c"),
        (r"sj|sy(?=[aeiou]|$)|sh", "s"),
        (r"ch|kh", "h"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"gh", "g"),
        (r"bh", "b"),
        (r"ph|[fv]", "p"),
        (r"dz|ts|zh|z", "s"),
        (r"q", "k"),
        (r"x", "ks"),
        (r"c(?![aeiouyhj])", "k"),
        (r"j", "y"),
        (r"iy(?=[aeiou])|(?<=[b-df-hk-np-tv-xz])y(?=[aeiou])|y(?![aeiou])", "i"),
        (r"uw(?=[aeio])", "u"),
        (r"awu|aw(?![aeiou])|ao", "au"),
        (r"ae|ei|ayi", "ai"),
        (r"(?<=[a-z][aeiou])d$", "t"),
        (r"(?<=[a-z]{2}[aeiou])h$", ""),
        (r"([a-z])\1+", r"\1"),
    )
)


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """The word in small letters, without accents, apostrophes and signs. Other scripts keep their letters."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", word)).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed)
    return "".join(letter for letter in decomposed if letter.isalnum())


def modern(word: str) -> str:
    """The word as it would be spelt since 1972, as far as the letters alone can tell, doubled letters made
    single.
    """
    spelt = plain(word)
    for pattern, letters in _OLD_SPELLING:
        spelt = pattern.sub(letters, spelt)
    return spelt


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One form for all the spellings of a word: Soeharto and Suharto, Jusuf and Yusuf, Achmad and Ahmad.

    Never empty for a word with a letter or digit.
    """
    folded = plain(word)
    for pattern, form in _FAMILIES:
        if pattern.fullmatch(folded):
            folded = form
            break
    before = ""
    while folded != before:
        before = folded
        for pattern, sound in _SOUNDS:
            folded = pattern.sub(sound, folded)
    return folded


# --- parts of a name


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FRONT_TITLES = _listed("""
    h hj hjh haji hajjah hajah k kh kyai kiai nyai ki nyi gus tgk tgh ust ustad ustadz ustadzah ustd
    prof professor profesor dr drs dra drg drh ir hc pdt pendeta pastor r rd rr ra rm raden roro mas
    tn tuan ny nyonya nn nona sdr sdri saudara saudari bpk bapak pak bp ibu bu mbah mbak kakek nenek
    mr mrs an alm almh almarhum almarhumah""")
_TITLE_PAIRS = frozenset({"ra", "rm", "rt", "rp", "rr", "kh"})  # Raden Ajeng, Raden Mas …, each letter with a dot
_ANYWHERE = frozenset({"alm", "almh", "almarhum", "almarhumah", "alias", "als"})
_CERTAIN_DEGREES = _listed("""
    spd spdi ssos sh skm skep skom shi ssi sstp sst shut spt spsi ssn sfarm spdsd ssoi msi mpd mpdi
    mh mhum mm mt mkom mkes msc mpsi mps mpssp mkesos msos amd amdkep amdkeb phd bsc llm spog spkj
    sppd sthi""")
_DEGREES = _CERTAIN_DEGREES | _listed(
    """
    se sei st sip sap sag sp spi ss sab si sth sked mag map mp mba ma ba ama ns apt akt cpa spa spb
    hc"""
)
_PATRONYMIC_MARKS = frozenset({"bin", "binti", "binte", "bnti", "bt", "bte", "ibn"})
_BALINESE_SHORT = {
    "wyn": "wayan",
    "wy": "wayan",
    "md": "made",
    "nym": "nyoman",
    "kt": "ketut",
    "pt": "putu",
    "gd": "gede",
    "gde": "gede",
    "kdk": "kadek",
    "kmg": "komang",
    "gst": "gusti",
    "ngh": "nengah",
    "ngr": "ngurah",
}
_BALINESE = frozenset(_BALINESE_SHORT.values()) | {"luh", "dewa", "iluh", "kade", "njoman", "desak", "sang"}
_COMMON = frozenset({"muhamad", "siti", "abdul", "nur", "nurul", "sri", "ahmad"})
_COMMON_FOLDED = frozenset(map(fold, _COMMON))


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart, spelt as it was written."""

    titles: tuple[str, ...]
    words: tuple[str, ...]
    patronymic: str | None

    @property
    def initials(self) -> str:
        return " ".join(f"{_first_letter(word)}." for word in self.words)


def read_name(name: str) -> NameParts:
    """Take a name apart into titles, words and patronymic. A name made of nothing but titles keeps them as
    words.
    """
    everything, titles = _tokens(name)
    words = list(everything)
    while len(words) > 1 and plain(words[0]) in _FRONT_TITLES:
        pair = plain(words[0]) + plain(words[1])
        taken = 2 if len(words) > 2 and len(plain(words[1])) == 1 and pair in _TITLE_PAIRS else 1
        if taken == 1 and plain(words[1]) in _PATRONYMIC_MARKS:
            break  # "Haji bin Salim": the title is all the name there is
        titles += words[:taken]
        words = words[taken:]
    while len(words) > 1 and plain(words[-1]) in _CERTAIN_DEGREES:
        titles.append(words.pop())
    own, patronymic = _without_patronymic(words)
    return NameParts(tuple(titles), tuple(own), patronymic)


def patronymic(name: str) -> str | None:
    """What follows bin or binti, as written; None when the name has no such part."""
    return read_name(name).patronymic


def search_words(name: str) -> list[str]:
    """The folded words a name is found by, in their order: no titles, no degrees, no patronymic."""
    return [word.folded for word in _words(read_name(name))]


def search_key(name: str) -> str:
    """The whole name as one folded text, to sort, index and compare by. Empty only for a name without
    letters.
    """
    return " ".join(search_words(name))


def display_initials(name: str) -> str:
    """What is shown of a protected name: "Muhammad Rizki" is "M. R."."""
    return read_name(name).initials


def _first_letter(word: str) -> str:
    return next((letter for letter in word if letter.isalnum()), "?").upper()


def _tokens(name: str) -> tuple[list[str], list[str]]:
    """Words of the name, cut at spaces, commas, hyphens and inner dots; and what was recognised as a
    degree.
    """
    words: list[str] = []
    titles: list[str] = []
    segments = re.split(r"[,;]", re.sub(r"[()\[\]{}\"“”/\\|_+&]", " ", name))
    for number, segment in enumerate(segments):
        for token in re.split(r"[\s\-‐‑–—]+", segment):
            pieces = [piece for piece in token.split(".") if plain(piece)]
            if not pieces:
                continue
            compact = "".join(map(plain, pieces))
            late = bool(words)
            after_name = number > 0 or len(pieces) > 1
            if late and (compact in _ANYWHERE or (after_name and _is_all_degrees([plain(piece) for piece in pieces]))):
                titles.append(token)
            elif not late and compact in {"ib", "aa"} and len(pieces) > 1:
                words += ["Ida", "Bagus"] if compact == "ib" else ["Anak", "Agung"]
            else:
                words += pieces
    return (words, titles) if words else (titles, [])


def _is_all_degrees(pieces: Sequence[str]) -> bool:
    """Whether dotted pieces read as degrees one after the other: S.Sos.M.Si."""
    if not pieces:
        return True
    return any(
        "".join(pieces[:end]) in _DEGREES and _is_all_degrees(pieces[end:]) for end in range(min(len(pieces), 4), 0, -1)
    )


def _without_patronymic(words: list[str]) -> tuple[list[str], str | None]:
    for at, word in enumerate(words):
        if at and plain(word) in _PATRONYMIC_MARKS:
            return words[:at], " ".join(words[at + 1 :]) or None
    return words, None


# --- words made comparable


@dataclass(frozen=True, slots=True)
class _Word:
    plain: str
    modern: str
    folded: str

    @property
    def weight(self) -> float:
        """How much it says that two names share this word."""
        if self.folded in _COMMON_FOLDED:
            return 0.4
        return 0.3 if len(self.folded) == 1 else 1.0


def _words(parts: NameParts) -> list[_Word]:
    return [_Word(word, modern(word), fold(word)) for word in _separate_words(parts)]


def _separate_words(parts: NameParts) -> list[str]:
    """The plain words of a name, the best known abbreviations written out and joined words taken apart."""
    found = [plain(word) for word in parts.words]
    found = _without_balinese_marker(found)
    if len(found) > 1:
        found[0] = {"m": "muhamad", "st": "siti"}.get(found[0], found[0])
    return [word for joined in found for word in _unjoined(joined)]


def _without_balinese_marker(words: list[str]) -> list[str]:
    """I and Ni before a Balinese name say man or woman; the birth-order names are often cut short."""
    after_marker = len(words) > 1 and words[0] in {"i", "ni"}
    first = 1 if after_marker else 0
    if len(words) - first > 1 or after_marker:
        words = words[:first] + [
            _BALINESE_SHORT.get(word, word) if at < 2 else word for at, word in enumerate(words[first:])
        ]
    return words[1:] if after_marker and words[1] in _BALINESE else words


_GOD = re.compile(r"abd[uie]l+(?:oe|[ao])h?")
_ABDUL = re.compile(r"abd(?:[ue]|oe)l(?=.{3})(?!l[ao]h)(.+)")
_ABDUL_ASSIMILATED = re.compile(r"abd(?:u|o|e|oe)?([rsntdz].{3,})")
_NUR = re.compile(r"n(?:u|oe|oo)r(?!ul)(.{4,})")
_NURUL = re.compile(r"n(?:u|oe|oo)r(?:u|oe)l(.{4,})")
_SITI_OR_SRI = re.compile(r"(siti|sri)(.{4,})")


def _unjoined(word: str) -> Sequence[str]:
    """Words that are written as one or as two, always as two: Abdurrahman, Nurhayati, Sriwahyuni."""
    if _GOD.fullmatch(word):
        return [word]
    if match := _ABDUL.fullmatch(word) or _ABDUL_ASSIMILATED.fullmatch(word):
        return ["abdul", re.sub(r"^(s[yh])s[yh]", r"\1", match[1])]  # Abdusysyukur
    if match := _NURUL.fullmatch(word):
        return ["nurul", match[1]]
    if match := _NUR.fullmatch(word):
        # Nurohman is Nur Rohman with its r written once.
        return ["nur", re.sub(r"^(?=[ao](?:h|ch|kh)(?:m|im))", "r", match[1])]
    if match := _SITI_OR_SRI.fullmatch(word):
        return [match[1], match[2]]
    return [word]


# --- forms of a whole name


@dataclass(frozen=True, slots=True)
class NameForms:
    """A name in every form that matching compares, from close to the writing to coarse; "" where there is no name.

    Titles and degrees are in none of them, and the patronymic is kept aside. A marga or fam stays a word of the name:
    lists hold it as often as not, and who leaves it out is found by the words that are left.
    """

    normal: str  # "muhamad rizki": abbreviations written out, spelling of today, doubled letters single
    sound: str  # folded words in their order
    ordered: str  # folded words, each once, by the alphabet: order and repetition no longer count
    consonants: str  # the same without vowels, y and w; a word that is all vowels stays
    lead: str  # the folded word that tells most: the first that is no opening such as Muhamad, Siti or I Wayan
    words: tuple[str, ...]  # those of `ordered`
    father: str  # the patronymic, folded in its order


_OPENINGS = frozenset(
    map(
        fold,
        _COMMON | _BALINESE | {"ni", "i", "dewi", "ida", "bagus", "anak", "agung", "andi", "daeng", "la", "wa"},
    )
)
_SOFT = re.compile(r"[aeiouyw]+")


def name_forms(name: str) -> NameForms:
    """All forms of a name at once. Words are worked out once and remembered, so a million names take seconds."""
    parts = read_name(name)
    known = [_known_word(word) for word in _separate_words(parts)]
    folded = [word.folded for word in known if word.folded]
    ordered = sorted(set(folded))
    lead = next((word for word in folded if len(word) > 1 and word not in _OPENINGS), folded[-1] if folded else "")
    return NameForms(
        normal=" ".join(word.normal for word in known),
        sound=" ".join(folded),
        ordered=" ".join(ordered),
        consonants=" ".join(sorted({_known_word(word).consonants for word in ordered})),
        lead=lead,
        words=tuple(ordered),
        father=" ".join(_known_word(plain(word)).folded for word in (parts.patronymic or "").split()),
    )


@dataclass(frozen=True, slots=True)
class _KnownWord:
    normal: str
    folded: str
    consonants: str


@lru_cache(maxsize=200_000)
def _known_word(word: str) -> _KnownWord:
    """The forms of one plain word."""
    family = next((form for pattern, form in _FAMILIES if pattern.fullmatch(word)), None)
    folded = fold(word)
    return _KnownWord(family or modern(word), folded, re.sub(r"(.)\1+", r"\1", _SOFT.sub("", folded)) or folded)


# --- comparing

_MAX_COMPARED = 8


def similarity(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, for ranking only: 1 means the same words, spelt the same."""
    left = _words(read_name(one))[:_MAX_COMPARED]
    right = _words(read_name(other))[:_MAX_COMPARED]
    if not left or not right:
        return 0.0
    pairs, total = _best_pairs(left, right)
    met = [to for _at, to in pairs]
    whole = sum(word.weight for word in left) + sum(word.weight for word in right)
    return min(1.0, total / whole) * (1.0 if met == sorted(met) else 0.98)


def explain(query: str, name: str) -> list[str]:  # noqa: PLR0912 - one branch for each reason
    """Why `name` answers `query`, as Indonesian sentences, the strongest first; empty when nothing speaks
    for it.
    """
    asked, found = read_name(query), read_name(name)
    if not asked.words or not found.words:
        return []
    left, right = _words(asked)[:_MAX_COMPARED], _words(found)[:_MAX_COMPARED]
    reasons: list[str] = []
    if [plain(word) for word in query.split()] == [plain(word) for word in name.split()]:
        return [_("nama sama persis")]
    pairs, _total = _best_pairs(left, right)
    kinds = [_kind(left[at], right[to]) for at, to in pairs]
    whole = len(pairs) == len(left) == len(right)
    if not pairs:
        return []
    if whole and all(kind == "same" for kind in kinds):
        reasons.append(_("nama sama setelah gelar dan singkatan disamakan"))
    elif whole and all(kind in {"same", "old"} for kind in kinds):
        reasons.append(_("nama sama setelah ejaan lama disamakan"))
    elif whole and all(kind in {"same", "old", "sound"} for kind in kinds):
        reasons.append(_("nama sama bunyinya, berbeda ejaannya"))
    else:
        for (at, to), kind in zip(pairs, kinds, strict=True):
            words = {"one": left[at].plain.title(), "other": right[to].plain.title()}
            if kind == "same":
                reasons.append(_("kata “%(one)s” sama") % words)
            elif kind == "old":
                reasons.append(_("“%(one)s” dan “%(other)s” sama setelah ejaan lama disamakan") % words)
            elif kind == "sound":
                reasons.append(_("“%(one)s” dan “%(other)s” sama bunyinya") % words)
            elif kind == "initial":
                reasons.append(_("“%(one)s” dan “%(other)s” cocok huruf awalnya") % words)
            else:
                reasons.append(_("“%(one)s” mirip “%(other)s”") % words)
    if [to for _at, to in pairs] != sorted(to for _at, to in pairs):
        reasons.append(_("urutan katanya berbeda"))
    if len(pairs) == len(left) < len(right):
        reasons.append(_("semua kata yang dicari ada di nama ini"))
    if asked.patronymic and found.patronymic and search_key(asked.patronymic) == search_key(found.patronymic):
        reasons.append(_("nama ayah (bin/binti) sama"))
    return reasons


def _kind(one: _Word, other: _Word) -> str:
    if one.plain == other.plain:
        return "same"
    if one.modern.replace("j", "y") == other.modern.replace("j", "y"):
        return "old"
    if one.folded == other.folded:
        return "sound"
    return "initial" if 1 in {len(one.plain), len(other.plain)} else "close"


def _likeness(one: _Word, other: _Word) -> float:
    if one.plain == other.plain:
        return 1.0
    if one.modern == other.modern:
        return 0.98
    if one.folded == other.folded:
        return 0.95
    if 1 in {len(one.plain), len(other.plain)}:
        return 0.6 if one.folded[:1] == other.folded[:1] else 0.0
    near = max(jaro_winkler(one.modern, other.modern), jaro_winkler(one.folded, other.folded))
    return 0.92 * near if near >= 0.84 else 0.0


def _best_pairs(left: Sequence[_Word], right: Sequence[_Word]) -> tuple[list[tuple[int, int]], float]:
    """Pairs of words that belong together, each word once, for the greatest sum; small, so tried out in
    full.
    """
    if len(left) > len(right):
        swapped, total = _best_pairs(right, left)
        return sorted((at, to) for to, at in swapped), total
    gains = [[_likeness(one, other) * (one.weight + other.weight) for other in right] for one in left]

    @cache
    def best(at: int, taken: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if at == len(left):
            return 0.0, ()
        found = best(at + 1, taken)
        for to, gain in enumerate(gains[at]):
            if gain and not taken >> to & 1:
                rest, pairs = best(at + 1, taken | 1 << to)
                if gain + rest > found[0] + 1e-9:
                    found = gain + rest, ((at, to), *pairs)
        return found

    total, pairs = best(0, 0)
    return list(pairs), total


def jaro_winkler(one: str, other: str) -> float:
    """Likeness of two words from 0 to 1, favouring a common beginning of up to four letters."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    # From the shorter to the longer, so that the measure does not depend on who asks.
    one, other = sorted((one, other), key=lambda word: (len(word), word))
    window = max(len(other) // 2 - 1, 0)
    used = [False] * len(other)
    matched: list[str] = []
    for at, letter in enumerate(one):
        for to in range(max(0, at - window), min(len(other), at + window + 1)):
            if not used[to] and other[to] == letter:
                used[to] = True
                matched.append(letter)
                break
    if not matched:
        return 0.0
    others = [letter for letter, is_used in zip(other, used, strict=True) if is_used]
    swapped = sum(a != b for a, b in zip(matched, others, strict=True)) / 2
    count = len(matched)
    jaro = (count / len(one) + count / len(other) + (count - swapped) / count) / 3
    prefix = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return jaro + min(prefix, 4) * 0.1 * (1 - jaro)
