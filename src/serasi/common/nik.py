"""NIK and KK numbers as numbers: what their structure allows, and what deserves a second look.

A NIK has no check digit, is given for life, and is not replaced when a birth date is corrected or a
district is split. So structure is refused, and everything else (unknown region, other sex, other date) is
only a warning. Nothing here writes a whole number into a message, a repr or a log.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from serasi.common.sentences import sentence as _

SexLetter: TypeAlias = Literal["L", "P"]  # as on every Indonesian form: laki-laki, perempuan

_LENGTH = 16
_LONGEST_LIFE = 120
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# Typed with an East Asian keyboard; meant as digits without doubt. Digits of other scripts are refused.
_FULL_WIDTH = {0xFF10 + value: str(value) for value in range(10)}
# Spaces, dots and dashes people group by, marks that come along when copying, and a spreadsheet's text mark.
_SEPARATORS = re.compile(r"[\s.\-‐‑‒–—\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|^\s*['’`]")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d*)?\s*[eE]\s*[+-]?\d+")
_FLOAT = re.compile(r"\d{15,}[.,]0{1,2}")


class NumberRefused(ValueError):
    """The text cannot be such a number. `ruined` is set when a spreadsheet has rounded it."""

    def __init__(self, message: str, *, ruined: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.ruined = ruined


class NikError(NumberRefused):
    """The text cannot be a NIK."""


class KkError(NumberRefused):
    """The text cannot be the number of a family card."""


class Doubt(StrEnum):
    """Why a well-formed number deserves a second look."""

    REGION_UNKNOWN = "region_unknown"
    SEX_DIFFERS = "sex_differs"
    DATE_DIFFERS = "date_differs"
    DATE_IMPOSSIBLE = "date_impossible"


@dataclass(frozen=True, slots=True)
class NumberWarning:
    """Something to look at, never a reason to turn a person away."""

    doubt: Doubt
    message: str


@dataclass(frozen=True, slots=True, repr=False)
class Nik:
    """The parts of a NIK. The region is where the person was first registered; it never follows a move."""

    digits: str
    province_code: str  # "31"
    regency_code: str  # "31.75"
    district_code: str  # "31.75.01"
    born_day: int
    born_month: int
    born_yy: int  # two digits; the century is not in the number
    sex: SexLetter
    serial: int

    def __repr__(self) -> str:
        return f"Nik({mask(self.digits)})"

    __str__ = __repr__

    def agrees_with(self, birth_date: date) -> bool:
        """Whether the date inside the number is this one, whatever its century."""
        return (self.born_day, self.born_month, self.born_yy) == (
            birth_date.day,
            birth_date.month,
            birth_date.year % 100,
        )

    def birth_dates(self, today: date) -> list[date]:
        """The dates the number can mean for someone alive `today`: none to two, the youngest first."""
        candidates = []
        for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
            try:
                candidate = date(century + self.born_yy, self.born_month, self.born_day)
            except ValueError:  # 29 February of a year that has none
                continue
            if candidate <= today and candidate.year >= today.year - _LONGEST_LIFE:
                candidates.append(candidate)
        return candidates

    def birth_date(self, *, today: date, near: date | None = None) -> date | None:
        """The likeliest date: nearest to `near` (a birth date or estimate known otherwise), else the
        youngest.
        """
        candidates = self.birth_dates(today)
        if near is None or not candidates:
            return candidates[0] if candidates else None
        return min(candidates, key=lambda candidate: abs((candidate - near).days))


@dataclass(frozen=True, slots=True, repr=False)
class Kk:
    """The parts of a family card number. That the middle is the date of issue is custom, not rule."""

    digits: str
    province_code: str
    regency_code: str
    district_code: str
    issued_day: int
    issued_month: int
    issued_yy: int
    serial: int

    def __repr__(self) -> str:
        return f"Kk({mask(self.digits)})"

    __str__ = __repr__


def read_nik(text: str) -> Nik:
    """Read what was typed as a NIK, grouped with spaces, dots or dashes or not.

    Raises NikError when the structure is impossible: not 16 digits; day outside 01–31 and 41–71; no such
    month or date (29 February passes when either century has it); serial 0000; province, regency or
    district 00.
    """
    digits = _sixteen_digits(text, _("NIK"), NikError)
    province, regency, district, day, month, yy = (int(digits[at : at + 2]) for at in range(0, 12, 2))
    if not (province and regency and district):
        raise NikError(_("Enam angka pertama NIK bukan kode wilayah. Periksa kembali pada KTP atau KK."))
    sex: SexLetter = "L"
    if day > 40:
        sex, day = "P", day - 40
    if not 1 <= day <= 31:
        raise NikError(_("Angka ke-7 dan ke-8 NIK harus tanggal lahir: 01–31 untuk laki-laki, 41–71 untuk perempuan."))
    if not 1 <= month <= 12:
        raise NikError(_("Angka ke-9 dan ke-10 NIK harus bulan lahir, 01–12."))
    if not _is_possible_date(day, month, yy):
        raise NikError(_("Tanggal lahir di dalam NIK tidak ada di kalender. Periksa angka ke-7 sampai ke-12."))
    serial = int(digits[12:])
    if not serial:
        raise NikError(_without_serial(_("NIK")), ruined=True)
    return Nik(digits, *_region_codes(digits), day, month, yy, sex, serial)


def read_kk(text: str) -> Kk:
    """Read what was typed as the number of a family card. Raises KkError: not 16 digits, or serial 0000."""
    digits = _sixteen_digits(text, _("Nomor KK"), KkError)
    serial = int(digits[12:])
    if not serial:
        raise KkError(_without_serial(_("Nomor KK")), ruined=True)
    day, month, yy = (int(digits[at : at + 2]) for at in (6, 8, 10))
    return Kk(digits, *_region_codes(digits), day, month, yy, serial)


def warnings_for(
    nik: Nik,
    *,
    birth_date: date | None,
    sex: SexLetter | None,
    known_region: Callable[[str], bool],
) -> list[NumberWarning]:
    """What in the NIK differs from the form. `known_region` is asked for a district code like "31.75.01".

    The century is taken from the form's birth date. What the form leaves open is not compared.
    """
    found = _region_warning(nik.district_code, _("NIK"), known_region)
    if sex is not None and sex != nik.sex:
        found.append(
            NumberWarning(
                Doubt.SEX_DIFFERS,
                _("Menurut NIK jenis kelaminnya %(nik)s, pada formulir %(form)s. Periksa KTP atau KK.")
                % {"nik": _sex_name(nik.sex), "form": _sex_name(sex)},
            )
        )
    if birth_date is not None and not nik.agrees_with(birth_date):
        found.append(
            NumberWarning(
                Doubt.DATE_DIFFERS,
                _(
                    "Tanggal lahir di dalam NIK %(nik)s, pada formulir %(form)s. Keduanya bisa benar: NIK "
                    "tidak "
                    "diganti ketika tanggal lahir diperbaiki. Periksa KTP atau KK."
                )
                % {
                    "nik": f"{nik.born_day:02}/{nik.born_month:02}/{nik.born_yy:02}",
                    "form": f"{birth_date:%d/%m/%Y}",
                },
            )
        )
    return found


def warnings_for_kk(kk: Kk, *, known_region: Callable[[str], bool]) -> list[NumberWarning]:
    """What about a family card number deserves a second look."""
    found = _region_warning(kk.district_code, _("nomor KK"), known_region)
    if not _is_possible_date(kk.issued_day, kk.issued_month, kk.issued_yy):
        found.append(
            NumberWarning(
                Doubt.DATE_IMPOSSIBLE,
                _("Angka ke-7 sampai ke-12 nomor KK biasanya tanggal terbit, di sini bukan. Periksa KK."),
            )
        )
    return found


_ONE_DIGIT_OVER_AND_OVER = re.compile(r"(\d)\1{15}")


def digits_written(text: str) -> str | None:
    """The sixteen digits that stand there, whatever they mean; None when there are not sixteen, or they fill a box.

    For comparing, where a number with one digit wrong still says a lot; what is stored goes through `read_nik`.
    """
    digits = text if len(text) == _LENGTH else _SEPARATORS.sub("", text.translate(_FULL_WIDTH).strip())
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    if _ONE_DIGIT_OVER_AND_OVER.fullmatch(digits) or digits in {"1234567890123456", "0123456789012345"}:
        return None
    return digits


def mask(digits: str) -> str:
    """The number with only its last four digits showing; a shorter text shows nothing."""
    shown = digits[-4:] if len(digits) > 8 else ""
    return "•" * (len(digits) - len(shown)) + shown


def _sixteen_digits(text: str, name: str, error: type[NumberRefused]) -> str:
    stripped = text.translate(_FULL_WIDTH).strip()
    if _SCIENTIFIC.fullmatch(stripped) or _FLOAT.fullmatch(stripped):
        raise error(
            _(
                "%(name)s sudah dibulatkan oleh lembar kerja sehingga angka terakhirnya hilang. Ubah "
                "format kolom "
                "menjadi Teks, lalu ketik atau salin ulang nomornya dari KTP, KK, atau berkas asal."
            )
            % {"name": name},
            ruined=True,
        )
    digits = _SEPARATORS.sub("", stripped)
    if not digits:
        raise error(_("%(name)s belum diisi.") % {"name": name})
    if not (digits.isascii() and digits.isdigit()):
        raise error(_("%(name)s hanya boleh berisi angka 0–9.") % {"name": name})
    if len(digits) != _LENGTH:
        raise error(_("%(name)s harus 16 angka; yang tertulis %(count)d angka.") % {"name": name, "count": len(digits)})
    return digits


def _region_codes(digits: str) -> tuple[str, str, str]:
    province, regency, district = digits[:2], digits[2:4], digits[4:6]
    return province, f"{province}.{regency}", f"{province}.{regency}.{district}"


def _is_possible_date(day: int, month: int, yy: int) -> bool:
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN_MONTH[month - 1]:
        return False
    # Of two neighbouring centuries 1900 is no leap year but 2000 is, so the two digits alone decide.
    return (day, month) != (29, 2) or yy % 4 == 0


def _without_serial(name: str) -> str:
    return _(
        "%(name)s tidak mungkin berakhir 0000. Bila disalin dari lembar kerja, nomornya mungkin "
        "dibulatkan: ubah "
        "format kolom menjadi Teks dan salin ulang."
    ) % {"name": name}


def _region_warning(code: str, name: str, known_region: Callable[[str], bool]) -> list[NumberWarning]:
    if known_region(code):
        return []
    return [
        NumberWarning(
            Doubt.REGION_UNKNOWN,
            _("Kode wilayah %(code)s pada %(name)s tidak dikenal. Bisa jadi kode lama sebelum pemekaran.")
            % {"code": code, "name": name},
        )
    ]


def _sex_name(sex: SexLetter) -> str:
    return _("laki-laki") if sex == "L" else _("perempuan")
