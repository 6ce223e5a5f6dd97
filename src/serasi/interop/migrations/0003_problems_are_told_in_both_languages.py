"""What is wrong with a row, and why it is like someone, is kept as sentence and values; finished texts are taken apart.

A text that is none of these sentences stays as it is and is shown so.
"""

import re

from django.db import migrations

from serasi.access.models import SYSTEM_ID

SENTENCES = (
    "Sama dengan baris %(number)d.",
    "NIK ini juga ada di baris %(number)d.",
    "Isinya %(length)d huruf; paling banyak %(limit)d.",
    "%(name)s sudah dibulatkan oleh lembar kerja sehingga angka terakhirnya hilang. Ubah format kolom menjadi Teks, lalu"
    " ketik atau salin ulang nomornya dari KTP, KK, atau berkas asal.",
    "%(name)s tidak mungkin berakhir 0000. Bila disalin dari lembar kerja, nomornya mungkin dibulatkan: ubah format"
    " kolom menjadi Teks dan salin ulang.",
    "%(name)s hanya boleh berisi angka 0–9.",
    "%(name)s harus 16 angka; yang tertulis %(count)d angka.",
    "Menurut NIK jenis kelaminnya %(nik)s, pada formulir %(form)s. Periksa KTP atau KK.",
    "Tanggal lahir di dalam NIK %(nik)s, pada formulir %(form)s. Keduanya bisa benar: NIK tidak diganti ketika tanggal"
    " lahir diperbaiki. Periksa KTP atau KK.",
    "Kode wilayah %(code)s pada %(name)s tidak dikenal. Bisa jadi kode lama sebelum pemekaran.",
    "%(kind)s umumnya berumur %(years)d tahun ke atas; orang ini %(age)d tahun. Periksa umur atau jenisnya.",
    "%(kind)s umumnya berumur paling tinggi %(years)d tahun; orang ini %(age)d tahun. Periksa umur atau jenisnya.",
    "%(kind)s umumnya untuk %(sex)s. Periksa jenis kelamin atau jenisnya.",
    "%(name)s sama atau sama bunyinya",
    "%(name)s mirip",
    "kata “%(one)s” sama",
    "“%(one)s” dan “%(other)s” sama setelah ejaan lama disamakan",
    "“%(one)s” dan “%(other)s” sama bunyinya",
    "“%(one)s” dan “%(other)s” cocok huruf awalnya",
    "“%(one)s” mirip “%(other)s”",
)
OF_TWO = {
    "Enam angka pertama NIK bukan kode wilayah. Periksa kembali pada KTP atau KK.",
    "Tanggal lahir di dalam NIK tidak ada di kalender. Periksa angka ke-7 sampai ke-12.",
    "Tanggal tidak dikenali. Tulis seperti 31/12/1990.",
    "Bulan tampaknya ditulis sebelum tanggal. Tulis tanggal, bulan, lalu tahun.",
    "Delapan angka ini dapat dibaca dengan dua cara. Tulis seperti 31/12/1990.",
}
YEAR_ONLY = "Hanya tahunnya yang dicatat."


def _pattern(source):
    parts = re.split(r"%\((\w+)\)([sd])", source)
    texts = [re.escape(text) for text in parts[::3]]
    holes = [f"(?P<{name}>{r'[0-9]+' if kind == 'd' else '.+'})" for name, kind in zip(parts[1::3], parts[2::3])]
    return re.compile("".join(text + hole for text, hole in zip(texts, [*holes, ""])))


PATTERNS = [(source, _pattern(source)) for source in SENTENCES]


def _value(source, name, text):
    if f"%({name})d" in source:
        return int(text)
    is_sentence = name in {"name", "kind", "sex"} or text in {"laki-laki", "perempuan"}
    return [text, None] if is_sentence else text


def taken_apart(text):
    for source, pattern in PATTERNS:
        if found := pattern.fullmatch(text):
            return [source, {name: _value(source, name, value) for name, value in found.groupdict().items()}]
    return text


def told(written):
    if isinstance(written, str):
        return written
    source, values = written
    if values is None:
        return source
    return source % {name: told(value) if isinstance(value, list) else value for name, value in values.items()}


def apart(problem):
    column, what, fix, is_error = problem
    whole = f"{what} {fix}"
    if is_error and (whole in OF_TWO or not isinstance(taken_apart(whole), str)):
        what, fix = whole, ""
    elif not fix and what.endswith(f" {YEAR_ONLY}"):
        what, fix = what.removesuffix(f" {YEAR_ONLY}"), YEAR_ONLY
    return [column, taken_apart(what), taken_apart(fix), is_error]


def together(problem):
    column, what, fix, is_error = problem
    what, fix = told(what), told(fix)
    if is_error:
        first, dot, rest = what.partition(". ")
        what, fix = (first + ".", rest) if dot and rest else (what, fix)
    elif fix == YEAR_ONLY:
        what, fix = f"{what} {fix}", ""
    return [column, what, fix, is_error]


def _rewritten(change, of_reasons):
    def rewrite(apps, editor):
        with editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('serasi.actor', %s, true), set_config('serasi.scope', 'system', true),"
                " set_config('serasi.operation', 'interop.roster.retell', true)",
                [str(SYSTEM_ID)],
            )
        Row = apps.get_model("interop", "RosterRow")
        for rows in _chunks(Row.objects.exclude(problems=[], matches=[]).only("problems", "matches").iterator(500)):
            for row in rows:
                row.problems = [change(problem) for problem in row.problems]
                row.matches = [match | {"reasons": list(map(of_reasons, match["reasons"]))} for match in row.matches]
            Row.objects.bulk_update(rows, ["problems", "matches"])

    return rewrite


def _chunks(rows, size=500):
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class Migration(migrations.Migration):
    dependencies = [("interop", "0002_file_is_sealed")]

    operations = [migrations.RunPython(_rewritten(apart, taken_apart), _rewritten(together, told))]
