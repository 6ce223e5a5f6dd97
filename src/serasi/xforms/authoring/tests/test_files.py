"""An author brings pictures, sounds and lists along with a form."""

import io
from functools import cache

import pytest
from PIL import Image

from serasi.xforms.authoring.files import LARGEST, MOST_ROWS, WIDEST, brought, rows_of
from serasi.xforms.authoring.publish import Authored, author
from serasi.xforms.authoring.tests.medicines import ASK, MEDICINES, ROWS, TABLET, picture, sheets
from serasi.xforms.evaluate import ProblemKind, evaluate
from serasi.xforms.files import FileKind
from serasi.xforms.findings import Unreadable
from serasi.xforms.form import Form
from serasi.xforms.tests.forms import NOW, answered


@cache
def authored() -> Authored:
    return author(sheets(), "obat.md")


@cache
def form() -> Form:
    return Form.parse(authored().xform)


def told(name: str, content: bytes) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(Unreadable) as refused:
        brought(form(), [(name, content)])
    return [(one.sheet, one.row, one.column, str(one)) for one in refused.value.findings]


def found(source: bytes) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(Unreadable) as refused:
        author(source, "obat.md")
    return [(one.sheet, one.row, one.column, str(one)) for one in refused.value.findings if one.severity == "refuses"]


def test_a_form_says_which_files_it_names_each_once_and_where() -> None:
    assert [(file.name, file.kind) for file in form().files] == [
        (MEDICINES, FileKind.LIST),
        (TABLET, FileKind.PICTURE),
        (ASK, FileKind.SOUND),
    ]
    assert {name: (at.sheet, at.row, at.column) for name, at in authored().named.items()} == {
        TABLET: ("survey", 3, "media::image"),
        ASK: ("survey", 4, "media::audio"),
        MEDICINES: ("survey", 4, "type"),
    }


def test_the_places_that_serasi_keeps_are_nobodys_files() -> None:
    made = author(sheets(of="select_one_from_file provinsi.csv").replace(b"jenis = ${jenis}", b""), "obat.md")

    assert MEDICINES not in {file.name for file in Form.parse(made.xform).files}


NAMES = [
    ({"image": "../rahasia.png"}, "media::image", "“../rahasia.png” memuat jalan folder. Tulis nama berkasnya saja."),
    (
        {"image": "jr://images/tablet.png"},
        "media::image",
        "“jr://images/tablet.png” memuat jalan folder. Tulis nama berkasnya saja.",
    ),
    (
        {"image": "tablet.gif"},
        "media::image",
        "Nama berkas “tablet.gif” harus berakhiran salah satu dari .jpg, .jpeg, .png, .webp.",
    ),
    (
        {"image": "${jenis}.png"},
        "media::image",
        "Nama berkas “${jenis}.png” hanya boleh memuat huruf biasa, angka, spasi, titik, strip, garis bawah.",
    ),
    (
        {"of": "select_one_from_file obat.geojson"},
        "type",
        "Daftar “obat.geojson” harus berupa berkas CSV, misalnya obat.csv. ",
    ),
]


@pytest.mark.parametrize(("given", "column", "said"), NAMES, ids=range(len(NAMES)))
def test_a_name_that_no_file_can_come_under_is_refused_with_its_cell(
    given: dict[str, str], column: str, said: str
) -> None:
    row = 4 if column == "type" else 3

    assert ("survey", row, column, said) in found(sheets(**given))


def test_a_list_in_xml_is_refused_and_a_video_is_warned_of() -> None:
    assert found(sheets(more="| xml-external | lain | | | | |\n"))[0] == (
        "survey",
        5,
        "type",
        "Daftar dari berkas XML tidak diterima. Simpan sebagai CSV, dan pakai csv-external.",
    )
    with_video = sheets().replace(b"media::audio", b"media::video").replace(ASK.encode(), b"cara.mp4")
    assert "Video “cara.mp4” tidak ikut" in " ".join(str(one) for one in author(with_video, "obat.md").warnings)


