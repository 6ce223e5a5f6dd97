# ruff: noqa: E501  (one row of the list, one line)
"""A list as a unit really holds it: 500 rows, printed for people and not for programs, and what each must come to.

Rows 1 to 6 are a title, an empty row, a heading in two rows with one merged over four columns, and column numbers.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from serasi.interop.tests.factories import Formula, nik, workbook

HEADING: Final = 4
FIRST: Final = 7
ROWS: Final = 500
TOP: Final[list[list[Any]]] = [
    ["DAFTAR PENERIMA MANFAAT PANTI CONTOH"],
    ["Keadaan per 31 Oktober 2026"],
    [],
    ["No.", "N A M A  Lengkap", "NIK / KTP", "NO. KK", "SHDK", "Jns. Kelamin", "Tgl. Lahir", "USIA (th)", "ALAMAT", "", "", "", "JENIS PMKS", "No.HP", "Ket."],
    ["", "", "", "", "", "", "", "", "Jalan", "RT/RW", "Desa/Kel.", "Kab/Kota", "", "", ""],
    [*range(1, 16)],
]  # fmt: skip
NAMES_A: Final = "Ahmad Bagus Cahyo Darman Endang Fitri Gunawan Hartini Irfan Jumadi Kasmi Lukman Mulyani Nanang Oktavia Parman Qomar Ratna Sutinah Tukiman".split()  # noqa: SIM905
NAMES_B: Final = "Wijaya Prasetyo Simanjuntak Hutagalung Lestari Mahendra Nasution Pamungkas Ramadhani Situmorang Tanjung Utami Widodo Yulianto Zulkarnain Baskoro Firmansyah Gultom Hidayat Iskandar Kurniawan Latuconsina".split()  # noqa: SIM905


@dataclass(frozen=True)
class Line:
    """One row of the list, and what must become of it."""

    name: Any = ""
    nik: Any = ""
    kk: Any = ""
    relation: Any = ""
    sex: Any = ""
    born: Any = ""
    age: Any = ""
    street: Any = ""
    rt_rw: Any = ""
    village: Any = ""
    regency: Any = ""
    kind: Any = ""
    phone: Any = ""
    note: Any = ""
    number: Any = None
    outcome: str = "new"
    problems: tuple[tuple[str, str, str, bool], ...] = ()
    facts: dict[str, Any] | None = None

    def cells(self, at: int) -> list[Any]:
        number = at if self.number is None else self.number
        return [number, self.name, self.nik, self.kk, self.relation, self.sex, self.born, self.age, self.street, self.rt_rw, self.village, self.regency, self.kind, self.phone, self.note]  # fmt: skip


ROUNDED: Final = (
    "NIK sudah dibulatkan oleh lembar kerja sehingga angka terakhirnya hilang.",
    "Ubah format kolom menjadi Teks, lalu ketik atau salin ulang nomornya dari KTP, KK, atau berkas asal.",
)
WRITE_DAY: Final = "Tulis hari, bulan, lalu tahun, seperti 31/12/1990."
YEAR_ONLY: Final = ("Tgl. Lahir", "Hanya tahun yang tertulis.", "Hanya tahunnya yang dicatat.", False)


def wrong(column: str, what: str, fix: str) -> tuple[tuple[str, str, str, bool], ...]:
    return ((column, what, fix, True),)


def told(column: str, what: str) -> tuple[tuple[str, str, str, bool], ...]:
    return ((column, what, "", False),)


KK: Final = "3578090102100001"
SPECIAL: Final = [
    # Numbers
    Line("Slamet Riyadi", nik(1), sex="L", born=date(1980, 6, 15), kind="Lanjut usia telantar", facts={"nik": nik(1), "birth_date": date(1980, 6, 15), "sex": "L", "kinds": ["lanjut_usia_telantar"]}, problems=told("JENIS PMKS", "Lanjut usia telantar umumnya berumur 60 tahun ke atas; orang ini 46 tahun. Periksa umur atau jenisnya.")),
    Line("SUMINAH BINTI KASAN", 3578095506450002, sex="PR", born="15/06/1945", kind="LUT", facts={"nik": "3578095506450002", "birth_date": date(1945, 6, 15), "sex": "P", "kinds": ["lanjut_usia_telantar"]}),
    Line("Karto Wiryo", 3578091506800000, sex="L", born="15-06-1980", outcome="faulty", problems=wrong("NIK / KTP", *ROUNDED)),
    Line("Tarmi Yanti", "3.578095e15", sex="P", born="15.06.80", outcome="faulty", problems=wrong("NIK / KTP", *ROUNDED)),
    Line("Rubinem Asih", "35.7809.550645.0003", sex="Perempuan", born="15 Juni 1945", kind="8", facts={"nik": "3578095506450003", "birth_date": date(1945, 6, 15), "kinds": ["lanjut_usia_telantar"]}),
    Line("Paimin Joyo", "'3578091506800004", sex="lk", born="1980-06-15", kind="PMKS 11", facts={"nik": "3578091506800004", "birth_date": date(1980, 6, 15), "kinds": ["gelandangan"]}),
    Line("Sukarti Ningrum", "357809150680", sex="P", born="29388", outcome="faulty", problems=wrong("NIK / KTP", "NIK harus 16 angka; yang tertulis 12 angka.", "Salin ulang NIK dari KTP atau KK.")),
    Line("Rumus Gagal", Formula("=VLOOKUP(1,A1:A2,1)", "#N/A"), sex="P", born="1973", outcome="faulty", problems=(*wrong("NIK / KTP", "Rumus di sel ini gagal.", "Ganti rumus dengan nilainya."), YEAR_ONLY)),
    Line("Kartu Pendek", "", "12345", "Anak", "L", "15/08/2010", outcome="faulty", problems=wrong("NO. KK", "Nomor KK harus 16 angka; yang tertulis 5 angka.", "Salin ulang nomor KK dari KK.")),
    Line("Nomor Kembar", nik(12), nik(12), "Anak", "L", "15/06/1980", outcome="faulty", problems=wrong("NIK / KTP", "NIK sama dengan nomor KK.", "Salin ulang keduanya dari KK.")),
    Line("Jaka Berbeda", nik(13, sex="P"), sex="L", born="15/06/1980", problems=told("NIK / KTP", "Menurut NIK jenis kelaminnya perempuan, pada formulir laki-laki. Periksa KTP atau KK."), facts={"sex": "L"}),
    Line("Tanggal Lainnya", nik(14), sex="L", born="16/06/1980", problems=told("NIK / KTP", "Tanggal lahir di dalam NIK 15/06/80, pada formulir 16/06/1980. Keduanya bisa benar: NIK tidak diganti ketika tanggal lahir diperbaiki. Periksa KTP atau KK."), facts={"birth_date": date(1980, 6, 16)}),
    Line("Murni Kosongan", nik(15, sex="P"), problems=(*told("NIK / KTP", "Tanggal lahir diambil dari NIK karena kolomnya kosong."), *told("NIK / KTP", "Jenis kelamin diambil dari NIK karena kolomnya kosong.")), facts={"birth_date": date(1980, 6, 15), "sex": "P"}),
    Line("Slamet Ryadi", nik(1), sex="L", born=date(1980, 6, 15), outcome="faulty", problems=wrong("NIK / KTP", "NIK ini juga ada di baris 7.", "Satu orang satu baris: hapus salah satu, atau perbaiki NIK-nya.")),
    Line("SLAMET  RIYADI", nik(1), sex="L", born=date(1980, 6, 15), kind="lanjut usia telantar", outcome="skipped", problems=told("", "Sama dengan baris 7.")),
    # Days
    Line("Wakidi Santosa", nik(5, day=31, month=1), sex="L", born="31/02/1980", outcome="faulty", problems=wrong("Tgl. Lahir", "Tanggal ini tidak ada di kalender.", WRITE_DAY)),
    Line("Rasmini Sulastri", sex="P", born="06/25/1950", outcome="faulty", problems=wrong("Tgl. Lahir", "Bulan tampaknya ditulis sebelum tanggal.", "Tulis tanggal, bulan, lalu tahun.")),
    Line("Sumarni Kabisat", sex="P", born="30 Februari 1950", outcome="faulty", problems=wrong("Tgl. Lahir", "Tanggal ini tidak ada di kalender.", WRITE_DAY)),
    Line("Kuncoro Terbalik", sex="L", born="1950-13-45", outcome="faulty", problems=wrong("Tgl. Lahir", "Tanggal ini tidak ada di kalender.", WRITE_DAY)),
    Line("Harjo Utomo", sex="L", born="1950", problems=(YEAR_ONLY,), facts={"birth_date": None, "birth_year_from": 1950, "birth_year_to": 1950}),
    Line("Emak Wariyem", sex="P", born="00/00/1951", problems=(YEAR_ONLY,), facts={"birth_date": None, "birth_year_from": 1951, "birth_year_to": 1951}),
    Line("Kasiyem Legi", sex="P", born="Mei 1955", problems=(("Tgl. Lahir", "Hanya bulan dan tahun yang tertulis.", "Hanya tahunnya yang dicatat.", False),), facts={"birth_date": None, "birth_year_from": 1955}),
    Line("Tukijo Pahing", sex="L", born="17 Agst 1945", facts={"birth_date": date(1945, 8, 17)}),
    Line("Legiman Dua", sex="L", born="1-2-45", facts={"birth_date": date(1945, 2, 1)}),
    Line("Delima Delapan", sex="P", born="01021947", facts={"birth_date": date(1947, 2, 1)}),
    Line("Mbah Gondrong", sex="L", born="1950-01-02 00:00:00", facts={"birth_date": date(1950, 1, 2)}),
    Line("Serial Excelwati", sex="P", born=18000, facts={"birth_date": date(1949, 4, 12)}),
    Line("Senin Legawa", sex="L", born="Senin, 2 Januari 1950", facts={"birth_date": date(1950, 1, 2)}),
    Line("Gito Rollies", sex="L", born="-", age="-", facts={"birth_date": None, "birth_year_from": None}),
    Line("Entah Kapan", sex="L", born="entah", outcome="faulty", problems=wrong("Tgl. Lahir", "Tanggal tidak dikenali.", "Tulis seperti 31/12/1990.")),
    Line("Rini Esok", sex="P", born="1/1/2030", outcome="faulty", problems=wrong("Tgl. Lahir", "Tanggal lahir belum terjadi.", "Periksa tahunnya.")),
    Line("Sarinah Sepuh", sex="P", born="01/01/1890", outcome="faulty", problems=wrong("Tgl. Lahir", "Menurut tanggal ini umurnya lebih dari 120 tahun.", "Periksa tahunnya.")),
    Line("Ponirah Wage", sex="P", age="± 70 th", facts={"birth_date": None, "birth_year_from": 1955, "birth_year_to": 1956}),
    Line("Markonah Angka", sex="P", age=45.0, facts={"birth_year_from": 1980, "birth_year_to": 1981}),
    Line("Bayi Mawar", sex="P", age="3 bln", kind="ABT", facts={"kinds": ["anak_balita_telantar"], "birth_year_from": 2025, "birth_year_to": 2026}),
    Line("Usia Berlebih", sex="L", age="150", outcome="faulty", problems=wrong("USIA (th)", "Umur tidak dikenali.", "Tulis umur dalam tahun, misalnya 45.")),
    # Kinds
    Line("Tohari Jalanan", sex="L", born="15/07/1960", kind="Gelandangan; Pengemis", facts={"kinds": ["gelandangan", "pengemis"]}),
    Line("Bermakna Ganda", sex="L", born="15/07/1961", kind="PM", outcome="faulty", problems=wrong("JENIS PMKS", "Kode ini bermakna lebih dari satu jenis.", "Tulis salah satu: “Pemulung”, “Pekerja migran bermasalah sosial”.")),
    Line("Olahragawati", sex="P", born="15/07/1962", kind="Pemain bola", outcome="faulty", problems=wrong("JENIS PMKS", "Jenis PPKS tidak dikenal.", "Pilih dari lembar “Kode” pada templat, misalnya “Lanjut usia telantar”.")),
    # Words
    Line("Kelaminda", sex="banci", born="15/07/1963", outcome="faulty", problems=wrong("Jns. Kelamin", "Jenis kelamin tidak dikenali.", "Tulis L atau P.")),
    Line("Siti 🌸 Aminah", sex="P", born="15/07/1964", facts={"full_name": "Siti 🌸 Aminah"}),
    Line("🌸🌸", sex="P", born="15/07/1965", outcome="faulty", problems=wrong("N A M A Lengkap", "Nama tidak memuat huruf.", "Periksa apakah kolomnya bergeser.")),
    Line("Nuldi\x00 Bytanto", sex="L", born="15/07/1966", facts={"full_name": "Nuldi Bytanto"}),
    Line("Panjang " + "a" * 150, sex="L", born="15/07/1967", outcome="faulty", problems=wrong("N A M A Lengkap", "Isinya 158 huruf; paling banyak 150.", "Ringkas isinya.")),
    Line("", nik(7), sex="L", born="15/06/1980", outcome="faulty", problems=wrong("N A M A Lengkap", "Nama belum diisi.", "Isi nama lengkap, atau nama panggilan bila hanya itu.")),
    Line("12345", sex="L", born="15/07/1968", outcome="faulty", problems=wrong("N A M A Lengkap", "Nama tidak memuat huruf.", "Periksa apakah kolomnya bergeser.")),
    Line("=HYPERLINK(\"http://contoh\")", sex="L", born="15/07/1969", facts={"full_name": "=HYPERLINK(\"http://contoh\")"}),
    Line(Formula('=UPPER("marsinah wulan")', "MARSINAH WULAN"), sex="P", born="15/07/1970", facts={"full_name": "MARSINAH WULAN"}),
    Line("Tertukar 1234567", sex="P", born="15/07/1971", problems=(("N A M A Lengkap", "Nama memuat angka.", "Periksa apakah kolomnya bergeser.", False),)),
    # Families and places
    Line("Keluarga Pertama", nik(10, day=1, month=2, year=1975), KK, "Kepala Keluarga", "L", date(1975, 2, 1), street="Jl. Mawar 5", rt_rw="01/02", village="Keputih", regency="Kota Surabaya", phone="0812 3456 7890", facts={"phone": "+6281234567890", "relation": "kepala_keluarga", "place": ("35.78", "Jl. Mawar 5", "001", "002")}),
    Line("Isteri Keduanya", nik(11, day=3, month=4, year=1979, sex="P"), KK, "isteri", "P", "3 April 1979", street="Jl. Mawar 5", rt_rw="1 / 2", regency="Surabaya", phone="081234567891/08123", facts={"phone": "+6281234567891", "relation": "istri", "place": ("35.78", "Jl. Mawar 5", "001", "002")}),
    Line("Alamat Antah", sex="L", born="15/07/1972", street="Dsn Krajan", rt_rw="12345/2", regency="Negeri Dongeng", problems=told("RT", "RT atau RW tidak dikenali; ditulis di alamat."), facts={"place": (None, "Dsn Krajan, RT 12345, Negeri Dongeng", "", "002")}),
    Line("Telepon Pendek", sex="L", born="15/07/1973", phone="123", problems=told("No.HP", "Nomor telepon tidak dikenali dan tidak dicatat."), facts={"phone": ""}),
    # Not people
    Line(street="lanjutan baris di atas", number="", outcome="skipped", problems=told("", "Tidak memuat nama atau nomor seseorang.")),
    Line("Jumlah", number="", age=345, outcome="skipped", problems=told("", "Baris jumlah, bukan orang.")),
    Line("N A M A Lengkap", "NIK / KTP", "NO. KK", "SHDK", "Jns. Kelamin", "Tgl. Lahir", number="No.", outcome="skipped", problems=told("", "Judul kolom yang diulang.")),
    Line("CONTOH Siti", nik(9), outcome="skipped", problems=told("", "Baris contoh dari templat.")),
]  # fmt: skip


def plain(serial: int) -> Line:
    """Nobody special: every name of the list once, a NIK for most, a birthday of their own."""
    born = date(1941, 3, 2) + timedelta(days=37 * serial)
    name = f"{NAMES_A[serial % len(NAMES_A)]} {NAMES_B[serial % len(NAMES_B)]}"
    sex = "LP"[serial % 2]
    number = nik(1000 + serial, day=born.day, month=born.month, year=born.year, sex=sex)
    forms = (born, f"{born:%d/%m/%Y}", f"{born:%d-%m-%Y}", f"{born:%d.%m.%Y}", f"{born:%Y-%m-%d}")
    return Line(name, number, sex=sex, born=forms[serial % len(forms)], facts={"full_name": name, "nik": number, "birth_date": born})  # fmt: skip


def lines() -> dict[int, Line]:
    """The rows of the list by the number people see in their spreadsheet; an empty row after every fiftieth."""
    listed: dict[int, Line] = {}
    at = FIRST
    total = Line(number="JUMLAH", age=ROWS - 1, outcome="skipped", problems=told("", "Baris jumlah, bukan orang."))
    body = [*SPECIAL, *map(plain, range(ROWS - len(SPECIAL) - 1)), total]
    for count, line in enumerate(body, start=1):
        listed[at] = line
        at += 2 if count % 50 == 0 else 1
    return listed


def messy_file(listed: dict[int, Line]) -> bytes:
    rows: list[list[Any]] = [*TOP]
    for at in range(FIRST, max(listed) + 1):
        rows.append(listed[at].cells(at - FIRST + 1) if at in listed else [])
    return workbook(rows, across=[(HEADING, 8, 11, "ALAMAT")])
