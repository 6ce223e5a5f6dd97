"""The files of a form as its author brings them: how sheets may name them, and the one door through which they come.

What a file is, is read from its content. Pictures are drawn anew, lists are written anew as CSV that every engine
reads; of a sound the bytes are kept. Whatever is wrong is said with the file, its row and its column.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, TypeAlias

from django.utils.translation import gettext_noop as _

from serasi.common.images import PhotoRefused, clean_photo
from serasi.common.sounds import sound_of
from serasi.xforms.authoring.survey import Survey, heading_key
from serasi.xforms.authoring.workbook import Workbook
from serasi.xforms.files import FileKind
from serasi.xforms.findings import Finding, Severity, Unreadable
from serasi.xforms.form import Form
from serasi.xforms.lists import CASELOAD, PLACES
from serasi.xforms.parts import Itemset

MOST_FILES: Final = 80
"""In one form."""
LARGEST: Final = {FileKind.PICTURE: 15, FileKind.SOUND: 5, FileKind.LIST: 1}
"""Megabytes of one file as it is brought; a picture is kept smaller."""
WIDEST: Final = 1_200
"""Pixels of a picture beside words: a phone shows no more, and carries it."""
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 500
MOST_FAULTS: Final = 20
FROM_FILE: Final = frozenset({"select_one_from_file", "select_multiple_from_file"})
_OUR_LISTS: Final = (*PLACES, CASELOAD)
_MEDIA: Final = re.compile(r"(?:media::)?(image|big-image|audio|video)(?:::.+)?")
_ENDINGS: Final = {
    "image": (".jpg", ".jpeg", ".png", ".webp"),
    "big-image": (".jpg", ".jpeg", ".png", ".webp"),
    "audio": (".mp3", ".m4a", ".ogg", ".webm"),
}
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ .()-]{0,99}")
_HEADING: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")
_PLAYABLE: Final = frozenset({"audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm"})
"""What the browsers of phones play."""


# --- how sheets name files


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that names a file. ``what`` is the kind of picture or sound it is to be, or ``list``."""

    file: str
    what: str
    sheet: str
    row: int
    column: str

    def found(self, message: str, severity: Severity = Severity.REFUSES, **values: str) -> Finding:
        return Finding(message, {"file": self.file, **values}, self.sheet, self.row, self.column, severity)


def named_in(workbook: Workbook, survey: Survey) -> Iterator[Named]:
    """Every cell that names a file of the author's, in the order of the sheets."""
    for question in survey.questions:
        if question.kind in FROM_FILE and question.list_name not in _OUR_LISTS:
            yield Named(question.list_name, "list", "survey", question.row, "type")
        elif question.kind == "csv-external" and f"{question.name}.csv" not in _OUR_LISTS:
            yield Named(f"{question.name}.csv", "list", "survey", question.row, "name")
    for sheet in ("survey", "choices"):
        for row in workbook[sheet].rows:
            for heading, file in row.cells.items():
                column = _MEDIA.fullmatch(heading_key(heading))
                if column is not None and file != "-":
                    yield Named(file, column[1], sheet, row.number, heading)


def misnamed(workbook: Workbook, survey: Survey) -> Iterator[Finding]:
    """Names that no file can come under, and more names than one form may have."""
    known: set[str] = set()
    for one in named_in(workbook, survey):
        yield from _wrong_name(one, is_new=one.file not in known)
        if one.file not in known and len(known) == MOST_FILES:
            yield one.found(_("Formulir ini menyebut lebih dari {most} berkas. Kurangi."), most=str(MOST_FILES))
        known.add(one.file)
    for question in survey.questions:
        if question.kind == "xml-external":
            message = _("Daftar dari berkas XML tidak diterima. Simpan sebagai CSV, dan pakai csv-external.")
            yield Finding(message, {}, "survey", question.row, "type")


