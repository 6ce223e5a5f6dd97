"""One door: what is authored is a form with its declaration, or is told with everything that was found."""

import pytest

from serasi.xforms.authoring import convert as converting
from serasi.xforms.authoring.publish import Authored, author
from serasi.xforms.authoring.tests.test_declaration import MOOD
from serasi.xforms.authoring.tests.test_workbook import xlsx
from serasi.xforms.findings import Severity, Unreadable
from serasi.xforms.form import Form

PLAIN: dict[str, list[list[object]]] = {
    "survey": [["type", "name", "label"], ["text", "nama", "Siapa nama Anda?"]],
    "settings": [["form_title", "form_id"], ["Tamu", "tamu"]],
}


def authored(text: str) -> Authored:
    return author(text.encode(), "suasana.md")


def refused(text: str) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(Unreadable) as told:
        authored(text)
    return [(one.sheet, one.row, one.column, str(one)) for one in told.value.findings]


def test_a_declared_scale_becomes_calculates_of_one_shape() -> None:
    made = authored(MOOD)
    form = Form.parse(made.xform)
    sources = {path: field.calculate.source for path, field in form.fields.items() if field.calculate}
    assert list(sources) == ["/data/hati_terjawab", "/data/hati", "/data/hati_pita"]
    assert " ".join(sources["/data/hati_pita"].split()) == (
        "if( /data/hati != '', if( /data/hati >= 0 and /data/hati <= 6, "
        "if( /data/hati <= 2, 'rendah', 'tinggi'), ''), '')"
    )
    assert (form.id, form.version, form.title, made.warnings) == ("suasana", "1", "Suasana hati", ())


def test_the_same_source_gives_the_same_form() -> None:
    assert authored(MOOD).hash == authored(MOOD).hash


def test_an_example_that_comes_out_otherwise_is_refused() -> None:
    assert refused(MOOD.replace("| tidak | kadang | 5 |", "| tidak | kadang | 4 |")) == [
        (
            "contoh",
            2,
            "skor:hati",
            "Contoh “biasa”: hati menurut Anda 4, menurut formulir 5. Hitung ulang keduanya.",
        )
    ]


def test_an_example_answers_what_the_form_asks() -> None:
    ((_sheet, row, column, said), *_more) = refused(MOOD.replace("| biasa | selalu |", "| biasa | sering |"))
    assert (row, column, said) == (2, "senang", "Jawaban “sering” untuk “senang” tidak diterima formulir ini.")


def formula(written: str) -> str:
    """Two questions of danger with a formula of this kind."""
    return f"""
## survey

| type | name | label | calculation |
| --- | --- | --- | --- |
| select_one yt | jatuh | Pernah jatuh? | |
| select_one yt | bingung | Bingung? | |
| calculate | gawat | | {written} |

## choices

| list_name | name | label |
| --- | --- | --- |
| yt | ya | Ya |
| yt | tidak | Tidak |

## settings

| form_title | form_id | version |
| --- | --- | --- |
| Gawat | gawat_f | 1 |

## skor

| nama | judul | cara | butir | terendah | tertinggi | arah |
| --- | --- | --- | --- | --- | --- | --- |
| gawat | Gawat | rumus | jatuh bingung | 0 | 2 | turun |

## contoh

| nama | jatuh | bingung | skor:gawat |
| --- | --- | --- | --- |
| tenang | tidak | tidak | 0 |
"""


COUNT = "if(${jatuh} = 'ya', 1, 0) + if(${bingung} = 'ya', 1, 0)"


def test_a_formula_in_which_a_blank_reads_as_an_answer_is_refused() -> None:
    assert refused(formula(COUNT))[:1] == [
        (
            "survey",
            4,
            "calculation",
            "Selama belum ada jawaban, skor gawat sudah bernilai 0. Buat kosong sampai butirnya terjawab.",
        )
    ]
    assert refused(formula(f"if(${{gawat_terjawab}} >= 1, {COUNT}, '')"))[:1] == [
        (
            "survey",
            4,
            "calculation",
            (
                "Bila “jatuh” dikosongkan, skor gawat berubah dari 1 menjadi 0: yang kosong terbaca sebagai jawaban. "
                "Tulis if(${gawat_terjawab} >= 2, …, '')."
            ),
        )
    ]


