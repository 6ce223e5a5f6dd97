"""Our five sheets: what an instrument says of itself, its scales, bands, suggestions and worked examples.

Each mistake is a `Finding` that names sheet, row and column; all of them are told at once.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.points import CENT, Points, number, plain, points_of
from serasi.xforms.authoring.survey import Question, Survey
from serasi.xforms.authoring.workbook import Row, Workbook
from serasi.xforms.declared import (
    Band,
    Declaration,
    Direction,
    Example,
    Method,
    Scale,
    Section,
    Suggestion,
    SuggestionKind,
    Tone,
)
from serasi.xforms.findings import Finding, Severity, Unreadable

ABOUT = (
    *("jenis", "lisensi", "sumber", "penilai", "kunci", "umur_dari", "umur_sampai", "jarak_hari"),
    *("klaster", "tanda", "keterangan"),
)
"""What the sheet ``instrumen`` may say, one a row."""
OF_SECTIONS = ("penilai", "tanda")
"""Columns of the survey that an outermost group may have: who fills it, who may read it."""
ABOUT_NEEDED = ("jenis", "lisensi", "sumber", "penilai")
COLUMNS = {
    "instrumen": ("nama", "isi"),
    "skor": (
        *("nama", "judul", "cara", "butir", "terbalik", "boleh_kosong", "terendah", "tertinggi"),
        *("arah", "ranah", "galat", "sumber"),
    ),
    "pita": ("skor", "kode", "dari", "sampai", "judul", "arti", "nada", "sumber"),
    "saran": ("skor", "pita", "jenis", "apa", "alasan"),
}
SHEETS = (*COLUMNS, "contoh")
MOST_ITEMS = 100
ANSWERED, BAND = "_terjawab", "_pita"
"""What is added to the name of a scale for its two companions."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_IN_LANGUAGE = re.compile(r"(judul|arti)::.+")
"""What a scale or a band is called in another language of the form."""
_SPLIT = re.compile(r"[,;\s]+")
_PHRASES = re.compile(r"[;,\n]")
Word = TypeVar("Word", bound=StrEnum)