def _wrong_name(one: Named, *, is_new: bool) -> Iterator[Finding]:
    if one.what == "video":
        message = _("Video “{file}” tidak ikut bersama instrumen, jadi tidak akan tampil. Pakai gambar atau suara.")
        yield one.found(message, Severity.WARNS)
    elif "/" in one.file or "\\" in one.file:
        yield one.found(_("“{file}” memuat jalan folder. Tulis nama berkasnya saja."))
    elif not _NAME.fullmatch(one.file):
        yield one.found(
            _("Nama berkas “{file}” hanya boleh memuat huruf biasa, angka, spasi, titik, strip, garis bawah.")
        )
    elif one.what != "list":
        if not one.file.lower().endswith(_ENDINGS[one.what]):
            message = _("Nama berkas “{file}” harus berakhiran salah satu dari {endings}.")
            yield one.found(message, endings=", ".join(_ENDINGS[one.what]))
    elif not one.file.endswith(".csv"):
        close = _close_to_ours(one.file)
        message = _("Daftar “{file}” harus berupa berkas CSV, misalnya obat.csv. {meant}")
        yield one.found(message, meant=f"({close}?)" if close else "")
    elif is_new and (close := _close_to_ours(one.file)):
        message = _("Daftar “{file}” Anda bawa sendiri. Bila maksudnya daftar yang sudah ada, tulis {meant}.")
        yield one.found(message, Severity.WARNS, meant=close)


def _close_to_ours(file: str) -> str:
    return next(iter(difflib.get_close_matches(file, _OUR_LISTS, n=1, cutoff=0.75)), "")


