"""Forms that convert and would still do wrong are refused with place and remedy."""

import pytest

from serasi.xforms.authoring.declaration import declaration_of
from serasi.xforms.authoring.linter import MOST_CHOICES, lint
from serasi.xforms.authoring.survey import survey_of
from serasi.xforms.authoring.workbook import read
from serasi.xforms.findings import Severity

CHOICES = """
| list_name | name | label | prov |
| --- | --- | --- | --- |
| yt | ya | Ya | |
| yt | tidak | Tidak | |
| kota | a | A | 31 |
"""
SETTINGS = "| form_title | form_id |\n| --- | --- |\n| Uji | uji |\n"
QUESTIONS = (
    "select_one yt | a | Satu | | | |",
    "select_one yt | b | Dua | | | |",
    "integer | c | Tiga | | | |",
    "integer | d | Empat | | | |",
)


def found(
    *rows: str, choices: str = CHOICES, settings: str = SETTINGS, more: str = ""
) -> list[tuple[str, int | None, str, str]]:
    """What is told of a survey whose rows 2 to 5 are the questions above and 6 on are these."""
    head = "| type | name | label | relevant | constraint | calculation | choice_filter |\n" + "| --- " * 7 + "|\n"
    survey = "".join(f"| {row} |\n" for row in (*QUESTIONS, *rows))
    text = f"## survey\n{head}{survey}\n## choices\n{choices}\n## settings\n{settings}\n{more}"
    workbook = read(text.encode(), "uji.md")
    survey_read = survey_of(workbook)
    declaration, findings = declaration_of(workbook, survey_read)
    assert findings == ()
    return [(one.severity.value, one.row, one.column, str(one)) for one in lint(workbook, survey_read, declaration)]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("text | x | X | ${a} == 'ya' | | |", "relevant", "Tanda “==” tidak dikenal dalam rumus formulir; tulis “=”."),
        (
            "text | x | X | ${a} = 'ya' && ${b} = 'ya' | | |",
            "relevant",
            "Tanda “&&” tidak dikenal dalam rumus formulir; tulis “and”.",
        ),
        (
            "calculate | x | | | | if(${c} > 1; 2; 3) |",
            "calculation",
            "Tanda “;” tidak dikenal dalam rumus formulir; tulis “,”.",
        ),
        ("text | x | X | ${a} = 'ya | | |", "relevant", "Tanda kutip tidak berpasangan."),
        (
            "calculate | x | | | | if(${c} > 1, 2 |",
            "calculation",
            "Rumus tidak terbaca: “)” belum ada. Rumusnya: if(${c} > 1, 2",
        ),
        ("calculate | x | | | | iff(${c}, 2) |", "calculation", "Fungsi iff() tidak dikenal."),
        ("calculate | x | | | | coalesce(${c}) |", "calculation", "Fungsi coalesce() memerlukan 2 isian, bukan 1."),
        ("text | x | X | | regex(., '[0-9') | |", "constraint", "Pola “[0-9” tidak dapat dibaca."),
        ("text | x | X | ${a} = 'iya' | | |", "relevant", "“iya” bukan pilihan pertanyaan a. Pilihannya: ya, tidak."),
        (
            "text | x | X | selected(${a}, 'iya') | | |",
            "relevant",
            "“iya” bukan pilihan pertanyaan a. Pilihannya: ya, tidak.",
        ),
        (
            "calculate | x | | | | sum(${c} \\| ${d}) |",
            "calculation",
            "sum() dengan tanda | gagal di ponsel. Jumlahkan satu per satu: coalesce(${a}, 0) + coalesce(${b}, 0).",
        ),
        (
            "select_one kota | x | X | | | | provinsi = ${a}",
            "choice_filter",
            "choice_filter memakai kolom “provinsi” yang tidak ada di lembar choices untuk daftar “kota”.",
        ),
        (
            "text | x | X | ${x} != '' | | |",
            "relevant",
            "Rumus ini berputar: x → x. Sebuah nilai tidak boleh bergantung pada dirinya sendiri.",
        ),
    ],
)
def test_a_faulty_formula_is_refused(row: str, column: str, said: str) -> None:
    assert found(row) == [("refuses", 6, column, said)]


def test_what_is_right_is_not_told_of() -> None:
    assert (
        found(
            "text | x | X | ${a} = 'ya' and not(selected(${b}, 'tidak')) | | |",
            "text | y | Y | | regex(., '^[0-9]{16}$') | |",
            "select_one kota | z | Z | | | | prov = ${c}",
            "calculate | w | | | | if(${c} != '', ${c} + 1, '') |",
            "text | v | V | ${a} = ‘ya’ | | |",
        )
        == []
    )


def test_a_circle_of_several_is_told_once() -> None:
    assert found("calculate | x | | | | coalesce(${y}, 0) + 1 |", "calculate | y | | | | coalesce(${x}, 0) + 1 |") == [
        (
            "refuses",
            6,
            "calculation",
            "Rumus ini berputar: x → y → x. Sebuah nilai tidak boleh bergantung pada dirinya sendiri.",
        )
    ]