def test_a_picture_is_drawn_anew_and_made_small() -> None:
    [made] = brought(form(), [(TABLET, picture())])

    with Image.open(io.BytesIO(made.content)) as drawn:
        assert (made.media_type, drawn.format, drawn.size) == ("image/jpeg", "JPEG", (WIDEST, WIDEST // 2))


def test_what_a_file_is_its_content_says() -> None:
    assert "Berkas ini bukan foto JPEG, PNG, atau WebP" in told(TABLET, b"<svg onload='x()'/>")[0][3]
    assert "bukan rekaman suara" in told(ASK, picture())[0][3]
    assert "bukan CSV" in told(MEDICINES, picture())[0][3]
    assert "bukan CSV" in told(MEDICINES, b'{"type": "FeatureCollection"}')[0][3]


def test_a_sound_is_kept_as_it_is_and_never_too_large() -> None:
    assert brought(form(), [(ASK, b"ID3 suara")])[0].content == b"ID3 suara"
    assert told(ASK, b"ID3" + bytes(LARGEST[FileKind.SOUND] * 1024 * 1024)) == [
        (ASK, None, "", "Berkas ini lebih besar dari 5 MB.")
    ]


def test_a_file_that_the_form_does_not_name_is_refused_and_the_case_of_letters_is_forgiven() -> None:
    assert told("../tablet.png", picture())[0][3].startswith("Formulir ini tidak menyebut berkas “../tablet.png”.")
    assert [made.name for made in brought(form(), [("TABLET.PNG", picture())])] == [TABLET]


def test_a_list_as_excel_writes_it_here_is_read_and_written_anew() -> None:
    from_excel = "\ufeffname;label;jenis\r\nparasetamol;Parasetamol;tablet\r\namoksisilin; Amoksisilin ;sirup\r\n;;\r\n"

    [made] = brought(form(), [(MEDICINES, from_excel.encode())])

    assert made.content == ROWS
    assert rows_of(made.content)[1] == {"name": "amoksisilin", "label": "Amoksisilin", "jenis": "sirup"}


LISTS = [
    (b"", [(None, "", "Berkas ini kosong.")]),
    (b"name,label,jenis\n", [(None, "", "Daftar ini kosong: baris 1 judul kolom, mulai baris 2 isinya.")]),
    (b"name,label,jenis\n,,\n", [(None, "", "Daftar ini kosong: baris 1 judul kolom, mulai baris 2 isinya.")]),
    (
        b"name,label\na,A\n",
        [(1, "", "Kolom jenis belum ada, padahal dipakai formulir. Yang ada: name, label.")],
    ),
    (b"name,label,label\na,A,B\n", [(1, "label", "Kolom “label” ada dua kali.")]),
    (
        b"name,label,jenis obat\na,A,B\n",
        [
            (
                1,
                "jenis obat",
                "Judul kolom “jenis obat” harus diawali huruf, tanpa spasi: huruf, angka, garis bawah, strip, titik.",
            )
        ],
    ),
    (
        b"name,label,jenis\na,A,t\nb b,B,t\na,,t\n,D,t,lebih\n",
        [
            (3, "name", "“b b” memuat spasi. Nilai sebuah pilihan tidak boleh memakai spasi."),
            (4, "label", "Kolom “label” belum diisi."),
            (4, "name", "“a” sudah ada di baris 2. Setiap nilai hanya sekali."),
            (5, "", "Baris ini berisi lebih banyak sel daripada judul kolomnya."),
            (5, "name", "Kolom “name” belum diisi."),
        ],
    ),
    (
        "name,label,jenis\na,Café,t\n".encode("latin-1"),
        [(None, "", "Hurufnya bukan UTF-8. Di Excel pilih Simpan Sebagai, lalu “CSV UTF-8”.")],
    ),
    (
        b'name,label,jenis\na,"A,t\n',
        [(None, "", "Tanda kutip di berkas CSV ini tidak berpasangan. Simpan ulang sebagai CSV.")],
    ),
    (
        b"name,label,jenis\n" + b"".join(b"k%d,A,t\n" % number for number in range(MOST_ROWS + 1)),
        [(MOST_ROWS + 2, "", f"Daftar ini lebih dari {MOST_ROWS} baris.")],
    ),
]


@pytest.mark.parametrize(("content", "said"), LISTS, ids=range(len(LISTS)))
def test_a_list_with_mistakes_says_row_and_column(content: bytes, said: list[tuple[int | None, str, str]]) -> None:
    assert told(MEDICINES, content) == [(MEDICINES, *one) for one in said]


def test_an_answer_must_be_in_the_list_that_came_along() -> None:
    [made] = brought(form(), [(MEDICINES, ROWS)])
    whole = form().with_lists({"obat": rows_of(made.content)})

    def wrong(medicine: str) -> list[tuple[str, ProblemKind]]:
        result = evaluate(whole, answered(whole, {"jenis": "tablet", "obat": medicine}), now=NOW)
        return [(problem.path, problem.kind) for problem in result.problems]

    assert wrong("parasetamol") == []
    assert wrong("amoksisilin") == [("/data/rumah/obat", ProblemKind.CHOICE)]  # a syrup, and a tablet was chosen
    assert wrong("jamu") == [("/data/rumah/obat", ProblemKind.CHOICE)]
    assert [choice.label.said() for choice in whole.choices("/data/rumah/obat")] == ["Parasetamol", "Amoksisilin"]
