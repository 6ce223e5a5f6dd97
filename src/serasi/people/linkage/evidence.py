"""What speaks for and against two records being one person: comparisons, each an ordered list of levels, told once.

The first level whose condition holds is the one that counts. Three things keep evidence from being counted twice:
a NIK repeats place, birth date and sex, so only its whole agreement and the slips of writing it are levels of its own;
members of one family card share mother, house and most of a NIK, so inside one KK these say nothing for a match; and a
birthday that was only a guess is compared by its year alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop

from serasi.common.sentences import Sentence
from serasi.common.sentences import sentence as _
from serasi.people.linkage.conditions import (
    Alike,
    AllWords,
    Apart,
    Condition,
    Crossed,
    Either,
    Meeting,
    Missing,
    OneSlip,
    OnlyOne,
    Same,
    SameHalf,
    every,
    some,
)
from serasi.people.linkage.subject import Subject


class Weighing(StrEnum):
    """Where the two probabilities of a level come from."""

    LEARNED = "learned"  # from pairs nobody has judged: see `training`
    COUNTED = "counted"  # from pairs whose truth is known, among those that are compared at all
    NEUTRAL = "neutral"  # none: it says nothing, either way


@dataclass(frozen=True)
class Level:
    code: str
    source: str  # Indonesian, the key of its translation
    condition: Condition | None  # None: all that is left
    frequency: str | None = None  # the column whose rarity adds to the weight
    neutral: bool = False

    @property
    def words(self) -> Sentence:
        return _(self.source)


@dataclass(frozen=True)
class Comparison:
    code: str
    source: str
    missing: Missing
    levels: tuple[Level, ...]
    weighing: Weighing = Weighing.LEARNED

    @property
    def words(self) -> Sentence:
        return _(self.source)

    def level_of(self, left: Subject, right: Subject) -> Level | None:
        """The level of one pair; None when one of the two does not say."""
        if self.missing.holds(left, right):
            return None
        return next(level for level in self.levels if level.condition is None or level.condition.holds(left, right))

    def weighing_of(self, level: Level) -> Weighing:
        return Weighing.NEUTRAL if level.neutral else self.weighing


RAREST = 1e-5
"""A name counts as no rarer than one in 100,000: what is rarer is often a slip of the pen."""


NAME = Comparison(
    "name",
    gettext_noop("Nama"),
    Missing("name_normal"),
    (
        Level("same", gettext_noop("nama sama"), Same("name_normal"), frequency="name_normal"),
        Level(
            "respelt", gettext_noop("nama sama, berbeda ejaan atau urutan kata"), Same("name_ordered"), "name_ordered"
        ),
        Level("consonants", gettext_noop("nama sama huruf matinya"), Same("name_consonants")),
        Level(
            "part",
            gettext_noop("semua kata nama yang pendek ada di nama yang panjang"),
            every(AllWords("name_words"), Same("name_lead")),
            frequency="name_lead",
        ),
        Level("close", gettext_noop("nama sangat mirip"), Alike("name_sound", 0.92)),
        Level("lead", gettext_noop("kata utama nama sama"), Same("name_lead"), frequency="name_lead"),
        Level("resembling", gettext_noop("nama agak mirip"), Alike("name_sound", 0.82)),
        Level("other", gettext_noop("nama berbeda"), None),
    ),
)

FATHER = Comparison(
    "father",
    gettext_noop("Nama ayah (bin/binti)"),
    Missing("father"),
    (
        Level("same", gettext_noop("bin/binti sama"), Same("father")),
        Level("close", gettext_noop("bin/binti mirip"), Alike("father", 0.88)),
        Level("other", gettext_noop("bin/binti berbeda"), None),
    ),
)

MOTHER = Comparison(
    "mother",
    gettext_noop("Nama ibu"),
    Missing("mother_normal"),
    (
        Level(
            "inside_kk",
            gettext_noop("ibu sama, tetapi satu KK: mungkin saudara"),
            every(Same("kk"), Same("mother_ordered")),
            neutral=True,
        ),
        Level("same", gettext_noop("nama ibu sama"), Same("mother_normal"), frequency="mother_normal"),
        Level("respelt", gettext_noop("nama ibu sama, berbeda ejaan atau urutan kata"), Same("mother_ordered")),
        Level(
            "part",
            gettext_noop("semua kata nama ibu yang pendek ada di yang panjang"),
            every(AllWords("mother_words"), Same("mother_lead")),
            frequency="mother_lead",
        ),
        Level("close", gettext_noop("nama ibu sangat mirip"), Alike("mother_sound", 0.92)),
        Level("other", gettext_noop("nama ibu berbeda"), None),
    ),
)

_SAME_YEAR = Same("birth_year")

BIRTH = Comparison(
    "birth",
    gettext_noop("Tanggal lahir"),
    Missing("birth_first"),
    (
        Level("same", gettext_noop("tanggal lahir sama"), Same("birth_number")),
        Level(
            "swapped",
            gettext_noop("tanggal dan bulan lahir tertukar"),
            every(_SAME_YEAR, Crossed("birth_day", "birth_month")),
        ),
        Level(
            "year_slip",
            gettext_noop("tanggal dan bulan lahir sama, tahun berselisih satu atau sepuluh"),
            every(Same("birth_day_month"), Apart("birth_year", (1, 10))),
        ),
        Level(
            "two_parts",
            gettext_noop("tahun lahir sama, dan bulan atau tanggalnya"),
            every(_SAME_YEAR, some(Same("birth_month"), Same("birth_day"))),
        ),
        Level(
            "guess_fits",
            gettext_noop("tahun lahir cocok; tanggal yang satu hanya perkiraan"),
            every(Either("birth_guessed"), Meeting("birth_first", "birth_last")),
        ),
        Level("year", gettext_noop("tahun lahir sama"), _SAME_YEAR),
        Level(
            "guess_near",
            gettext_noop("tahun lahir berdekatan; tanggal yang satu hanya perkiraan"),
            every(Either("birth_guessed"), Meeting("birth_first", "birth_last", slack=3)),
        ),
        Level("other", gettext_noop("tanggal lahir berbeda"), None),
    ),
)

NIK = Comparison(
    "nik",
    gettext_noop("NIK"),
    Missing("nik"),
    (
        Level("same_in_kk", gettext_noop("NIK sama, dalam satu KK"), every(Same("nik"), Same("kk"))),
        Level("same", gettext_noop("NIK sama"), Same("nik")),
        Level(
            "rounded",
            gettext_noop("NIK sama sampai angka ke-15; yang satu dibulatkan lembar kerja"),
            every(Same("nik_head"), OnlyOne("nik_ends_zero")),
        ),
        Level(
            "sibling",
            gettext_noop("NIK berbeda hanya nomor urutnya, dalam satu KK: mungkin kembar"),
            every(Same("nik_stem"), Same("kk")),
        ),
        Level(
            "serial_slip",
            gettext_noop("nomor urut NIK berbeda satu angka atau tertukar"),
            OneSlip("nik_serial", gate=Same("nik_stem")),
        ),
        Level(
            "slip",
            gettext_noop("NIK berbeda satu angka, atau dua angka tertukar"),
            OneSlip("nik", gate=SameHalf("nik")),
        ),
        Level("other_region", gettext_noop("NIK sama kecuali kode wilayahnya"), Same("nik_tail")),
        Level(
            "other_date",
            gettext_noop("wilayah dan nomor urut NIK sama, tanggalnya berbeda"),
            every(Same("nik_place"), Same("nik_serial")),
        ),
        Level("other", gettext_noop("NIK berbeda"), None),
    ),
    Weighing.COUNTED,
)

KK = Comparison(
    "kk",
    gettext_noop("Nomor KK"),
    Missing("kk"),
    (
        Level("same", gettext_noop("satu KK"), Same("kk")),
        Level(
            "slip",
            gettext_noop("nomor KK berbeda satu angka, atau dua angka tertukar"),
            OneSlip("kk", gate=SameHalf("kk")),
        ),
        Level("other", gettext_noop("KK berbeda"), None),
    ),
    Weighing.COUNTED,
)

PLACE = Comparison(
    "place",
    gettext_noop("Tempat tinggal"),
    Missing("province"),
    (
        Level(
            "inside_kk", gettext_noop("alamat sama, tetapi satu KK"), every(Same("kk"), Same("district")), neutral=True
        ),
        Level("village", gettext_noop("desa/kelurahan sama"), Same("village")),
        Level("district", gettext_noop("kecamatan sama"), Same("district")),
        Level("regency", gettext_noop("kabupaten/kota sama"), Same("regency")),
        Level("province", gettext_noop("provinsi sama"), Same("province")),
        Level("other", gettext_noop("provinsi berbeda"), None),
    ),
)

SEX = Comparison(
    "sex",
    gettext_noop("Jenis kelamin"),
    Missing("sex"),
    (
        Level("same", gettext_noop("jenis kelamin sama"), Same("sex")),
        Level("other", gettext_noop("jenis kelamin berbeda"), None),
    ),
)

EVIDENCE = (NAME, FATHER, MOTHER, BIRTH, NIK, KK, PLACE, SEX)
FREQUENCY_COLUMNS = tuple(
    sorted({level.frequency for comparison in EVIDENCE for level in comparison.levels if level.frequency})
)
MISSING_WORDS = gettext_noop("salah satu tidak mencantumkan")


def levels_of(left: Subject, right: Subject) -> dict[str, Level | None]:
    """What one pair shows, comparison by comparison."""
    return {comparison.code: comparison.level_of(left, right) for comparison in EVIDENCE}
