"""From the cells of a row to what they say of a person, and what is wrong with them.

An error keeps the row out until it is mended; a warning is said and passes. Only structure and contradiction are
errors: what a list leaves open stays open. No database here but what `known_region` and `place_of` ask of it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from serasi.common.encryption import keyed_hash
from serasi.common.nik import KkError, Nik, NikError, read_kk, read_nik, warnings_for
from serasi.common.periods import AgeEstimate
from serasi.common.sentences import kept, retold
from serasi.common.sentences import sentence as _
from serasi.common.spreadsheets import Cell, DateUnclear, RoundedNumber, parse_date, parse_sex
from serasi.common.telephones import number_said
from serasi.institutions.queries.places import PlaceSaid
from serasi.interop.headings import field_name, is_header_again
from serasi.people import reference

LONGEST = {
    "name": 150,
    "nickname": 80,
    "birth_place": 80,
    "mother_name": 150,
    "address": 200,
    "origin": 200,
}
_NOTHING = re.compile(
    r"[-–—_.0\s?]*|(?:tidak|tdk|tak|blm|belum)\s*(?:ada|punya|diketahui|tahu|jelas)?|nihil|kosong|n\s*/?\s*a|none|null",
    re.IGNORECASE,
)
_FORMULA_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL|GETTING_DATA)[!?]?", re.IGNORECASE)
_TOTAL = re.compile(r"(?:sub\s*)?(?:jumlah|total)\b.*|grand total|rata\s*-?\s*rata", re.IGNORECASE)
_LONGEST_LIFE = 120
_AN_AGE = re.compile(
    r"\W*(?:(?:umur|usia|kira-kira|kurang lebih|sekitar|±|\+/-)\W*)+\d{1,3}(?:\s*(?:th|thn|tahun|bln|bulan))?\W*"
    r"|\d{1,3}\s*(?:th|thn|tahun|bln|bulan)\W*",
    re.IGNORECASE,
)
"""Said with a word or a unit, so that a bare number in a column of dates is never taken for an age."""


class Nature(StrEnum):
    """What a row of a list is."""

    PERSON = "person"
    TOTAL = "total"
    HEADER = "header"
    EXAMPLE = "example"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which column, and what to do about it."""

    column: str
    what: str
    fix: str
    is_error: bool = True

    @property
    def kept(self) -> list[Any]:
        """How it is written down with its row."""
        return [self.column, kept(self.what), kept(self.fix), self.is_error]

    @classmethod
    def told(cls, written: Sequence[Any]) -> "Problem":
        """What was written down, in the reader's language. Of an error the message may say itself what to do."""
        column, what, fix, is_error = written
        what, fix = retold(what), retold(fix)
        return cls(column, *(_split(what, fix) if is_error else (what, fix)), is_error)


@dataclass(slots=True)
class Entry:
    """What a row says of a person."""

    nature: Nature = Nature.PERSON
    problems: list[Problem] = field(default_factory=list)
    full_name: str = ""
    nickname: str = ""
    nik: str = ""
    kk: str = ""
    relation: str = ""
    sex: str = "X"
    birth_date: date | None = None
    birth_year_from: int | None = None
    birth_year_to: int | None = None
    birth_place: str = ""
    mother_name: str = ""
    religion: str = ""
    marital: str = ""
    education: str = ""
    phone: str = ""
    kinds: tuple[str, ...] = ()
    place: PlaceSaid = field(default_factory=PlaceSaid)
    line: str = ""
    rt: str = ""
    rw: str = ""
    origin: str = ""
    fingerprint: bytes = b""

    @property
    def is_faulty(self) -> bool:
        return any(problem.is_error for problem in self.problems)


def read_entry(
    cells: Sequence[Cell],
    *,
    headers: list[str],
    mapping: Sequence[str],
    today: date,
    known_region: Callable[[str], bool],
    pria_wanita: bool = False,
) -> Entry:
    """Understand one row. Never raises: what cannot be understood is a problem of the entry."""
    return _Reader(cells, headers, mapping, today, known_region, pria_wanita=pria_wanita).read()


def fingerprint(values: Mapping[str, Cell]) -> bytes:
    """The same for two rows that say the same of a person, whatever their file, columns, case and spaces."""
    said = [
        f"{code}={' '.join(str(value).casefold().split())}"
        for code, value in sorted(values.items())
        if str(value).strip()
    ]
    return keyed_hash("\n".join(said), "roster")