def _in_languages(cells: Mapping[str, str], names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What columns such as ``judul::English (en)`` say."""
    found: dict[str, dict[str, str]] = {}
    for heading, text in cells.items():
        stem, colons, language = heading.partition("::")
        if colons and stem.strip() in names and text:
            found.setdefault(language.strip(), {})[names[stem.strip()]] = text
    return found


def declaration_of(workbook: Workbook, survey: Survey) -> tuple[Declaration, tuple[Finding, ...]]:
    """What the sheets declare, and what is wrong in them; what is wrong is left out of the declaration."""
    reader = _Reader(workbook, survey)
    return reader.declaration(), tuple(reader.findings)


@dataclass
class _Reader:
    workbook: Workbook
    survey: Survey
    findings: list[Finding] = field(default_factory=list)

    def declaration(self) -> Declaration:
        for sheet in COLUMNS:
            self._judge_columns(sheet)
        about = self._about()
        settings = self.survey.settings
        for name in ("form_id", "form_title"):
            if not settings.get(name):
                self._find(_("Isi kolom {column} di lembar settings."), "settings", 2, name, column=name)
        scales = self._scales()
        bands = self._bands(scales)
        return Declaration(
            code=settings.get("form_id", ""),
            title=settings.get("form_title", ""),
            version=settings.get("version", ""),
            kind=_phrase(about.get("jenis", "")),
            licence=about.get("lisensi", ""),
            source=about.get("sumber", ""),
            raters=_phrases(about.get("penilai", "")),
            key=about.get("kunci", "") or settings.get("form_id", ""),
            youngest=self._whole_about(about, "umur_dari", 0, 150),
            oldest=self._whole_about(about, "umur_sampai", 0, 150),
            interval_days=self._whole_about(about, "jarak_hari", 1, 3660),
            clusters=_phrases(about.get("klaster", "")),
            tags=_phrases(about.get("tanda", "")),
            description=about.get("keterangan", ""),
            words=_in_languages(settings, {"form_title": "title"}),
            sections=self._sections(),
            scales=tuple(scales.values()),
            bands=bands,
            suggestions=self._suggestions(scales, bands),
            examples=self._examples(scales),
        )

    # What every sheet has.

    def _find(self, message: str, sheet: str, row: int | None = None, place: str = "", /, **values: str) -> None:
        self.findings.append(Finding(message, values, sheet, row, place))

    def _judge_columns(self, sheet: str) -> None:
        known = COLUMNS[sheet]
        for heading in self.workbook[sheet].headings:
            if heading not in known and not _IN_LANGUAGE.fullmatch(heading):
                self._find(
                    _("Kolom “{heading}” tidak dikenal di lembar {sheet}.{meant} Kolomnya: {known}."),
                    sheet,
                    1,
                    heading,
                    heading=heading,
                    sheet=sheet,
                    meant=_meant(heading, known),
                    known=", ".join(known),
                )

    def _needed(self, row: Row, sheet: str, *columns: str) -> bool:
        missing = [column for column in columns if not row[column]]
        for column in missing:
            self._find(_("Isi kolom {column}."), sheet, row.number, column, column=column)
        return not missing

    def _word(self, kind: type[Word], row: Row, sheet: str, column: str, default: Word | None = None) -> Word | None:
        written = _phrase(row[column])
        if not written and default is not None:
            return default
        try:
            return kind(written)
        except ValueError:
            self._find(
                _("“{written}” tidak dikenal di kolom {column}. Pilih: {known}."),
                sheet,
                row.number,
                column,
                written=row[column],
                column=column,
                known=", ".join(word.value for word in kind),
            )
            return None

    def _number(self, row: Row, sheet: str, column: str) -> Decimal | None:
        if not row[column]:
            return None
        value = number(row[column])
        if value is None or value != value.quantize(CENT):
            self._find(
                _("“{written}” bukan bilangan (paling banyak dua angka di belakang koma)."),
                sheet,
                row.number,
                column,
                written=row[column],
            )
            return None
        return value

    # instrumen

    def _about(self) -> dict[str, str]:
        about: dict[str, str] = {}
        for row in self.workbook["instrumen"].rows:
            name = row["nama"]
            if name not in ABOUT:
                self._find(
                    _("“{name}” tidak dikenal di lembar instrumen.{meant} Yang dikenal: {known}."),
                    "instrumen",
                    row.number,
                    "nama",
                    name=name,
                    meant=_meant(name, ABOUT),
                    known=", ".join(ABOUT),
                )
            elif name in about:
                self._find(_("“{name}” tertulis dua kali."), "instrumen", row.number, "nama", name=name)
            else:
                about[name] = row["isi"]
        if "instrumen" in self.workbook:
            for name in ABOUT_NEEDED:
                if not about.get(name):
                    self._find(_("Lembar instrumen belum memuat “{name}”."), "instrumen", None, "", name=name)
        return about

    def _whole_about(self, about: Mapping[str, str], name: str, least: int, most: int) -> int | None:
        written = about.get(name, "")
        if not written:
            return None
        if not written.isdecimal() or not least <= int(written) <= most:
            row = next(row.number for row in self.workbook["instrumen"].rows if row["nama"] == name)
            self._find(
                _("Isi “{name}” dengan bilangan bulat {least} sampai {most}."),
                "instrumen",
                row,
                "isi",
                name=name,
                least=str(least),
                most=str(most),
            )
            return None
        return int(written)

    def _sections(self) -> tuple[Section, ...]:
        sections = []
        for question in self.survey.questions:
            if question.kind == "group" and not question.depth:
                raters, tags = (_phrases(question[column]) for column in OF_SECTIONS)
                sections.append(Section(question.name, _label(question, self.survey), raters, tags))
                continue
            for column in OF_SECTIONS:
                if question[column]:
                    self._find(
                        _("Kolom {kolom} hanya untuk baris begin_group paling luar; pindahkan ke sana."),
                        "survey",
                        question.row,
                        column,
                        kolom=column,
                    )
        return tuple(sections)

    # skor

    def _scales(self) -> dict[str, Scale]:
        scales: dict[str, Scale] = {}
        taken = set(self.survey.by_name)
        for row in self.workbook["skor"].rows:
            name = row["nama"]
            if not self._needed(row, "skor", "nama", "judul", "cara", "butir", "arah"):
                continue
            if not _NAME.fullmatch(name):
                self._find(
                    _("Nama skor “{name}” harus huruf kecil, angka dan garis bawah, diawali huruf."),
                    "skor",
                    row.number,
                    "nama",
                    name=name,
                )
                continue
            method = self._word(Method, row, "skor", "cara")
            direction = self._word(Direction, row, "skor", "arah")
            made = {f"{name}{ANSWERED}", f"{name}{BAND}"} | ({name} if method is not Method.FORMULA else set())
            if clash := sorted(made & taken):
                self._find(
                    _("Nama “{name}” sudah dipakai. Nama skor dan nama pertanyaan tidak boleh sama."),
                    "skor",
                    row.number,
                    "nama",
                    name=clash[0],
                )
                continue
            taken |= made | {name}
            if method is None or direction is None:
                continue
            scale = self._scale(row, method, direction)
            if scale is not None:
                scales[name] = scale
        return scales

    def _scale(self, row: Row, method: Method, direction: Direction) -> Scale | None:
        before = len(self.findings)
        items = tuple(_SPLIT.split(row["butir"].strip()))
        reversed_items = frozenset(_SPLIT.split(row["terbalik"].strip())) - {""}
        self._judge_items(row, items, reversed_items, method)
        may_be_blank = row["boleh_kosong"] or "0"
        if not may_be_blank.isdecimal() or int(may_be_blank) >= len(items):
            self._find(
                _("Isi boleh_kosong dengan bilangan bulat dari 0 sampai {most} (kurang dari banyaknya butir)."),
                "skor",
                row.number,
                "boleh_kosong",
                most=str(len(items) - 1),
            )
        lowest, highest = self._number(row, "skor", "terendah"), self._number(row, "skor", "tertinggi")
        error = self._number(row, "skor", "galat")
        if len(self.findings) > before:
            return None
        scale = Scale(
            name=row["nama"],
            title=row["judul"],
            method=method,
            items=items,
            reversed_items=reversed_items,
            may_be_blank=int(may_be_blank),
            lowest=Decimal(0) if lowest is None else lowest,
            highest=Decimal(0) if highest is None else highest,
            direction=direction,
            domain=_phrase(row["ranah"]),
            error=error,
            source=row["sumber"],
            words=_in_languages(row.cells, {"judul": "title"}),
        )
        if method is Method.FORMULA:
            self._judge_formula(row, scale)
            ends = lowest, highest
        else:
            ends = self._ends(row, scale, lowest, highest)
        if len(self.findings) > before:
            return None
        if ends[0] is None or ends[1] is None:
            self._find(
                _("Isi terendah dan tertinggi: nilai paling kecil dan paling besar."), "skor", row.number, "terendah"
            )
            return None
        if ends[0] >= ends[1]:
            self._find(_("Terendah harus lebih kecil daripada tertinggi."), "skor", row.number, "terendah")
            return None
        return replace(scale, lowest=ends[0], highest=ends[1])

    def _judge_items(self, row: Row, items: tuple[str, ...], reversed_items: frozenset[str], method: Method) -> None:
        if len(items) > MOST_ITEMS:
            self._find(_("Paling banyak {most} butir."), "skor", row.number, "butir", most=str(MOST_ITEMS))
        for name, times in Counter(items).items():
            question = self.survey.by_name.get(name)
            if times > 1:
                self._find(_("Butir “{name}” tertulis dua kali."), "skor", row.number, "butir", name=name)
            if question is None:
                self._find(
                    _("Butir “{name}” tidak ada di lembar survey.{meant}"),
                    "skor",
                    row.number,
                    "butir",
                    name=name,
                    meant=_meant(name, self.survey.by_name),
                )
            elif question.repeats:
                self._find(
                    _("Butir “{name}” berada di dalam repeat; skor hanya dari pertanyaan di luar repeat."),
                    "skor",
                    row.number,
                    "butir",
                    name=name,
                )
            elif not question.is_answered:
                self._find(
                    _("Butir “{name}” bukan pertanyaan yang dijawab orang."), "skor", row.number, "butir", name=name
                )
        for name in sorted(reversed_items - set(items)):
            self._find(
                _("“{name}” ada di terbalik tetapi tidak ada di butir."), "skor", row.number, "terbalik", name=name
            )
        if reversed_items and method is Method.FORMULA:
            self._find(_("Skor cara rumus membalik sendiri; kosongkan terbalik."), "skor", row.number, "terbalik")

    def _judge_formula(self, row: Row, scale: Scale) -> None:
        question = self.survey.by_name.get(scale.name)
        if question is None or question.kind != "calculate" or question.repeats:
            self._find(
                _("Skor cara rumus memerlukan baris calculate bernama “{name}” di lembar survey, di luar repeat."),
                "skor",
                row.number,
                "cara",
                name=scale.name,
            )

    def _ends(
        self, row: Row, scale: Scale, lowest: Decimal | None, highest: Decimal | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest that the items allow, compared with what the author says."""
        points = self.points(scale)
        if len(points) < len(scale.items):
            return None, None
        for name in sorted(scale.reversed_items):
            if points[name].lowest is None:
                self._find(
                    _("Butir “{name}” diketik sebagai bilangan, jadi tidak dapat dibalik."),
                    "skor",
                    row.number,
                    "terbalik",
                    name=name,
                )
        self._judge_conditions(row, scale)
        least = [one.lowest for one in points.values() if one.lowest is not None]
        most = [one.highest for one in points.values() if one.highest is not None]
        if len(least) < len(points):
            return lowest, highest
        count = Decimal(len(points)) if scale.method is Method.MEAN else Decimal(1)
        ends = sum(least, Decimal()) / count, sum(most, Decimal()) / count
        if min(least) < 0:
            self._find(_("Nilai pilihan tidak boleh negatif."), "skor", row.number, "butir")
        if scale.may_be_blank and scale.method is Method.SUM and len({*zip(least, most, strict=True)}) > 1:
            self._find(
                _("Skor jumlah dengan boleh_kosong memerlukan butir yang rentang nilainya sama."),
                "skor",
                row.number,
                "boleh_kosong",
            )
        for column, said, found in (("terendah", lowest, ends[0]), ("tertinggi", highest, ends[1])):
            if said is not None and said != found.quantize(CENT):
                self._find(
                    _("Menurut butirnya, {column} adalah {found}, bukan {said}."),
                    "skor",
                    row.number,
                    column,
                    column=column,
                    found=plain(found.quantize(CENT)),
                    said=plain(said),
                )
        return ends[0].quantize(CENT).normalize(), ends[1].quantize(CENT).normalize()

    def points(self, scale: Scale) -> dict[str, Points]:
        found: dict[str, Points] = {}
        for name in scale.items:
            try:
                found[name] = points_of(self.survey.by_name[name], self.survey)
            except Unreadable as unreadable:
                self.findings.extend(finding for finding in unreadable.findings if finding not in self.findings)
        return found

    def _judge_conditions(self, row: Row, scale: Scale) -> None:
        """Items that are not asked of everyone are blank for the others: the scale has to expect it."""
        conditions = {name: self.survey.by_name[name].conditions for name in scale.items}
        usual, _times = Counter(conditions.values()).most_common(1)[0]
        apart = [name for name in scale.items if conditions[name] != usual]
        if len(apart) > scale.may_be_blank:
            self._find(
                _(
                    "Butir {names} hanya ditanyakan dengan syarat (relevant); yang tidak ditanya terhitung kosong, "
                    "jadi skor ini akan kosong. Isi boleh_kosong paling sedikit {count}, atau hapus syaratnya."
                ),
                "skor",
                row.number,
                "boleh_kosong",
                names=", ".join(apart),
                count=str(len(apart)),
            )

    # pita

    def _bands(self, scales: Mapping[str, Scale]) -> tuple[Band, ...]:
        rows: dict[str, list[tuple[Row, Band]]] = {}
        for row in self.workbook["pita"].rows:
            if not self._needed(row, "pita", "skor", "kode", "dari", "sampai", "judul", "sumber"):
                continue
            tone = self._word(Tone, row, "pita", "nada", Tone.PLAIN)
            lowest, highest = self._number(row, "pita", "dari"), self._number(row, "pita", "sampai")
            if not self._knows_scale(row, "pita", scales) or tone is None or lowest is None or highest is None:
                continue
            if not _NAME.fullmatch(row["kode"]):
                self._find(
                    _("Kode pita “{code}” harus huruf kecil, angka dan garis bawah, diawali huruf."),
                    "pita",
                    row.number,
                    "kode",
                    code=row["kode"],
                )
                continue
            band = Band(
                *(row["skor"], lowest, highest, row["kode"], row["judul"], row["arti"], tone, row["sumber"]),
                words=_in_languages(row.cells, {"judul": "title", "arti": "meaning"}),
            )
            rows.setdefault(row["skor"], []).append((row, band))
        for name, written in rows.items():
            self._judge_bands(scales[name], sorted(written, key=lambda one: one[1].lowest))
        return tuple(band for written in rows.values() for _row, band in sorted(written, key=lambda one: one[1].lowest))

    def _judge_bands(self, scale: Scale, written: list[tuple[Row, Band]]) -> None:
        codes = Counter(band.code for _row, band in written)
        step = step_of(scale, [band for _row, band in written], self.survey)
        before: Band | None = None
        for row, band in written:
            if codes[band.code] > 1:
                self._find(_("Kode pita “{code}” dipakai dua kali."), "pita", row.number, "kode", code=band.code)
            if band.lowest > band.highest:
                self._find(_("“dari” lebih besar daripada “sampai”."), "pita", row.number, "dari")
            starts = scale.lowest if before is None else before.highest + step
            if band.lowest != starts:
                values = {"scale": scale.name, "code": band.code, "found": plain(band.lowest), "starts": plain(starts)}
                if before is None:
                    message = _(
                        "Pita pertama skor {scale} mulai dari {found}; seharusnya dari {starts}, nilai terendah."
                    )
                elif band.lowest > starts:
                    values |= {"before": before.code, "ends": plain(before.highest)}
                    message = _(
                        "Ada celah: pita “{before}” sampai {ends}, pita “{code}” baru mulai {found}. Seharusnya "
                        "{starts}."
                    )
                else:
                    values |= {"before": before.code, "ends": plain(before.highest)}
                    message = _(
                        "Pita tumpang tindih: “{before}” sampai {ends}, “{code}” sudah mulai {found}. Seharusnya "
                        "{starts}."
                    )
                self._find(message, "pita", row.number, "dari", **values)
            before = band
        if before is not None and before.highest != scale.highest:
            self._find(
                _("Pita terakhir skor {scale} sampai {found}; seharusnya sampai {ends}, nilai tertinggi."),
                "pita",
                written[-1][0].number,
                "sampai",
                scale=scale.name,
                found=plain(before.highest),
                ends=plain(scale.highest),
            )

    def _knows_scale(self, row: Row, sheet: str, scales: Mapping[str, Scale]) -> bool:
        if row["skor"] in scales:
            return True
        written = {one["nama"] for one in self.workbook["skor"].rows}
        if row["skor"] not in written:  # a scale with mistakes of its own has been told of
            self._find(
                _("Skor “{scale}” tidak ada di lembar skor.{meant}"),
                sheet,
                row.number,
                "skor",
                scale=row["skor"],
                meant=_meant(row["skor"], written),
            )
        return False

    # saran

    def _suggestions(self, scales: Mapping[str, Scale], bands: tuple[Band, ...]) -> tuple[Suggestion, ...]:
        found = []
        for row in self.workbook["saran"].rows:
            if not self._needed(row, "saran", "skor", "pita", "jenis", "apa", "alasan"):
                continue
            kind = self._word(SuggestionKind, row, "saran", "jenis")
            if not self._knows_scale(row, "saran", scales) or kind is None:
                continue
            codes = [band.code for band in bands if band.scale == row["skor"]]
            if row["pita"] not in codes:
                self._find(
                    _("Skor {scale} tidak punya pita “{code}”. Pitanya: {known}."),
                    "saran",
                    row.number,
                    "pita",
                    scale=row["skor"],
                    code=row["pita"],
                    known=", ".join(codes) or "–",
                )
                continue
            found.append(Suggestion(row["skor"], row["pita"], kind, row["apa"], row["alasan"]))
        return tuple(found)

    # contoh

    def _examples(self, scales: Mapping[str, Scale]) -> tuple[Example, ...]:
        table = self.workbook["contoh"]
        written_scales = {row["nama"] for row in self.workbook["skor"].rows}
        questions: list[str] = []
        values: dict[str, str] = {}
        for heading in table.headings:
            what, colon, name = heading.partition(":")
            if heading == "nama":
                continue
            if colon and what in {"skor", "pita"} and name in written_scales:
                values[heading] = name if what == "skor" else f"{name}{BAND}"
            elif (question := self.survey.by_name.get(heading)) and question.is_answered and not question.repeats:
                questions.append(heading)
            else:
                self._find(
                    _(
                        "Kolom “{heading}” di lembar contoh harus nama pertanyaan (di luar repeat), skor:NAMA atau "
                        "pita:NAMA.{meant}"
                    ),
                    "contoh",
                    1,
                    heading,
                    heading=heading,
                    meant=_meant(heading, [*self.survey.by_name, *(f"skor:{one}" for one in written_scales)]),
                )
        found = [
            Example(
                row["nama"] or str(row.number),
                {name: row[name] for name in questions if row[name]},
                {name: _value(row[heading]) for heading, name in values.items()},
            )
            for row in table.rows
        ]
        for name in scales:
            if not any(example.values.get(name) for example in found):
                self._find(
                    _(
                        "Skor {scale} belum punya contoh dengan nilai. Tambahkan di lembar contoh: jawaban, dan "
                        "skor:{scale} yang dihitung dengan tangan."
                    ),
                    "contoh",
                    None,
                    f"skor:{name}",
                    scale=name,
                )
        return tuple(found)


def step_of(scale: Scale, bands: Iterable[Band], survey: Survey) -> Decimal:
    """The distance between one value of a scale and the next: 1 where all is whole, else a hundredth."""
    if scale.method is Method.MEAN:
        return CENT
    if scale.method is Method.FORMULA:
        ends = [end for band in bands for end in (band.lowest, band.highest)]
        return Decimal(1) if all(end == end.to_integral_value() for end in ends) else CENT
    return Decimal(1) if is_whole(scale, survey) else CENT


def is_whole(scale: Scale, survey: Survey) -> bool:
    """Whether every answer of a sum is worth whole points."""
    return all(points_of(survey.by_name[name], survey).are_whole for name in scale.items)


def unlicensed(declaration: Declaration) -> Iterable[Finding]:
    """What a form of another house does not say yet; whoever publishes it is asked."""
    if not declaration.kind:
        yield Finding(
            _("Lembar instrumen belum ada: jenis, lisensi, sumber dan penilai ditanyakan sebelum terbit."),
            {},
            "instrumen",
            severity=Severity.WARNS,
        )


def _value(written: str) -> str:
    value = number(written)
    return written if value is None else plain(value)


def _phrase(written: str) -> str:
    return " ".join(written.lower().split())


def _phrases(written: str) -> tuple[str, ...]:
    return tuple(phrase for part in _PHRASES.split(written) if (phrase := _phrase(part)))


def _label(question: Question, survey: Survey) -> str:
    language = survey.settings.get("default_language", "")
    labels = [question[f"label::{language}"], question["label"]]
    labels += [text for heading, text in question.cells.items() if heading.startswith("label::")]
    return " ".join(next((label for label in labels if label), question.name).split())


def _meant(written: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(written, list(known), n=1, cutoff=0.75)
    return f" → “{close[0]}”?" if close else ""
