"""What is wrong in our sheets is told with its place."""

from decimal import Decimal

from serasi.xforms.authoring.declaration import declaration_of
from serasi.xforms.authoring.survey import survey_of
from serasi.xforms.authoring.workbook import read
from serasi.xforms.declared import Declaration, Direction, Method
from serasi.xforms.findings import Finding

MOOD = """
# Suasana hati

## instrumen

| nama | isi |
| --- | --- |
| jenis | skala |
| lisensi | sendiri |
| sumber | sendiri |
| penilai | Psikolog; pekerja sosial |
| jarak_hari | 30 |

## survey

| type | name | label | penilai |
| --- | --- | --- | --- |
| begin_group | rasa | Perasaan | psikolog |
| select_one sering | senang | Senang | |
| select_one sering | sedih | Sedih | |
| select_one sering | tenang | Tenang | |
| end_group | | | |

## choices

| list_name | name | label | nilai |
| --- | --- | --- | --- |
| sering | tidak | Tidak | 0 |
| sering | kadang | Kadang | 1 |
| sering | selalu | Selalu | 2 |
| sering | dk | Tidak tahu | |

## settings

| form_title | form_id | version |
| --- | --- | --- |
| Suasana hati | suasana | 1 |

## skor

| nama | judul | cara | butir | terbalik | boleh_kosong | arah |
| --- | --- | --- | --- | --- | --- | --- |
| hati | Hati | jumlah | senang, sedih, tenang | sedih | 1 | naik |

## pita

| skor | kode | dari | sampai | judul | sumber |
| --- | --- | --- | --- | --- | --- |
| hati | rendah | 0 | 2 | Rendah | sendiri |
| hati | tinggi | 3 | 6 | Tinggi | sendiri |

## contoh

| nama | senang | sedih | tenang | skor:hati |
| --- | --- | --- | --- | --- |
| biasa | selalu | tidak | kadang | 5 |
"""


def judged(text: str) -> tuple[Declaration, tuple[Finding, ...]]:
    workbook = read(text.encode(), "suasana.md")
    return declaration_of(workbook, survey_of(workbook))


def declared(text: str) -> Declaration:
    declaration, findings = judged(text)
    assert findings == ()
    return declaration


def told(old: str, new: str) -> list[tuple[str, int | None, str, str]]:
    assert old in MOOD
    _declaration, findings = judged(MOOD.replace(old, new))
    return [(one.sheet, one.row, one.column, str(one)) for one in findings]


def test_a_declaration_is_read() -> None:
    mood = declared(MOOD)
    (scale,) = mood.scales
    assert (mood.code, mood.title, mood.version, mood.key) == ("suasana", "Suasana hati", "1", "suasana")
    assert (mood.raters, mood.interval_days) == (("psikolog", "pekerja sosial"), 30)
    assert [(one.name, one.title, one.raters) for one in mood.sections] == [("rasa", "Perasaan", ("psikolog",))]
    assert (scale.method, scale.direction, scale.may_be_blank) == (Method.SUM, Direction.HIGHER, 1)
    assert (scale.lowest, scale.highest, scale.reversed_items) == (Decimal(0), Decimal(6), frozenset({"sedih"}))
    assert [(one.code, int(one.lowest), int(one.highest)) for one in mood.bands] == [("rendah", 0, 2), ("tinggi", 3, 6)]
    assert mood.examples[0].values == {"hati": "5"}


def test_bands_that_leave_a_gap_are_refused() -> None:
    assert told("| hati | tinggi | 3 |", "| hati | tinggi | 4 |") == [
        ("pita", 3, "dari", "Ada celah: pita “rendah” sampai 2, pita “tinggi” baru mulai 4. Seharusnya 3.")
    ]


def test_bands_that_overlap_are_refused() -> None:
    assert told("| hati | tinggi | 3 |", "| hati | tinggi | 2 |") == [
        ("pita", 3, "dari", "Pita tumpang tindih: “rendah” sampai 2, “tinggi” sudah mulai 2. Seharusnya 3.")
    ]