# --- the door


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it is kept."""

    name: str
    kind: FileKind
    media_type: str
    content: bytes


def brought(form: Form, files: Iterable[tuple[str, bytes]]) -> tuple[Brought, ...]:
    """The files of a form, by name and content, made ready to keep. Raises Unreadable with what is wrong with each."""
    made: list[Brought] = []
    faults: list[Finding] = []
    for name, content in files:
        try:
            made.append(_one(form, name, content))
        except Unreadable as refused:
            faults += refused.findings
    if faults:
        raise Unreadable(tuple(faults))
    return tuple(made)


def _one(form: Form, name: str, content: bytes) -> Brought:
    named = next((one for one in form.files if one.name == name), None)
    named = named or next((one for one in form.files if one.name.casefold() == name.casefold()), None)
    if named is None:
        names = ", ".join(one.name for one in form.files) or "–"
        raise _refused(name, _("Formulir ini tidak menyebut berkas “{file}”. Yang disebut: {names}."), names=names)
    if not content:
        raise _refused(name, _("Berkas ini kosong."))
    if len(content) > LARGEST[named.kind] * 1024 * 1024:
        raise _refused(name, _("Berkas ini lebih besar dari {most} MB."), most=str(LARGEST[named.kind]))
    match named.kind:
        case FileKind.PICTURE:
            return Brought(named.name, named.kind, "image/jpeg", _picture(name, content))
        case FileKind.SOUND:
            return Brought(named.name, named.kind, _sound_type(name, content), content)
        case FileKind.LIST:
            rows = _read_list(form, named.name, content)
            return Brought(named.name, named.kind, "text/csv", _written(rows))


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a list as it was kept."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def _picture(name: str, content: bytes) -> bytes:
    try:
        return clean_photo(content, max_side=WIDEST)
    except PhotoRefused as refused:
        raise _refused(name, "{reason}", reason=refused.message) from refused


def _sound_type(name: str, content: bytes) -> str:
    media_type, _ending = sound_of(content) or ("", "")
    if media_type not in _PLAYABLE:
        raise _refused(name, _("Berkas ini bukan rekaman suara yang dapat diputar. Pakai MP3, M4A, atau OGG."))
    return media_type


def _refused(file: str, message: str, *, row: int | None = None, column: str = "", **values: str) -> Unreadable:
    return Unreadable((Finding(message, {"file": file, **values}, file, row, column),))


# --- lists

_EMPTY: Final = _("Daftar ini kosong: baris 1 judul kolom, mulai baris 2 isinya.")


def _read_list(form: Form, name: str, content: bytes) -> list[dict[str, str]]:
    """A list that has every column the form reads, and whose values choose one row each. Raises Unreadable."""
    rows = _cells(name, content)
    headings = [heading.strip() for heading in rows[0]] if rows else []
    while headings and not headings[-1]:
        headings.pop()
    if not headings or len(rows) < 2:
        raise _refused(name, _EMPTY)
    _require_headings(form, name, headings)
    if len(rows) - 1 > MOST_ROWS:
        raise _refused(name, _("Daftar ini lebih dari {most} baris."), row=MOST_ROWS + 2, most=str(MOST_ROWS))
    check = _RowCheck(headings, _itemsets(form, name))
    faults: list[Finding] = []
    made: list[dict[str, str]] = []
    for number, cells in enumerate(rows[1:], 2):
        texts = [" ".join(cell.split()) for cell in cells]
        if any(texts):
            made.append(dict(zip_longest(headings, texts[: len(headings)], fillvalue="")))
            faults += [
                Finding(message, {"file": name, "column": column, **values}, name, number, column)
                for message, column, values in check.wrong(number, made[-1], texts)
            ]
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise Unreadable(tuple(faults))
    if not made:
        raise _refused(name, _EMPTY)
    return made


_Fault: TypeAlias = tuple[str, str, dict[str, str]]


class _RowCheck:
    """What may be wrong with a row of a list, beside the rows before it."""

    def __init__(self, headings: Sequence[str], asked: Sequence[Itemset]) -> None:
        self.width = len(headings)
        self.values = list(dict.fromkeys(one.value_column for one in asked))
        self.labels = list(dict.fromkeys(one.label_column for one in asked if one.label_column not in self.values))
        self.seen: dict[tuple[str, str], int] = {}

    def wrong(
        self, number: int, row: dict[str, str], texts: Sequence[str]
    ) -> Iterator[tuple[str, str, dict[str, str]]]:
        """The message, the column, and what stands in the message."""
        if any(texts[self.width :]):
            yield _("Baris ini berisi lebih banyak sel daripada judul kolomnya."), "", {}
        for column, text in row.items():
            if len(text) > LONGEST_CELL or not text.isprintable():
                message = _("Isi sel ini lebih dari {most} huruf, atau memuat tanda yang tidak terbaca.")
                yield message, column, {"most": str(LONGEST_CELL)}
        for column in (*self.values, *self.labels):
            if not row[column]:
                yield _("Kolom “{column}” belum diisi."), column, {}
        for column in self.values:
            value = row[column]
            before = self.seen.setdefault((column, value), number)
            if " " in value:
                message = _("“{value}” memuat spasi. Nilai sebuah pilihan tidak boleh memakai spasi.")
                yield message, column, {"value": value}
            elif value and before != number:
                message = _("“{value}” sudah ada di baris {before}. Setiap nilai hanya sekali.")
                yield message, column, {"value": value, "before": str(before)}


def _require_headings(form: Form, name: str, headings: list[str]) -> None:
    for heading in headings:
        if not _HEADING.fullmatch(heading):
            raise _refused(
                name,
                _("Judul kolom “{heading}” harus diawali huruf, tanpa spasi: huruf, angka, garis bawah, strip, titik."),
                row=1,
                column=heading,
                heading=heading,
            )
        if headings.count(heading) > 1:
            raise _refused(name, _("Kolom “{heading}” ada dua kali."), row=1, column=heading, heading=heading)
    if len(headings) > MOST_COLUMNS:
        raise _refused(name, _("Daftar ini lebih dari {most} kolom."), row=1, most=str(MOST_COLUMNS))
    needed = {column for one in _itemsets(form, name) for column in one.columns}
    if missing := sorted(needed - set(headings)):
        raise _refused(
            name,
            _("Kolom {missing} belum ada, padahal dipakai formulir. Yang ada: {headings}."),
            row=1,
            missing=", ".join(missing),
            headings=", ".join(headings),
        )


def _itemsets(form: Form, name: str) -> list[Itemset]:
    """The questions' choices that come out of a list, by the name of its file."""
    within = {each.name for each in form.secondary.values() if each.source.endswith(f"/{name}")}
    asked = (control.choices for control in form.controls.values())
    return [one for one in asked if isinstance(one, Itemset) and within.intersection(one.lists)]


def _cells(name: str, content: bytes) -> list[list[str]]:
    """The cells of a CSV, whether commas, semicolons or tabs stand between them."""
    if content.startswith((b"PK", b"<", b"{")) or b"\x00" in content:
        raise _refused(name, _("Berkas ini bukan CSV. Di Excel pilih Simpan Sebagai, lalu “CSV UTF-8”."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(name, _("Hurufnya bukan UTF-8. Di Excel pilih Simpan Sebagai, lalu “CSV UTF-8”.")) from None
    head = text.partition("\n")[0]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True))
    except csv.Error:
        raise _refused(name, _("Tanda kutip di berkas CSV ini tidak berpasangan. Simpan ulang sebagai CSV.")) from None


def _written(rows: Sequence[dict[str, str]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()
