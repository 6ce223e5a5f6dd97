"""What speaks for and against two records being one person: comparisons, each an ordered list of levels, told once.

The first level whose condition holds is the one that counts. Three things keep evidence from being counted twice:
a NIK repeats place, birth date and sex, so where birthdays agree its parts are weighed only against others born that
day; members of a family share card, mother, house and, as twins, the birthday, so among them these say little or
nothing; and a birthday that was only a guess is compared by its year alone.
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
    COUNTED = "counted"  # from pairs whose truth is known: what depends so on other evidence is not learned blindly


@dataclass(frozen=True)
class Level:
    code: str
    source: str  # Indonesian, the key of its translation
    condition: Condition | None  # None: all that is left
    frequency: str | None = None  # the column whose rarity adds to the weight
    neutral: bool = False  # says nothing, either way
    local: bool = False  # two people share it only within a family or by a mix-up, never by chance
    given: Condition | None = None  # counted among the pairs of which this holds, since other evidence says as much

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

    def is_counted(self, level: Level) -> bool:
        return not level.neutral and (self.weighing is Weighing.COUNTED or level.given is not None)

    def level_of(self, left: Subject, right: Subject) -> Level | None:
        """The level of one pair; None when one of the two does not say."""
        if self.missing.holds(left, right):
            return None
        return next(level for level in self.levels if level.condition is None or level.condition.holds(left, right))


_ONE_KK = Same("kk")
_SAME_BIRTH = Same("birth_number")
_SAME_MOTHER = Same("mother_consonants")
_ONE_FAMILY = some(_ONE_KK, every(_SAME_MOTHER, Same("district")))
"""As far as a list lets one see: one card, or the same mother and district."""

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
        Level("alike", gettext_noop("bin/binti sama atau mirip"), Alike("father", 0.88)),
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
        Level(
            "same_in_family",
            gettext_noop("tanggal lahir sama, tetapi sekeluarga: mungkin kembar"),
            every(_SAME_BIRTH, _ONE_FAMILY),
            given=_ONE_FAMILY,
        ),
        Level("same", gettext_noop("tanggal lahir sama"), _SAME_BIRTH),
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
        Level("same_in_kk", gettext_noop("NIK sama, dalam satu KK"), every(Same("nik"), _ONE_KK), given=_ONE_KK),
        Level(
            "same_in_district",
            gettext_noop("NIK sama, tinggal di kecamatan yang sama"),
            every(Same("nik"), Same("district")),
            given=Same("district"),
            local=True,
        ),
        Level("same", gettext_noop("NIK sama"), Same("nik"), local=True),
        Level(
            "twin",
            gettext_noop("NIK berbeda hanya nomor urutnya, satu KK dan lahir pada hari yang sama: mungkin kembar"),
            every(Same("nik_stem"), _ONE_KK, _SAME_BIRTH),
            given=every(_ONE_KK, _SAME_BIRTH),
        ),
        Level(
            "rounded",
            gettext_noop("NIK sama sampai angka ke-15; yang satu dibulatkan lembar kerja"),
            every(Same("nik_head"), OnlyOne("nik_ends_zero")),
        ),
        Level(
            "neighbour",
            gettext_noop("wilayah dan tanggal di dalam NIK sama, nomor urutnya berbeda; lahir pada hari yang sama"),
            every(Same("nik_stem"), _SAME_BIRTH),
            given=_SAME_BIRTH,
        ),
        Level(
            "date_inside",
            gettext_noop("wilayah dan tanggal di dalam NIK sama, walau tanggal lahir yang tertulis berbeda"),
            Same("nik_stem"),
        ),
        Level(
            "slip",
            gettext_noop("NIK berbeda satu angka, atau dua angka tertukar"),
            OneSlip("nik", gate=SameHalf("nik")),
        ),
        Level(
            "other_region_same_birth",
            gettext_noop("NIK sama kecuali kode wilayahnya; lahir pada hari yang sama"),
            every(Same("nik_tail"), _SAME_BIRTH),
            given=_SAME_BIRTH,
        ),
        Level("other_region", gettext_noop("NIK sama kecuali kode wilayahnya"), Same("nik_tail")),
        Level("other", gettext_noop("NIK berbeda"), None),
    ),
    Weighing.COUNTED,
)

KK = Comparison(
    "kk",
    gettext_noop("Nomor KK"),
    Missing("kk"),
    (
        Level("same", gettext_noop("satu KK"), Same("kk"), local=True),
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
        Level("inside_kk", gettext_noop("alamat sama, tetapi satu KK"), every(_ONE_KK, Same("district")), neutral=True),
        Level(
            "with_mother",
            gettext_noop("kecamatan sama, tetapi nama ibu juga: mungkin saudara"),
            every(_SAME_MOTHER, Same("district")),
            given=_SAME_MOTHER,
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
