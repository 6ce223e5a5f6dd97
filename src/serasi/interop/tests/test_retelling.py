"""Problems that were written down as finished texts are taken apart, and put together again on the way back."""

from importlib import import_module
from typing import Any

import pytest
from django.utils import translation

from serasi.common.sentences import retold
from serasi.interop.reading import Problem

change = import_module("serasi.interop.migrations.0003_problems_are_told_in_both_languages")

AS_TEXT = (
    "Change the format of the column to Text, then type or copy the number again from the KTP, KK or original file."
)
BEFORE: list[tuple[list[Any], tuple[str, str]]] = [
    (["", "Sama dengan baris 5.", "", False], ("Same as row 5.", "")),
    (["Nama", "Nama belum diisi.", "Periksa tahunnya.", True], ("No name was entered.", "Check the year.")),
    (
        ["NIK", "Nomor KK harus 16 angka; yang tertulis 5 angka.", "Salin ulang nomor KK dari KK.", True],
        ("KK number must have 16 digits; 5 were written.", "Copy the KK number again from the KK."),
    ),
    (
        ["NIK", "Enam angka pertama NIK bukan kode wilayah.", "Periksa kembali pada KTP atau KK.", True],
        ("The first six digits of the NIK are not a region code.", "Check it against the KTP or KK."),
    ),
    (
        [
            "NIK",
            "NIK sudah dibulatkan oleh lembar kerja sehingga angka terakhirnya hilang.",
            "Ubah format kolom menjadi Teks, lalu ketik atau salin ulang nomornya dari KTP, KK, atau berkas asal.",
            True,
        ],
        ("The spreadsheet has rounded NIK, so its final digits are lost.", AS_TEXT),
    ),
    (
        ["Lahir", "Hanya tahun yang tertulis. Hanya tahunnya yang dicatat.", "", False],
        ("Only the year is written.", "Only the year is kept."),
    ),
    (["", "Kata unit sendiri: 100%.", "", True], ("Kata unit sendiri: 100%.", "")),
]


@pytest.mark.parametrize(("before", "english"), BEFORE)
def test_a_finished_text_becomes_a_sentence_and_is_the_same_on_the_way_back(
    before: list[Any], english: tuple[str, str]
) -> None:
    after = change.apart(before)
    told = Problem.told(after)
    assert [told.column, " ".join(filter(None, (told.what, told.fix))), told.is_error] == [
        before[0],
        " ".join(filter(None, before[1:3])),
        before[3],
    ]
    with translation.override("en"):
        told = Problem.told(after)
    assert (told.what, told.fix) == english
    assert change.together(after) == before


def test_why_someone_is_alike_is_taken_apart_too() -> None:
    reasons = ["nama panggilan mirip", "“Boedi” dan “Budi” sama setelah ejaan lama disamakan", "NIK sama"]
    after = [change.taken_apart(reason) for reason in reasons]
    assert [retold(reason) for reason in after] == reasons
    assert [change.told(reason) for reason in after] == reasons
    with translation.override("en"):
        assert [retold(reason) for reason in after] == [
            "similar nickname",
            "“Boedi” and “Budi” are the same once old spelling is evened out",
            "same NIK",
        ]