class _Reader:
    def __init__(
        self,
        cells: Sequence[Cell],
        headers: list[str],
        mapping: Sequence[str],
        today: date,
        known_region: Callable[[str], bool],
        *,
        pria_wanita: bool,
    ) -> None:
        self.cells, self.headers, self.today = cells, headers, today
        self.known_region, self.pria_wanita = known_region, pria_wanita
        self.at = {code: column for column, code in enumerate(mapping) if code}
        self.entry = Entry()
        self.number: Nik | None = None
        self.failed: set[str] = set()

    def read(self) -> Entry:
        values = {code: self.value(code) for code in self.at}
        self.entry.fingerprint = fingerprint(values)
        self.entry.nature = self.nature(values)
        if self.entry.nature is not Nature.PERSON:
            return self.entry
        for code in [code for code in self.at if _FORMULA_ERROR.fullmatch(self.text(code))]:
            self.error(code, _("Rumus di sel ini gagal."), _("Ganti rumus dengan nilainya."))
            self.failed.add(code)
        self.names()
        self.numbers()
        self.birth()
        self.sex()
        self.lists()
        self.phone()
        self.address()
        self.kinds()
        return self.entry

    # --- cells

    def value(self, code: str) -> Cell:
        column = self.at.get(code)
        if column is None or column >= len(self.cells) or code in self.failed:
            return ""
        return self.cells[column]

    def text(self, code: str) -> str:
        """The cell as one line of text; empty for a dash, "tidak ada" and the like."""
        value = self.value(code)
        text = f"{value:%d/%m/%Y}" if isinstance(value, date) else " ".join(str(value).split())
        return "" if _NOTHING.fullmatch(text) else text

    def short(self, code: str) -> str:
        text = self.text(code)
        limit = LONGEST[code]
        if len(text) > limit:
            self.error(
                code,
                _("Isinya %(length)d huruf; paling banyak %(limit)d.") % {"length": len(text), "limit": limit},
                _("Ringkas isinya."),
            )
            return text[:limit]
        return text

    def column(self, code: str) -> str:
        column = self.at.get(code)
        return self.headers[column] if column is not None and self.headers[column] else field_name(code)

    def error(self, code: str, what: str, fix: str) -> None:
        self.entry.problems.append(Problem(self.column(code), what, fix))

    def warn(self, code: str, what: str, fix: str = "") -> None:
        self.entry.problems.append(Problem(self.column(code), what, fix, is_error=False))

    # --- what the row is

    def nature(self, values: Mapping[str, Cell]) -> Nature:
        texts = [str(cell) for cell in self.cells]
        first = next((text for text in texts if text.strip()), "")
        if is_header_again(texts, self.headers):
            return Nature.HEADER
        if _TOTAL.fullmatch(first.strip()) or _TOTAL.fullmatch(str(values.get("name", "")).strip()):
            return Nature.TOTAL
        if re.match(r"contoh\b", self.text("name"), re.IGNORECASE):
            return Nature.EXAMPLE
        filled = [code for code in values if self.text(code)]
        if not self.text("name") and not self.text("nickname"):
            has_number = any(re.search(r"\d{8}", self.text(code)) for code in ("nik", "kk"))
            if len(filled) < 3 and not has_number:
                return Nature.OTHER
        return Nature.PERSON

    # --- parts of a person

    def names(self) -> None:
        entry = self.entry
        entry.full_name, entry.nickname = self.short("name"), self.short("nickname")
        entry.mother_name, entry.birth_place = self.short("mother_name"), self.short("birth_place")
        if not entry.full_name and not entry.nickname:
            self.error("name", _("Nama belum diisi."), _("Isi nama lengkap, atau nama panggilan bila hanya itu."))
        elif entry.full_name and not re.search(r"[^\W\d_]", entry.full_name):
            self.error("name", _("Nama tidak memuat huruf."), _("Periksa apakah kolomnya bergeser."))
        elif re.search(r"\d{4}", entry.full_name):
            self.warn("name", _("Nama memuat angka."), _("Periksa apakah kolomnya bergeser."))

    def numbers(self) -> None:
        entry = self.entry
        if text := self.number_text("nik"):
            try:
                self.number = read_nik(text)
                entry.nik = self.number.digits
            except NikError as error:
                self.error("nik", error.message, _("Salin ulang NIK dari KTP atau KK."))
        if text := self.number_text("kk"):
            try:
                entry.kk = read_kk(text).digits
            except KkError as error:
                self.error("kk", error.message, _("Salin ulang nomor KK dari KK."))
        if entry.nik and entry.nik == entry.kk:
            self.error("nik", _("NIK sama dengan nomor KK."), _("Salin ulang keduanya dari KK."))
        if entry.kk:
            text = self.text("relation")
            relation = reference.relation_named(text) if text else None
            entry.relation = relation.code if relation else "lainnya"
            if text and relation is None:
                self.warn("relation", _("Hubungan keluarga tidak dikenali; dicatat sebagai “Lainnya”."))

    def number_text(self, code: str) -> str:
        value = self.value(code)
        text = "" if isinstance(value, date) else str(value)
        return "" if _NOTHING.fullmatch(text.strip()) else RoundedNumber(text)

    def birth(self) -> None:
        entry = self.entry
        code = "birth_date" if self.text("birth_date") else "birth_place_and_date"
        value = self.value(code)
        if code == "birth_place_and_date" and isinstance(value, str):
            place, value = _place_and_date(value)
            entry.birth_place = entry.birth_place or place[: LONGEST["birth_place"]]
        if _AN_AGE.fullmatch(str(value)):
            self.aged(code, str(value))
            if entry.birth_year_from is not None:
                self.warn(code, _("Tertulis umur, bukan tanggal. Hanya tahun lahirnya yang diperkirakan."))
            return
        if self.text(code) and value:
            self.born_on(code, parse_date(value, today=self.today))
            if entry.birth_year_from is None:
                return
        self.by_age()
        if entry.birth_year_from is None and self.number is not None and not self.text("age"):
            near = self.number.birth_dates(self.today)
            if len(near) == 1:
                self.set_day(near[0])
                self.warn("nik", _("Tanggal lahir diambil dari NIK karena kolomnya kosong."))

    def born_on(self, code: str, day: date | DateUnclear) -> None:
        entry = self.entry
        if isinstance(day, DateUnclear):
            parts = re.findall(r"[^\W_]+", str(day.text))
            is_whole = len(parts) > 2 and not any(set(part) == {"0"} for part in parts)
            if day.year is not None and 1880 <= day.year <= self.today.year and not is_whole:
                entry.birth_year_from = entry.birth_year_to = day.year
                self.warn(code, day.message, _("Hanya tahunnya yang dicatat."))
            else:
                self.error(code, day.message, _("Tulis hari, bulan, lalu tahun, seperti 31/12/1990."))
        elif day > self.today:
            self.error(code, _("Tanggal lahir belum terjadi."), _("Periksa tahunnya."))
        elif day.year < self.today.year - _LONGEST_LIFE:
            self.error(code, _("Menurut tanggal ini umurnya lebih dari 120 tahun."), _("Periksa tahunnya."))
        else:
            self.set_day(day)

    def set_day(self, day: date) -> None:
        self.entry.birth_date = day
        self.entry.birth_year_from = self.entry.birth_year_to = day.year

    def by_age(self) -> None:
        if text := self.text("age"):
            self.aged("age", text)

    def aged(self, code: str, text: str) -> None:
        found = re.search(r"\d{1,4}", text)
        years = 0 if re.search(r"bln|bulan|hari|minggu", text, re.IGNORECASE) else int(found[0]) if found else -1
        if not 0 <= years <= _LONGEST_LIFE:
            self.error(code, _("Umur tidak dikenali."), _("Tulis umur dalam tahun, misalnya 45."))
            return
        estimate = AgeEstimate.from_ages(years, years, on=self.today)
        self.entry.birth_year_from, self.entry.birth_year_to = estimate.earliest.year, estimate.latest.year

    def sex(self) -> None:
        entry = self.entry
        text = self.text("sex")
        found = parse_sex(text, pria_wanita=self.pria_wanita) if text else None
        if found:
            entry.sex = found
        elif text:
            self.error("sex", _("Jenis kelamin tidak dikenali."), _("Tulis L atau P."))
        elif self.number is not None:
            entry.sex = self.number.sex
            self.warn("nik", _("Jenis kelamin diambil dari NIK karena kolomnya kosong."))
        if self.number is not None:
            for warning in warnings_for(
                self.number,
                birth_date=entry.birth_date,
                sex=found,
                known_region=self.known_region,
            ):
                self.warn("nik", warning.message)

    def lists(self) -> None:
        for code, listing in (
            ("religion", reference.religions()),
            ("education", reference.education_levels()),
            ("marital", reference.marital_states()),
        ):
            if not (text := self.text(code)):
                continue
            found = reference.named(listing, text)
            if found is None:
                self.warn(code, _("Isinya tidak dikenali dan tidak dicatat."), _("Lengkapi nanti di data orangnya."))
            else:
                setattr(self.entry, code, found.code)

    def phone(self) -> None:
        if not (text := self.text("phone")):
            return
        self.entry.phone = _phone(text)
        if not self.entry.phone:
            self.warn("phone", _("Nomor telepon tidak dikenali dan tidak dicatat."))

    def address(self) -> None:
        entry = self.entry
        line = ", ".join(part for part in (self.text("address"), self.text("hamlet")) if part)
        entry.place = PlaceSaid(
            region_code=self.text("region_code"),
            province=self.text("province"),
            regency=self.text("regency"),
            district=self.text("district"),
            village=self.text("village"),
        )
        rt, rw = self.text("rt"), self.text("rw")
        if both := self.text("rt_rw"):
            parts = re.findall(r"\d+", both)
            rt, rw = [*parts, "", ""][:2] if not rt and not rw else (rt, rw)
        for code, text in (("rt", rt), ("rw", rw)):
            digits = re.sub(r"\D", "", text)
            if text and (not digits or len(digits.lstrip("0")) > 3):
                self.warn(code, _("RT atau RW tidak dikenali; ditulis di alamat."))
                line = f"{line}, {code.upper()} {text}".strip(", ")
            elif digits:
                setattr(entry, code, digits.lstrip("0").zfill(3))
        if len(line) > LONGEST["address"]:
            self.error("address", _("Alamat lebih dari 200 huruf."), _("Ringkas alamatnya."))
        entry.line = line[: LONGEST["address"]]
        entry.origin = self.short("origin")

    def kinds(self) -> None:
        text = self.text("ppks_kind")
        if not text:
            return
        codes: list[str] = []
        for part in [text] if reference.ppks_kinds_named(text) else re.split(r"[;,/+&]|\bdan\b", text):
            if not part.strip():
                continue
            found = reference.ppks_kinds_named(part.strip())
            if len(found) == 1:
                codes.append(found[0].code)
            elif found:
                names = ", ".join(f"“{kind.name}”" for kind in found)  # as the file must have them
                self.error(
                    "ppks_kind",
                    _("Kode ini bermakna lebih dari satu jenis."),
                    _("Tulis salah satu: %(names)s.") % {"names": names},
                )
            else:
                self.error(
                    "ppks_kind",
                    _("Jenis PPKS tidak dikenal."),
                    _("Pilih dari lembar “Kode” pada templat, misalnya “Lanjut usia telantar”."),
                )
        self.entry.kinds = tuple(dict.fromkeys(codes))
        for code in self.entry.kinds:
            kind = reference.ppks_kinds()[code]
            age = self.today.year - self.entry.birth_year_from if self.entry.birth_year_from else None
            for doubt in reference.kind_doubts(kind, age=age, sex=self.entry.sex):
                self.warn("ppks_kind", doubt.message)


def _split(message: str, fix: str) -> tuple[str, str]:
    """A message of two sentences says what is wrong, then what to do."""
    what, dot, rest = message.partition(". ")
    return (what + ".", rest) if dot and rest else (message, fix)


def _place_and_date(text: str) -> tuple[str, str]:
    """ "Surabaya, 31-12-1990" and "SURABAYA 31 Des 1990": the place and the date."""
    found = re.match(r"^\s*([^\d,/]*[^\d,/\s])?\s*[,/]?\s*(\d.*)?$", " ".join(text.split()))
    if found is None:
        return "", text
    return (found[1] or "").strip(" ,-"), (found[2] or "").strip()


def _phone(text: str) -> str:
    """The first number of the cell, as +62…; nothing when it is none."""
    return number_said(re.split(r"[;,]|\s/\s|\s(?=0|\+62)|/(?=0|\+)", text)[0])
