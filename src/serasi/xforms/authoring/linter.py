"""What a form would do wrong in the field though it converts: told before it is published.

Formulas are judged one by one (`expressions`), scales by what they do with a blank (`blanks`); here stands what the
sheets themselves must keep. All of it comes from faults that public forms really have.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.blanks import judged_scores
from serasi.xforms.authoring.expressions import circles, expressions_of, judged
from serasi.xforms.authoring.files import misnamed
from serasi.xforms.authoring.sheets import SHEETS
from serasi.xforms.authoring.survey import Question, Survey, heading_key, normal
from serasi.xforms.authoring.workbook import Workbook
from serasi.xforms.declared import Declaration
from serasi.xforms.findings import Finding, Severity
from serasi.xforms.lists import PROPERTIES

MOST_CHOICES = 1_000
"""In one list; a list of villages is served by area, never written into a form."""
COLLECT_ONLY = frozenset(
    {
        *("geotrace", "geoshape", "video", "background-audio", "osm", "select_one_external"),
        *("background-geopoint", "select_multiple_external"),
    }
)
"""Kinds of questions that our own page does not show."""
_KNOWN_SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm", *SHEETS)
_KNOWN_COLUMNS = (
    *("type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint"),
    *("constraint_message", "calculation", "appearance", "parameters", "repeat_count", "choice_filter", "default"),
    *("read_only", "readonly", "trigger", "note", "image", "audio", "video", "media", "save_to", "autoplay"),
    *("penilai", "tanda"),
)
_IS_FORMULA = re.compile(r"\$\{|\w\(")
"""In a default: a reference or a function, which pyxform makes an event of."""
_TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


def lint(workbook: Workbook, survey: Survey, declaration: Declaration) -> Iterator[Finding]:
    """Everything worth telling, refusals and warnings."""
    expressions, unread = expressions_of(survey)
    yield from unread
    for expression in expressions:
        yield from judged(expression, survey)
    yield from circles(survey, expressions)
    yield from judged_scores(survey, declaration, expressions)
    yield from _settings(survey)
    yield from _sheets(workbook)
    yield from _choices(survey)
    yield from _questions(survey)
    yield from misnamed(workbook, survey)
    yield from _saved(workbook, survey)
    yield from _translations(workbook, survey)


def _settings(survey: Survey) -> Iterator[Finding]:
    for column in ("public_key", "base64rsapublickey"):
        if survey.settings.get(column):
            yield Finding(
                _(
                    "Formulir terenkripsi ({column}) tidak diterima: jawabannya tidak akan terbaca dan skornya tidak "
                    "dapat dihitung. Hapus kolom itu; kiriman tetap dilindungi."
                ),
                {"column": column},
                "settings",
                2,
                column,
            )


def _sheets(workbook: Workbook) -> Iterator[Finding]:
    for name in workbook.sheets:
        close = difflib.get_close_matches(name, _KNOWN_SHEETS, n=1, cutoff=0.75)
        if name not in _KNOWN_SHEETS and close and close[0] not in workbook:
            yield _warning(_("Lembar “{sheet}” dilewati. Maksudnya “{meant}”?"), name, sheet=name, meant=close[0])
    for heading in workbook["survey"].headings:
        stem = heading_key(heading).partition("::")[0]
        close = difflib.get_close_matches(stem, _KNOWN_COLUMNS, n=1, cutoff=0.8)
        if stem not in _KNOWN_COLUMNS and close:
            yield _warning(
                _("Kolom “{heading}” tidak dikenal. Maksudnya “{meant}”?"),
                "survey",
                1,
                heading,
                heading=heading,
                meant=close[0],
            )


def _choices(survey: Survey) -> Iterator[Finding]:
    for name, choices in survey.choices.items():
        if len(choices) > MOST_CHOICES:
            yield Finding(
                _(
                    "Daftar “{list}” berisi {count} pilihan; paling banyak {most}. Desa dan kelurahan jangan ditulis "
                    "di lembar choices: pakai select_one_from_file desa.csv, yang dikirim menurut wilayah petugas."
                ),
                {"list": name, "count": str(len(choices)), "most": str(MOST_CHOICES)},
                "choices",
                choices[MOST_CHOICES].row,
                "list_name",
            )
        labels = Counter(label for choice in choices if (label := _label(choice.cells)))
        for choice in choices:
            label = _label(choice.cells)
            if label and labels[label] > 1:
                labels[label] = 0
                yield _warning(
                    _("Dua pilihan di daftar “{list}” berlabel sama: “{label}”."),
                    "choices",
                    choice.row,
                    "label",
                    list=name,
                    label=label,
                )


def _questions(survey: Survey) -> Iterator[Finding]:
    seen: dict[tuple[tuple[str, ...], tuple[str, ...], str], Question] = {}
    for question in survey.questions:
        if question.kind in COLLECT_ONLY:
            yield _warning(
                _("Jenis “{kind}” hanya dapat diisi di ODK Collect; halaman Serasi tidak menampilkannya."),
                "survey",
                question.row,
                "type",
                kind=question.kind,
            )
        yield from _set_by_events(question)
        label = _label(question.cells)
        if not label or not question.is_answered:
            continue
        before = seen.setdefault((question.groups, question.repeats, label), question)
        if before is not question and before.conditions == question.conditions:
            yield _warning(
                _("Label ini sama dengan baris {row}: “{label}”. Beri kata yang berbeda."),
                "survey",
                question.row,
                "label",
                row=str(before.row),
                label=label if len(label) < 80 else label[:80] + "…",
            )


def _set_by_events(question: Question) -> Iterator[Finding]:
    """What an event on a device would put in: the server cannot find it again, so nothing may hang on it."""
    if question["trigger"]:
        yield Finding(
            _(
                "Kolom trigger tidak diterima: nilainya bergantung pada urutan mengetik, jadi server tidak dapat "
                "menghitungnya ulang. Tulis rumusnya di calculation tanpa trigger."
            ),
            {},
            "survey",
            question.row,
            "trigger",
        )
    elif _IS_FORMULA.search(question["default"]) and not question.is_answered:
        yield Finding(
            _("Nilai awal berupa rumus hanya untuk pertanyaan yang diisi orang. Tulis rumusnya di calculation."),
            {},
            "survey",
            question.row,
            "default",
        )
    elif _IS_FORMULA.search(question["default"]):
        yield _warning(
            _("Nilai awal berupa rumus hanya terisi sendiri di ODK Collect; di halaman Serasi orang mengetiknya."),
            "survey",
            question.row,
            "default",
        )


def _saved(workbook: Workbook, survey: Survey) -> Iterator[Finding]:
    """What answers are kept in: only the lists and properties that Serasi has (`serasi.xforms.lists`)."""
    lists = []
    for row in workbook["entities"].rows:
        cells = normal(row)
        heading = next((one for one in ("list_name", "dataset") if one in cells), "list_name")
        lists.append(cells.get(heading, ""))
        if lists[-1] not in PROPERTIES:
            yield Finding(
                _("Daftar “{list}” tidak dikenal. Jawaban dapat disimpan ke: {known}."),
                {"list": lists[-1], "known": ", ".join(PROPERTIES)},
                "entities",
                row.number,
                heading,
            )
    for question in survey.questions:
        if written := question["save_to"]:
            list_name, _hash, name = written.rpartition("#")
            of = list_name or (lists[0] if len(lists) == 1 else "")
            if of in PROPERTIES and name not in PROPERTIES[of]:
                yield Finding(
                    _("“{property}” tidak dikenal di daftar “{list}”. Yang ada: {known}."),
                    {"property": name, "list": of, "known": ", ".join(sorted(PROPERTIES[of]))},
                    "survey",
                    question.row,
                    "save_to",
                )
            elif of not in PROPERTIES and not (list_name and list_name in lists):
                yield Finding(
                    _("Tulis daftarnya di depan: {known}, lalu tanda #, misalnya orang#full_name."),
                    {"known": ", ".join(PROPERTIES)},
                    "survey",
                    question.row,
                    "save_to",
                )


def _translations(workbook: Workbook, survey: Survey) -> Iterator[Finding]:
    if len(survey.languages) < 2:
        return
    for sheet in ("survey", "choices"):
        table = workbook[sheet]
        written = {heading_key(heading): heading for heading in table.headings}
        for column in _TRANSLATED:
            headings = {language: written.get(f"{column}::{language}", "") for language in survey.languages}
            if not any(headings.values()):
                continue
            for language, heading in sorted(headings.items()):
                rows = [
                    row.number
                    for row in table.rows
                    if any(row[other] for other in headings.values() if other) and not (heading and row[heading])
                ]
                if rows:
                    yield _warning(
                        _("Terjemahan {language} untuk {column} belum ada di {count} baris: {rows}."),
                        sheet,
                        rows[0],
                        heading or f"{column}::{language}",
                        language=language,
                        column=column,
                        count=str(len(rows)),
                        rows=_few(rows),
                    )


def _few(rows: Iterable[int]) -> str:
    numbers = [str(row) for row in rows]
    return ", ".join(numbers[:8]) + ("…" if len(numbers) > 8 else "")


def _label(cells: Mapping[str, str]) -> str:
    return next((text for heading, text in cells.items() if heading == "label" or heading.startswith("label::")), "")


def _warning(message: str, sheet: str, row: int | None = None, column: str = "", /, **values: str) -> Finding:
    return Finding(message, values, sheet, row, column, Severity.WARNS)
