"""A workbook to an XForm by pyxform, held at arm's length, with what it says told in Indonesian.

pyxform is run in a process of its own with limits of time and memory: a form that is made to be heavy is refused and
the worker lives on. What it finds wrong carries a code or a sentence; the English stays underneath in ``english``.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.scoring import Calculate
from serasi.xforms.authoring.survey import heading_key
from serasi.xforms.authoring.workbook import Table, Workbook
from serasi.xforms.findings import Finding, Severity, Unreadable

SECONDS = 20
MEGABYTES = 768
_CONVERTER = Path(__file__).with_name("converter.py").read_text("utf-8")
"""Read when the server starts, as all its code is: an upgrade laid over the files changes nothing until then."""
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_OURS = {"survey": ("penilai", "tanda"), "choices": ("nilai",)}
"""Columns that are ours and do not belong into the form."""
_TITLES = "form_title::"
"""Titles in other languages, which a form of OpenRosa has no place for."""
_CALCULATE_COLUMNS = ("type", "name", "calculation")


@dataclass(frozen=True, slots=True)
class Converted:
    xform: bytes
    warnings: tuple[Finding, ...]


def convert(workbook: Workbook, calculates: Sequence[Calculate], version: str) -> Converted:
    """The form of a workbook with these calculates below its own rows. Raises Unreadable."""
    asked = {"workbook": _for_pyxform(workbook, calculates, version), "seconds": SECONDS, "megabytes": MEGABYTES}
    try:
        ran = subprocess.run(  # noqa: S603 - a fixed script; what the author wrote is its input alone
            [sys.executable, "-I", "-c", _CONVERTER],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=SECONDS + 10,
            check=False,
        )
        answer = json.loads(ran.stdout) if ran.returncode == 0 else {"code": "KILLED"}
    except subprocess.TimeoutExpired:
        answer = {"code": "KILLED"}
    except json.JSONDecodeError:
        answer = {"code": "", "english": "no answer"}
    if "xform" not in answer:
        raise Unreadable((_told(answer, workbook),))
    warnings = tuple(_told(warning, workbook, Severity.WARNS) for warning in answer["warnings"])
    return Converted(answer["xform"].encode(), warnings)


def _for_pyxform(workbook: Workbook, calculates: Sequence[Calculate], version: str) -> dict[str, Any]:
    made: dict[str, Any] = {"sheet_names": [name for name in _SHEETS if name in workbook]}
    for name in made["sheet_names"]:
        made[name], headings = _rows(workbook[name], _OURS.get(name, ()))
        if name == "settings" and workbook[name].rows:
            headings = {heading: None for heading in headings if not heading.startswith(_TITLES)}
            column = next((heading for heading in headings if heading_key(heading) == "version"), "version")
            first = {heading: text for heading, text in workbook[name].rows[0].cells.items() if heading in headings}
            made[name] = [{**first, column: version}]
            headings[column] = None
        if name == "survey" and calculates:
            own = {heading_key(heading): heading for heading in headings}
            kind, called, formula = (own.get(column, column) for column in _CALCULATE_COLUMNS)
            headings |= dict.fromkeys((kind, called, formula))
            made[name] += [
                {kind: "calculate", called: calculate.name, formula: calculate.calculation} for calculate in calculates
            ]
        made[f"{name}_header"] = [headings]
    return made


def _rows(table: Table, ours: tuple[str, ...]) -> tuple[list[dict[str, str]], dict[str, None]]:
    """Rows with empty ones between them, so that what is said of row 14 is of the author's row 14."""
    last = table.rows[-1].number if table.rows else 1
    rows: list[dict[str, str]] = [{} for _number in range(2, last + 1)]
    for row in table.rows:
        rows[row.number - 2] = {
            heading: text for heading, text in row.cells.items() if heading_key(heading) not in ours
        }
    return rows, {heading: None for heading in table.headings if heading_key(heading) not in ours}


# What pyxform says, in Indonesian. Values come from its own context.

