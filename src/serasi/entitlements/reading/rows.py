"""What a row of a list says of a person, and what is wrong with it.

A row is refused when it cannot be matched for certain: no name, no number, or a number that is not one. What else is
not understood is left out and remarked upon, and the row is taken.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from serasi.common.cells import Cell, DateUnclear, parse_date, parse_sex
from serasi.common.money import AmountRefused, parse_rupiah
from serasi.common.nik import NumberRefused, read_kk, read_nik
from serasi.common.sentences import Kept, kept
from serasi.common.sentences import sentence as _
from serasi.entitlements.reading.files import cleaned
from serasi.institutions.queries.places import PlaceSaid

LONGEST: Final = {"name": 150, "component": 80, "status": 60, "place": 200}
_NOTHING: Final = re.compile(r"[\s\-–—.0]*|null|none|nan|n/?a|tidak ada|#N/A", re.IGNORECASE)
_DESIL: Final = re.compile(r"(?:desil|d)?\s*0?(\d{1,2})(?:[.,]0+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Something wrong with a row: in which column, what, how to mend it, and whether the row was refused for it."""

    column: str
    what: Kept
    fix: Kept
    is_refused: bool


@dataclass(slots=True)
class Found:
    """What a row says. With a refusal among ``said`` it is not taken."""

    name: str = ""
    nik: str = ""
    kk: str = ""
    birth_date: date | None = None
    sex: str = ""
    place: PlaceSaid = field(default_factory=PlaceSaid)
    component: str = ""
    desil: int | None = None
    amount: int | None = None
    status: str = ""
    said: list[Said] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(one.is_refused for one in self.said)


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, headers: Sequence[str], columns: Mapping[str, int], *, today: date) -> None:
        self.headers, self.columns, self.today = headers, columns, today

    def read(self, cells: Sequence[Cell]) -> Found | None:
        """What the row says; None for an empty one, and for one that repeats the headings."""
        found = Found()
        name = self._text(cells, "name")
        nik, kk = self._cell(cells, "nik"), self._cell(cells, "kk")
        if not name and not nik and not kk:
            return None
        if str(nik or kk).casefold() == self.headers[self.columns.get("nik", self.columns.get("kk", 0))].casefold():
            return None
        found.name = " ".join(name.split())[: LONGEST["name"]]
        found.nik = self._number(found, "nik", nik, read_nik)
        found.kk = self._number(found, "kk", kk, read_kk)
        if not found.name:
            self._say(found, "name", _("Nama kosong."), _("Isi nama seperti pada KTP atau KK."))
        if not found.nik and not found.kk and not found.is_refused:
            self._say(
                found,
                "nik" if "nik" in self.columns else "kk",
                _("NIK dan nomor KK kosong."),
                _("Isi salah satunya; tanpa itu baris ini tidak dapat dicocokkan dengan siapa pun."),
            )
        if found.is_refused:
            return found
        self._rest(found, cells)
        return found

    def _rest(self, found: Found, cells: Sequence[Cell]) -> None:
        if written := self._cell(cells, "birth_date"):
            read = parse_date(written, today=self.today)
            if isinstance(read, date) and read <= self.today:
                found.birth_date = read
            else:
                message = read.message if isinstance(read, DateUnclear) else _("Tanggal lahir di masa depan.")
                self._pass_over(found, "birth_date", message, _("Tulis tanggal seperti 31/12/1990."))
        # A NIK tells it for certain; P in a column is pria where others write W.
        found.sex = read_nik(found.nik).sex if found.nik else parse_sex(self._text(cells, "sex")) or ""
        if written := self._text(cells, "desil"):
            match = _DESIL.fullmatch(written)
            if match and 1 <= int(match[1]) <= 10:
                found.desil = int(match[1])
            else:
                self._pass_over(found, "desil", _("Desil bukan angka 1–10."), _("Tulis angka 1 sampai 10."))
        if written := self._text(cells, "amount"):
            try:
                found.amount = parse_rupiah(written)
            except AmountRefused as refused:
                self._pass_over(found, "amount", refused.message, _("Tulis rupiah bulat, misalnya 600000."))
        found.component = self._text(cells, "component")[: LONGEST["component"]]
        found.status = self._text(cells, "status")[: LONGEST["status"]]
        found.place = PlaceSaid(
            self._text(cells, "region_code"),
            self._text(cells, "province"),
            self._text(cells, "regency"),
            self._text(cells, "district"),
            self._text(cells, "village"),
        )

    def _cell(self, cells: Sequence[Cell], code: str) -> Cell:
        column = self.columns.get(code)
        if column is None or column >= len(cells):
            return ""
        cell = cleaned(cells[column])
        if isinstance(cell, str):
            cell = cell.strip()
            return "" if _NOTHING.fullmatch(cell) else cell
        return cell

    def _text(self, cells: Sequence[Cell], code: str) -> str:
        cell = self._cell(cells, code)
        return cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}"

    def _number(self, found: Found, code: str, cell: Cell, read: Callable[[str], object]) -> str:
        """The digits of a number, once they can be one; else the row is refused with the reason."""
        if not cell:
            return ""
        try:
            digits: str = read(str(cell)).digits  # type: ignore[attr-defined]
        except NumberRefused as refused:
            fix = (
                _("Ubah format kolom menjadi Teks lalu salin ulang dari berkas asal.")
                if refused.ruined
                else _("Periksa pada KTP atau KK.")
            )
            self._say(found, code, refused.message, fix)
            return ""
        return digits

    def _say(self, found: Found, code: str, what: str, fix: str) -> None:
        found.said.append(Said(self._heading(code), kept(what), kept(fix), is_refused=True))

    def _pass_over(self, found: Found, code: str, what: str, fix: str) -> None:
        found.said.append(Said(self._heading(code), kept(what), kept(fix), is_refused=False))

    def _heading(self, code: str) -> str:
        column = self.columns.get(code)
        return self.headers[column][:100] if column is not None else ""