def test_a_formula_that_waits_for_every_answer_is_published() -> None:
    assert [str(one) for one in authored(formula(f"if(${{gawat_terjawab}} = 2, {COUNT}, '')")).warnings] == [
        "Lembar instrumen belum ada: jenis, lisensi, sumber dan penilai ditanyakan sebelum terbit."
    ]


def test_a_formula_may_know_a_danger_before_all_is_answered() -> None:
    text = formula("if(${jatuh} = 'ya' or ${bingung} = 'ya', 2, if(${gawat_terjawab} = 2, 0, ''))")
    assert authored(text).declaration.scales[0].name == "gawat"


def test_a_plain_form_of_another_house_is_published_with_questions_left() -> None:
    made = author(xlsx(**PLAIN), "tamu.xlsx")
    assert (made.declaration.code, made.declaration.title, made.declaration.kind) == ("tamu", "Tamu", "")
    assert len(made.declaration.version) == 10
    assert [one.severity for one in made.warnings] == [Severity.WARNS]


def test_settings_may_be_written_in_other_ways() -> None:
    settings: list[list[object]] = [
        ["Form_Title", "id_string", "Version"],
        [None, None, None],
        ["Tamu", "tamu", "2026-3"],
    ]
    made = author(xlsx(survey=PLAIN["survey"], settings=settings), "tamu.xlsx")
    form = Form.parse(made.xform)
    assert (form.title, form.id, form.version) == ("Tamu", "tamu", "2026-3")


def test_a_form_without_title_or_id_is_refused() -> None:
    with pytest.raises(Unreadable) as told:
        author(xlsx(survey=PLAIN["survey"]), "tamu.xlsx")
    assert [str(one) for one in told.value.findings if one.severity is Severity.REFUSES] == [
        "Isi kolom form_id di lembar settings.",
        "Isi kolom form_title di lembar settings.",
    ]


def test_everything_wrong_is_told_at_once() -> None:
    text = MOOD.replace("| jarak_hari | 30 |", "| jarak_hari | sebulan |")
    text = text.replace("| hati | tinggi | 3 |", "| hati | tinggi | 4 |").replace("| Sedih | |", "| Sedih ${sdh} | |")
    assert [(sheet, row) for sheet, row, _column, _said in refused(text)] == [
        ("instrumen", 6),
        ("survey", 4),
        ("pita", 3),
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (
            "| tenang | Tenang |",
            "| senang | Tenang |",
            ("survey", 5, "name"),
            "Nama “senang” sudah dipakai. Setiap pertanyaan",
        ),
        ("| end_group | | | |\n", "", ("survey", 2, "type"), "begin_group “rasa” tidak ditutup."),
        (
            "| Sedih | |",
            "| Sedih ${sdh} | |",
            ("survey", 4, "label"),
            "Rujukan ${sdh} tidak menunjuk pertanyaan mana pun.",
        ),
        (
            "| select_one sering | sedih |",
            "| selec_one sering | sedih |",
            ("survey", 4, "type"),
            "Jenis pertanyaan “selec_one sering”",
        ),
        (
            "| sering | dk |",
            "| sering | selalu |",
            ("choices", 5, "name"),
            "Nama pilihan ini sudah ada di daftar yang sama.",
        ),
        ("| tenang | Tenang |", "| te nang | Tenang |", ("survey", 5, "name"), "Nama harus diawali huruf;"),
    ],
)
def test_faults_of_structure_are_told_in_indonesian(old: str, new: str, place: tuple[str, int, str], said: str) -> None:
    assert old in MOOD
    told = [one for one in refused(MOOD.replace(old, new)) if one[3].startswith(said)]
    assert [one[:3] for one in told] == [place]


def test_a_form_that_is_made_to_be_heavy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "MEGABYTES", 30)
    assert [said for _sheet, _row, _column, said in refused(MOOD)] == [
        "Formulir ini terlalu berat untuk diubah. Bagi menjadi beberapa formulir atau pendekkan daftar pilihan."
    ]