def test_bands_cover_the_whole_scale() -> None:
    assert told("| hati | rendah | 0 |", "| hati | rendah | 1 |") == [
        ("pita", 2, "dari", "Pita pertama skor hati mulai dari 1; seharusnya dari 0, nilai terendah.")
    ]
    assert told("| 3 | 6 |", "| 3 | 5 |") == [
        ("pita", 3, "sampai", "Pita terakhir skor hati sampai 5; seharusnya sampai 6, nilai tertinggi.")
    ]


def test_a_misspelt_item_is_named_with_what_was_meant() -> None:
    assert told("senang, sedih, tenang |", "senang, sedhi, tenang |") == [
        ("skor", 2, "butir", "Butir “sedhi” tidak ada di lembar survey. → “sedih”?"),
        ("skor", 2, "terbalik", "“sedih” ada di terbalik tetapi tidak ada di butir."),
    ]


def test_a_choice_without_a_number_is_no_item() -> None:
    assert told("| Kadang | 1 |", "| Kadang | satu |") == [
        (
            "choices",
            3,
            "nilai",
            (
                "Pilihan “kadang” dipakai sebuah skor tetapi “satu” bukan bilangan (paling banyak dua angka di "
                "belakang koma). Isi kolom nilai; kosongkan nilai untuk pilihan yang tidak dihitung, seperti “tidak "
                "tahu”."
            ),
        )
    ]


def test_an_item_that_is_not_asked_of_everyone_needs_room_for_a_blank() -> None:
    asked = MOOD.replace(
        "| penilai |\n| --- | --- | --- | --- |", "| penilai | relevant |\n| --- | --- | --- | --- | --- |"
    )
    asked = asked.replace("| tenang | Tenang | |", "| tenang | Tenang | | ${senang} != 'tidak' |")
    assert declared(asked).scales[0].may_be_blank == 1
    _declaration, findings = judged(asked.replace("| sedih | 1 | naik |", "| sedih | 0 | naik |"))
    assert [(one.row, one.column) for one in findings if one.sheet == "skor"] == [(2, "boleh_kosong")]


def test_unknown_columns_and_words_are_told() -> None:
    assert told("| jarak_hari |", "| jarak_hai |") == [
        (
            "instrumen",
            6,
            "nama",
            (
                "“jarak_hai” tidak dikenal di lembar instrumen. → “jarak_hari”? Yang dikenal: jenis, lisensi, sumber, "
                "penilai, kunci, umur_dari, umur_sampai, jarak_hari, klaster, tanda, keterangan."
            ),
        )
    ]
    assert told("| 1 | naik |", "| 1 | atas |") == [
        ("skor", 2, "arah", "“atas” tidak dikenal di kolom arah. Pilih: naik, turun, netral.")
    ]
    assert told(
        "| sumber |\n| --- | --- | --- | --- | --- | --- |", "| sumbr |\n| --- | --- | --- | --- | --- | --- |"
    )[0] == (
        "pita",
        1,
        "sumbr",
        (
            "Kolom “sumbr” tidak dikenal di lembar pita. → “sumber”? Kolomnya: skor, kode, dari, sampai, judul, arti, "
            "nada, sumber."
        ),
    )


def test_every_scale_has_a_worked_example() -> None:
    assert told("| tidak | kadang | 5 |", "| tidak | kadang | |") == [
        (
            "contoh",
            None,
            "skor:hati",
            (
                "Skor hati belum punya contoh dengan nilai. Tambahkan di lembar contoh: jawaban, dan skor:hati yang "
                "dihitung dengan tangan."
            ),
        )
    ]


def test_a_sum_says_its_ends_rightly_or_not_at_all() -> None:
    asked = MOOD.replace("| boleh_kosong | arah |", "| boleh_kosong | tertinggi | arah |")
    asked = asked.replace(
        "| --- | --- | --- | --- | --- | --- | --- |\n| hati",
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n| hati",
    )
    assert declared(asked.replace("| 1 | naik |", "| 1 | 6 | naik |")).scales[0].highest == 6
    _declaration, findings = judged(asked.replace("| 1 | naik |", "| 1 | 8 | naik |"))
    assert [str(one) for one in findings if one.sheet == "skor"] == ["Menurut butirnya, tertinggi adalah 6, bukan 8."]