def test_a_group_that_hangs_on_a_question_within_it_is_a_circle() -> None:
    rows = ("begin_group | g | G | ${x} = 'ya' | | |", "select_one yt | x | X | | | |", "end_group | | | | | |")
    assert [(row, column) for _severity, row, column, _said in found(*rows)] == [(6, "relevant")]


def test_answers_added_up_outside_a_scale_are_warned_of() -> None:
    (warning,) = found("integer | e | Lima | | | |", "calculate | x | | | | ${c} + ${d} + ${e} |")
    assert warning == (
        "warns",
        7,
        "calculation",
        (
            "Rumus ini menjumlahkan jawaban tanpa memeriksa yang kosong. Bila ini skor, hapus baris ini dan nyatakan "
            "di lembar skor; Serasi menuliskan rumusnya."
        ),
    )


def test_a_flag_with_two_states_is_warned_of() -> None:
    (warning,) = found("calculate | x | | | | if(${c} < 18, 'anak', 'dewasa') |")
    assert warning == (
        "warns",
        6,
        "calculation",
        "Selama belum dijawab, nilai ini terbaca “dewasa”. Tambahkan keadaan kosong bila itu keliru.",
    )


FORMULA = """
## skor
| nama | judul | cara | butir | terendah | tertinggi | arah |
| --- | --- | --- | --- | --- | --- | --- |
| s | S | rumus | c d | 0 | 20 | turun |

## contoh
| nama | c | d | skor:s |
| --- | --- | --- | --- |
| satu | 1 | 2 | 3 |
"""


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (
            "${c} + coalesce(${d}, 0)",
            (
                "“c” dihitung langsung; bila kosong, hasilnya lain di ponsel dan di server. Tulis coalesce(${c}, 0), "
                "dan pastikan skor kosong selama jawabannya belum lengkap."
            ),
        ),
        (
            "if(${s_terjawab} = 2, if(today() > date('2026-01-01'), coalesce(${c}, 0), coalesce(${d}, 0)), '')",
            "today() tidak boleh ada di dalam skor: hasilnya tidak sama kapan pun dan di mana pun dihitung.",
        ),
        (
            "if(${s_terjawab} = 2, (${c} > 1) + (${d} > 1), '')",
            "Syarat (benar/salah) dipakai sebagai bilangan. Tulis if(syarat, 1, 0).",
        ),
        (
            "if(${c} > 1 or ${d} > 1, 1, 0)",
            (
                "Tanda ini hanya punya dua keadaan, jadi isian kosong terbaca “0”. Tulis tiga keadaan: "
                "if(${pertanyaan} = '', '', if(…, …, …))."
            ),
        ),
        ("if(${c} != '', coalesce(${c}, 0), '')", "Butir “d” tidak dipakai rumus skor s. Hapus dari kolom butir."),
        (
            "if(${s_terjawab} = 2 and ${a} = 'ya', coalesce(${c}, 0) + coalesce(${d}, 0), '')",
            "Skor s memakai jawaban “a” yang tidak ada di kolom butir lembar skor. Tambahkan di sana.",
        ),
    ],
)
def test_a_formula_that_does_not_provide_for_blanks_is_refused(formula: str, said: str) -> None:
    assert found(f"calculate | s | | | | {formula} |", more=FORMULA) == [("refuses", 6, "calculation", said)]


def test_a_formula_that_counts_first_is_taken() -> None:
    formula = "if(${s_terjawab} = 2, coalesce(${c}, 0) + coalesce(${d}, 0), '')"
    assert found(f"calculate | s | | | | {formula} |", more=FORMULA) == []


def test_encrypted_forms_are_refused() -> None:
    settings = "| form_title | form_id | public_key |\n| --- | --- | --- |\n| Uji | uji | MIIB |\n"
    ((severity, row, column, said),) = found(settings=settings)
    assert (severity, row, column) == ("refuses", 2, "public_key")
    assert said.startswith("Formulir terenkripsi (public_key) tidak diterima")


def test_a_long_list_of_villages_is_refused() -> None:
    villages = "".join(f"| desa | {number} | Desa {number} | |\n" for number in range(MOST_CHOICES + 1))
    ((severity, _row, column, said),) = found(choices=CHOICES + villages)
    assert (severity, column) == ("refuses", "list_name")
    assert said.startswith("Daftar “desa” berisi 1001 pilihan; paling banyak 1000.")


def test_what_only_collect_can_show_is_warned_of() -> None:
    assert found("geotrace | x | X | | | |") == [
        ("warns", 6, "type", "Jenis “geotrace” hanya dapat diisi di ODK Collect; halaman Serasi tidak menampilkannya.")
    ]