_CODES = {
    "KILLED": _(
        "Formulir ini terlalu berat untuk diubah. Bagi menjadi beberapa formulir atau pendekkan daftar pilihan."
    ),
    "MEMORY": _(
        "Formulir ini terlalu berat untuk diubah. Bagi menjadi beberapa formulir atau pendekkan daftar pilihan."
    ),
    "HEADER_001": _("Judul kolom lembar “{sheet_name}” tidak lengkap: baris 1 harus berisi judul kolom."),
    "HEADER_002": _("Kolom “{other}” dan “{header}” berarti sama. Hapus salah satu."),
    "HEADER_003": _("Kolom yang wajib belum ada: {missing}."),
    "HEADER_004": _("Judul kolom “{column}” tidak boleh kosong atau memakai spasi."),
    "HEADER_005": _("Kolom tidak dikenal di lembar entities: {columns}."),
    "LABEL_001": _("Pilihan ini belum punya label."),
    "NAMES_001": _("Nama “{value}” sudah dipakai. Setiap pertanyaan dalam satu grup harus bernama lain."),
    "NAMES_002": _("Nama “{value}” hanya berbeda huruf besar-kecilnya dari nama lain. Ganti salah satu."),
    "NAMES_003": _("Nama repeat “{value}” sama dengan nama formulirnya. Ganti namanya."),
    "NAMES_004": _("Nama repeat “{value}” sudah dipakai. Ganti namanya."),
    "NAMES_005": _("Nama “meta” dipakai oleh formulir sendiri. Ganti namanya."),
    "NAMES_006": _("Pilihan ini belum punya name."),
    "NAMES_007": _("Nama pilihan ini sudah ada di daftar yang sama. Ganti atau hapus salah satu."),
    "NAMES_008": _(
        "Nama harus diawali huruf; sesudahnya hanya huruf, angka, garis bawah, strip dan titik, tanpa spasi."
    ),
    "NAMES_009": _("Nama “{name}” harus diawali huruf; sesudahnya hanya huruf, angka, garis bawah, strip dan titik."),
    "NAMES_010": _("Nama ini tidak boleh diawali dua garis bawah."),
    "NAMES_011": _("Nama ini tidak boleh memakai titik."),
    "NAMES_012": _("Nama ini tidak boleh “name” atau “label”."),
    "NAMES_013": _("Lembar “{sheet}” tidak ada, tetapi ada yang mirip: {candidates}. Betulkan nama lembarnya."),
    "PYREF_001": _(
        "Rujukan salah tulis. Bentuknya ${{nama_pertanyaan}}: tanda dolar dan kurung kurawal buka dan tutup."
    ),
    "PYREF_002": _("Beberapa rujukan ${{…}} harus dipisahkan koma."),
    "PYREF_003": _("Rujukan ${{{q}}} tidak menunjuk pertanyaan mana pun. Periksa ejaan namanya."),
    "PYREF_004": _("Rujukan ${{{q}}} menunjuk lebih dari satu pertanyaan. Beri nama yang berbeda."),
    "RANGE_001": _("Parameter “{name}” pertanyaan range harus bilangan."),
    "RANGE_002": _("Parameter “{name}” pertanyaan range tidak boleh 0."),
    "RANGE_003": _("Parameter “{name}” lebih besar daripada jarak start dan end."),
    "RANGE_004": _("Parameter “{name}” harus kelipatan step."),
    "RANGE_005": _("Parameter “{name}” harus di antara start dan end."),
    "SURVEY_001": _("end_{type} ini tidak punya begin_{type}. Hapus, atau tambahkan pembukanya di atas."),
    "SURVEY_002": _("begin_{type} “{name}” tidak ditutup. Tambahkan baris end_{type} sesudah pertanyaan terakhirnya."),
    "SURVEY_004": _("Kolom parameters ditulis kunci=nilai, dipisahkan spasi."),
    "SURVEY_005": _("Parameter tidak dikenal: {rejected}. Yang dikenal: {accepted}."),
    "SURVEY_006": _("Parameter reference-geometry harus nama daftar pilihan, berkas, atau repeat."),
    "SURVEY_007": _("Parameter capture-accuracy harus bilangan."),
    "SURVEY_008": _("Parameter warning-accuracy harus bilangan."),
    "SURVEY_009": _("Parameter allow-mock-accuracy harus true atau false."),
}
_SHEET_OF = {
    **dict.fromkeys(("LABEL_001", "NAMES_006", "NAMES_007", "HEADER_004"), "choices"),
    **dict.fromkeys(("NAMES_001", "NAMES_002", "NAMES_003", "NAMES_004", "NAMES_005"), "survey"),
    **dict.fromkeys(("SURVEY_001", "SURVEY_002", "SURVEY_004", "SURVEY_005", "SURVEY_006"), "survey"),
    **dict.fromkeys(("SURVEY_007", "SURVEY_008", "SURVEY_009"), "survey"),
    **{f"RANGE_{number:03}": "survey" for number in range(1, 13)},
}
_COLUMN_OF = {
    **dict.fromkeys(("LABEL_001",), "label"),
    **{f"NAMES_{number:03}": "name" for number in range(1, 8)},
    **{f"RANGE_{number:03}": "parameters" for number in range(1, 13)},
    **dict.fromkeys(("SURVEY_001", "SURVEY_002"), "type"),
    **{f"SURVEY_{number:03}": "parameters" for number in range(3, 10)},
}

