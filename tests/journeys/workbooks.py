"""An instrument as somebody who does not program writes it: the sheets of a workbook, or the same sheets as text."""

import io
from collections.abc import Mapping, Sequence
from typing import Final

import xlsxwriter

Sheets = Mapping[str, Sequence[Sequence[str]]]
TITLE: Final = "Semangat belajar"
AT_HOME: Final = "Obat di rumah"


def spirit(*, version: str = "1", asked_if: str = "bosan", second_band_from: str = "3") -> Sheets:
    """Three questions, one that is asked if one of them is answered so, and a score; by itself as it should be."""
    return {
        "instrumen": [
            ("nama", "isi"),
            ("jenis", "skala"),
            ("lisensi", "milik sentra"),
            ("sumber", "disusun bersama guru, belum divalidasi"),
            ("penilai", "pekerja sosial; psikolog"),
            ("jarak_hari", "30"),
        ],
        "survey": [
            ("type", "name", "label", "required", "relevant"),
            ("begin_group", "belajar", "Belajar minggu ini", "", ""),
            ("select_one sering", "datang", "Datang ke kelas", "yes", ""),
            ("select_one sering", "bertanya", "Bertanya bila belum paham", "yes", ""),
            ("select_one sering", "bosan", "Tampak bosan", "yes", ""),
            ("text", "sebab", "Apa yang membosankan?", "", f"${{{asked_if}}} = 'sering'"),
            ("end_group", "", "", "", ""),
        ],
        "choices": [
            ("list_name", "name", "nilai", "label"),
            ("sering", "jarang", "0", "Jarang"),
            ("sering", "kadang", "1", "Kadang-kadang"),
            ("sering", "sering", "2", "Sering"),
        ],
        "settings": [("form_title", "form_id", "version"), (TITLE, "semangat_belajar", version)],
        "skor": [
            ("nama", "judul", "cara", "butir", "terbalik", "boleh_kosong", "arah"),
            ("semangat", TITLE, "jumlah", "datang bertanya bosan", "bosan", "0", "naik"),
        ],
        "pita": [
            ("skor", "kode", "dari", "sampai", "judul", "arti", "nada", "sumber"),
            ("semangat", "redup", "0", "2", "Redup", "Belajar terasa berat.", "perhatian", "sendiri"),
            ("semangat", "menyala", second_band_from, "6", "Menyala", "Belajar dengan senang.", "baik", "sendiri"),
        ],
        "saran": [
            ("skor", "pita", "jenis", "apa", "alasan"),
            ("semangat", "redup", "tujuan", "Satu guru mendampingi belajar setiap sore", "Semangatnya sedang redup."),
        ],
        "contoh": [
            ("nama", "datang", "bertanya", "bosan", "skor:semangat"),
            ("rajin", "sering", "sering", "jarang", "6"),
            ("lesu", "jarang", "jarang", "sering", "0"),
        ],
    }


def medicines(title: str = AT_HOME) -> Sheets:
    """Questions with a picture beside the words and beside a choice, and one whose choices are in a file."""
    return {
        "instrumen": [
            ("nama", "isi"),
            ("jenis", "kunjungan"),
            ("lisensi", "milik sentra"),
            ("sumber", "disusun sendiri"),
            ("penilai", "pekerja sosial; pendamping"),
        ],
        "survey": [
            ("type", "name", "label", "media::image", "required", "choice_filter"),
            ("begin_group", "rumah", "Obat di rumah", "", "", ""),
            ("select_one bentuk", "bentuk", "Bentuk apa yang ada?", "lemari.png", "yes", ""),
            ("select_one_from_file obat.csv", "obat", "Obat yang mana?", "", "yes", "bentuk = ${bentuk}"),
            ("text", "simpan", "Disimpan di mana?", "", "", ""),
            ("end_group", "", "", "", "", ""),
        ],
        "choices": [
            ("list_name", "name", "label", "media::image"),
            ("bentuk", "tablet", "Tablet", "tablet.png"),
            ("bentuk", "sirup", "Sirup", ""),
        ],
        "settings": [("form_title", "form_id", "version"), (title, title.lower().replace(" ", "_"), "1")],
    }


def as_workbook(sheets: Sheets) -> bytes:
    """The .xlsx."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def as_text(sheets: Sheets) -> bytes:
    """The .md."""
    parts = [f"# {TITLE}"]
    for name, (head, *rows) in sheets.items():
        lines = (head, ["---"] * len(head), *rows)
        parts.append(f"## {name}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines))
    return ("\n\n".join(parts) + "\n").encode()