def test_labels_alike_are_warned_of() -> None:
    assert found("text | x | Tiga | | | |") == [
        ("warns", 6, "label", "Label ini sama dengan baris 4: “Tiga”. Beri kata yang berbeda.")
    ]
    assert found(choices=CHOICES + "| kota | b | A | 32 |\n") == [
        ("warns", 4, "label", "Dua pilihan di daftar “kota” berlabel sama: “A”.")
    ]


def test_missing_translations_are_told_with_their_rows() -> None:
    text = (
        "## survey\n| type | name | label::Bahasa Indonesia (id) | label::English (en) |\n| - | - | - | - |\n"
        "| text | a | Nama | Name |\n| text | b | Umur | |\n\n## settings\n" + SETTINGS
    )
    workbook = read(text.encode(), "uji.md")
    survey = survey_of(workbook)
    declaration, _findings = declaration_of(workbook, survey)
    (told,) = lint(workbook, survey, declaration)
    assert (told.severity, told.row, str(told)) == (
        Severity.WARNS,
        3,
        "Terjemahan English (en) untuk label belum ada di 1 baris: 3.",
    )


def test_a_misspelt_sheet_or_column_is_told() -> None:
    text = "## survey\n| type | name | label | relevan |\n| text | a | A | |\n\n## skors\n| a |\n\n## settings\n"
    workbook = read((text + SETTINGS).encode(), "uji.md")
    survey = survey_of(workbook)
    declaration, _findings = declaration_of(workbook, survey)
    assert [str(one) for one in lint(workbook, survey, declaration)] == [
        "Lembar “skors” dilewati. Maksudnya “skor”?",
        "Kolom “relevan” tidak dikenal. Maksudnya “relevant”?",
    ]


@pytest.mark.parametrize(
    ("row", "severity", "column"),
    [
        ("calculate | x | | ${a} | |", "refuses", "trigger"),
        ("hidden | x | | | today() |", "refuses", "default"),
        ("date | x | X | | today() |", "warns", "default"),
        ("date | x | X | | 2026-01-01 |", "", ""),
    ],
)
def test_what_only_an_event_on_a_device_would_fill_is_not_built_upon(row: str, severity: str, column: str) -> None:
    head = "| type | name | label | trigger | default | calculation |\n" + "| --- " * 6 + "|\n"
    workbook = read(f"## survey\n{head}| integer | a | A | | | |\n| {row} |\n".encode(), "uji.md")
    survey_read = survey_of(workbook)
    declaration, _findings = declaration_of(workbook, survey_read)
    told = [(one.severity.value, one.row, one.column) for one in lint(workbook, survey_read, declaration)]
    assert told == ([(severity, 3, column)] if severity else [])


ENTITIES = "## entities\n| list_name | label |\n| --- | --- |\n| {} | ${{a}} |\n"


def told_of_saving(save_to: str, list_name: str = "orang") -> list[tuple[str, int | None, str, str]]:
    rows = f"| type | name | label | save_to |\n| --- | --- | --- | --- |\n| text | a | A | {save_to} |\n"
    workbook = read(f"## survey\n{rows}\n{ENTITIES.format(list_name)}".encode(), "uji.md")
    survey_read = survey_of(workbook)
    declaration, _findings = declaration_of(workbook, survey_read)
    found = lint(workbook, survey_read, declaration)
    return [(one.sheet, one.row, one.column, str(one)) for one in found if one.severity is Severity.REFUSES]


@pytest.mark.parametrize("save_to", ["full_name", "orang#full_name", "orang#nik"])
def test_what_is_known_of_a_person_is_saved(save_to: str) -> None:
    assert told_of_saving(save_to) == []


def test_a_property_that_nobody_keeps_is_refused_with_those_there_are() -> None:
    [(sheet, row, column, said)] = told_of_saving("orang#zodiak")

    assert (sheet, row, column) == ("survey", 2, "save_to")
    assert said.startswith("“zodiak” tidak dikenal di daftar “orang”. Yang ada: address, age, birth_date")


def test_a_list_that_nobody_keeps_is_refused() -> None:
    assert told_of_saving("full_name", "warga")[0] == (
        "entities",
        2,
        "list_name",
        "Daftar “warga” tidak dikenal. Jawaban dapat disimpan ke: orang, keluarga.",
    )


NO_CSV = "Daftar “desa.cvs” harus berupa berkas CSV, misalnya obat.csv. (desa.csv?)"
NO_SUCH_COLUMN = (
    "Kolom “kec” tidak ada di daftar “desa.csv”. Yang ada: kabupaten, kecamatan, label, lengkap, name, provinsi."
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("select_one_from_file desa.csv | x | X | | | | kecamatan = ${a}", []),
        ("select_one_from_file desa.cvs | x | X | | | |", [("refuses", 6, "type", NO_CSV)]),
        ("select_one_from_file desa.csv | x | X | | | | kec = ${a}", [("refuses", 6, "choice_filter", NO_SUCH_COLUMN)]),
    ],
)
def test_a_list_of_places_is_known_by_its_file_and_its_columns(
    row: str, said: list[tuple[str, int | None, str, str]]
) -> None:
    assert found(row) == said