_PATTERNS = tuple(
    (re.compile(pattern, re.DOTALL), message, sheet, column)
    for pattern, message, sheet, column in (
        (r"Question with no type", _("Baris ini belum punya type."), "survey", "type"),
        (r"Question or group with no name", _("Baris ini belum punya name."), "survey", "name"),
        (r"Missing calculation", _("Baris calculate ini belum punya calculation."), "survey", "calculation"),
        (
            r"List name not in (?:external )?choices sheet: (?P<list>.+?)\s*$",
            _("Daftar pilihan “{list}” tidak ada di lembar choices. Periksa ejaannya."),
            "survey",
            "type",
        ),
        (
            r"mandatory columns 'list_name', 'name', and 'label'",
            _("Lembar choices memerlukan kolom list_name, name dan label."),
            "choices",
            "",
        ),
        (
            r"Choice names with spaces cannot be added",
            _("Nama pilihan untuk select_multiple tidak boleh memakai spasi."),
            "choices",
            "name",
        ),
        (
            r"Unknown question type '(?P<kind>[^']*)'",
            _("Jenis pertanyaan “{kind}” tidak dikenal. Periksa ejaannya di kolom type."),
            "survey",
            "type",
        ),
        (
            r"(?:sheet|worksheet) (?:named|called) '?survey|must have a sheet named: ?'?survey|'survey' .*not found",
            _("Lembar survey tidak ada. Beri nama survey pada lembar pertanyaan."),
            "survey",
            "",
        ),
        (
            r"is not a valid (?:parameter )?(?:value|type)",
            _("Nilai di kolom parameters tidak dikenal."),
            "survey",
            "parameters",
        ),
        (
            r"(?P<kind>Group|Repeat|Loop) has no label",
            _("Grup ini belum punya label."),
            "survey",
            "label",
        ),
        (r"Row without name, text, or label is being skipped", _("Baris ini dilewati: kosong."), "survey", "type"),
        (
            r"Use the max-pixels parameter",
            _("Tulis max-pixels=1024 di kolom parameters supaya foto tidak terlalu besar untuk dikirim."),
            "survey",
            "parameters",
        ),
        (
            r"language declarations do not contain valid machine-readable codes: (?P<languages>.+?)\. Learn",
            _("Bahasa {languages} belum berkode. Tulis misalnya label::Bahasa Indonesia (id) dan label::English (en)."),
            "survey",
            "",
        ),
        (
            r"form_id and id_string column headers are both",
            _("Lembar settings memakai form_id dan id_string sekaligus; pakai form_id saja."),
            "settings",
            "id_string",
        ),
        (
            r"missing translation column\(s\): (?P<columns>.+)",
            _("Terjemahan belum lengkap; kolom yang kurang: {columns}"),
            "",
            "",
        ),
        (
            r"uses or_other and translations",
            _("Pilihan or_other tidak dapat diterjemahkan; tulis sendiri pilihan “lainnya”."),
            "survey",
            "type",
        ),
        (
            r"is no longer supported on most devices",
            _("Jenis ini tidak lagi didukung kebanyakan ponsel."),
            "survey",
            "type",
        ),
        (
            r"only meant for filtered selects",
            _("select_one_external memerlukan choice_filter."),
            "survey",
            "choice_filter",
        ),
    )
)
_ROW = re.compile(r"\[row ?: ?(?P<row>\d+)\]\s*")
_WHERE = re.compile(r"On the '(?P<sheet>\w+)' sheet, the '(?P<column>[^']*)' value")


def _told(answer: dict[str, Any], workbook: Workbook, severity: Severity = Severity.REFUSES) -> Finding:
    english = " ".join(answer.get("english", "").split())
    context = answer.get("context") or {}
    code = answer.get("code", "")
    row = context.get("row") or ((found := _ROW.search(english)) and found["row"])
    where = _WHERE.search(english)
    sheet = (
        context.get("sheet") or context.get("sheet_name") or _SHEET_OF.get(code) or (where["sheet"] if where else "")
    )
    column = context.get("column") or _COLUMN_OF.get(code) or (where["column"] if where else "")
    message, values = "", {**context, "english": english}
    if code in _CODES and all(values.get(name) for name in re.findall(r"(?<!\{)\{(\w+)\}", _CODES[code])):
        message = _CODES[code]
    else:
        for pattern, told, its_sheet, its_column in _PATTERNS:
            if match := pattern.search(english):
                message, sheet, column = told, sheet or its_sheet, column or its_column
                values |= match.groupdict()
                break
    if not message:
        message = _("Formulir tidak dapat dibuat. Kata pengubahnya: {english}")
        if severity is Severity.WARNS:
            message = _("Pengubah formulir memperingatkan: {english}")
    if not row and values.get("kind"):
        row = next((one.number for one in workbook["survey"].rows if values["kind"] in one.cells.values()), None)
    return Finding(message, values, sheet, int(row) if row and str(row).isdecimal() else None, column, severity)
