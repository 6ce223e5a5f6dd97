"""The words of the page on which a form is filled (frontend/js/fill), by the key its script knows them by."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "acknowledge": _("Ya, sudah dibaca dan dipahami"),
        "acknowledged": _("sudah dipahami"),
        "addOne": _("Tambah: {label}"),
        "again": _("Coba lagi"),
        "allSaved": _("Semua jawaban tersimpan"),
        "answerOther": _("{by}, {at}"),
        "answered": _("{n} dari {m} terjawab"),
        "away": _("jaringan terputus"),
        "back": _("Sebelumnya"),
        "blank": _("(kosong)"),
        "calendar": _("Buka kalender"),
        "cancel": _("Batal"),
        "cannotOpen": _(
            "Formulir tidak dapat dibuka di peramban ini. Muat ulang halaman; bila tetap begini, pakai peramban"
            " yang lebih baru atau ODK Collect."
        ),
        "choose": _("— pilih —"),
        "chooseFile": _("Pilih berkas"),
        "choosePicture": _("Unggah gambar"),
        "clear": _("Kosongkan jawaban"),
        "closed": _("tertutup bagi Anda"),
        "closedTo": _("Bagian ini hanya dibaca {who}. Jawabannya tidak ditampilkan di sini."),
        "day": _("Tanggal"),
        "dayPattern": _("hh/bb/tttt"),
        "difference": _("Dua orang mengisi jawaban yang berbeda"),
        "differenceBefore": _("Sebelumnya"),
        "differences": _("{n} perlu diputuskan"),
        "down": _("Turunkan {label}"),
        "drawHere": _("Bidang menggambar. Gambar dengan jari, pena, atau tetikus."),
        "ended": _(
            "Sesi Anda berakhir. Jangan tutup halaman ini: masuk lagi di tab lain, lalu tekan Coba lagi. Belum"
            " tersimpan: {n} jawaban."
        ),
        "error": _("Kesalahan:"),
        "fileRefused": _("Berkas ini tidak dapat disimpan."),
        "fileTooLarge": _("Berkas lebih besar dari {n} MB. Perkecil dahulu."),
        "filledBy": _("Diisi oleh {who}"),
        "find": _("Cari dalam daftar"),
        "found": _("{n} pilihan ditemukan"),
        "hour": _("Pukul"),
        "hourPattern": _("jj.mm"),
        "instance": _("{label} {n}"),
        "justTyped": _("Baru diisi {by}, {at}"),
        "language": _("Bahasa formulir"),
        "latitude": _("Lintang"),
        "longitude": _("Bujur"),
        "missing": _("{n} jawaban perlu diperiksa"),
        "missingDay": _("Isi tanggalnya juga."),
        "missingHour": _("Isi pukulnya juga."),
        "needed": _("Pertanyaan ini wajib dijawab."),
        "next": _("Berikutnya: {label}"),
        "noPlace": _("Lokasi tidak didapat. Coba di tempat terbuka, atau ketik koordinatnya."),
        "noneYet": _("Belum ada isian."),
        "notAllowed": _("Jawaban ini tidak sesuai dengan aturan formulir."),
        "notKept": _("Percobaan: tidak ada yang disimpan"),
        "notRanked": _("Belum diurutkan. Pindahkan dengan panah, atau nyatakan urutan ini sudah tepat."),
        "notWritable": _("Bagian ini tidak dapat Anda ubah."),
        "notYet": _("Belum tersimpan…"),
        "notYours": _("Bagian ini diisi oleh {who}. Anda dapat membacanya."),
        "opening": _("Membuka formulir…"),
        "orderIsRight": _("Urutan ini sudah tepat"),
        "pictureOf": _("Gambar: {label}"),
        "place": _("{latitude}; {longitude}"),
        "placeDenied": _("Izin lokasi ditolak. Izinkan lokasi di peramban, atau ketik koordinatnya."),
        "placeWithin": _("{latitude}; {longitude} (ketelitian {n} m)"),
        "provisional": _("Nilai sementara; yang berlaku adalah hitungan server."),
        "questions": _("Pertanyaan"),
        "readOnly": _("hanya dibaca"),
        "removeFile": _("Hapus"),
        "removeOne": _("Hapus isian ini"),
        "removeSure": _("Hapus isian ini?"),
        "removeYes": _("Ya, hapus"),
        "removed": _("Isian dihapus."),
        "replaceFile": _("Ganti"),
        "required": _("(wajib)"),
        "saved": _("Tersimpan {time}"),
        "saving": _("Menyimpan…"),
        "sectionOf": _("Bagian {n} dari {m}"),
        "sections": _("Bagian formulir"),
        "seeking": _("Mencari lokasi…"),
        "sendingFile": _("Mengunggah…"),
        "signHere": _("Bidang tanda tangan. Tanda tangani dengan jari, pena, atau tetikus."),
        "takePhoto": _("Ambil atau pilih foto"),
        "takePlace": _("Ambil lokasi sekarang"),
        "takeAnswer": _("Pakai jawaban {by}"),
        "tooLarge": _("Angka ini terlalu besar untuk pertanyaan ini."),
        "typePlace": _("Ketik koordinat"),
        "typedBy": _("Sudah diisi oleh {who}"),
        "unanswered": _("belum dijawab"),
        "undo": _("Urungkan goresan"),
        "undoRemove": _("Urungkan"),
        "unsaved": _("Belum tersimpan: {n} jawaban — {why}"),
        "unsupported": _("Pertanyaan ini hanya dapat diisi di ODK Collect."),
        "up": _("Naikkan {label}"),
        "wipe": _("Hapus gambar"),
        "wrongDay": _("Tulis sebagai hari/bulan/tahun, misalnya 31/12/2026."),
        "wrongDecimal": _("Tulis angka, misalnya 36,5."),
        "wrongHour": _("Tulis dari 00.00 sampai 23.59, misalnya 09.05."),
        "wrongInteger": _("Tulis angka bulat, misalnya 12."),
        "wrongPlace": _("Lintang dari -90 sampai 90, bujur dari -180 sampai 180, misalnya -6,2 dan 106,8."),
        "you": _("Anda"),
    }
)


def words_of_filling() -> dict[str, str]:
    """In the language of the reader."""
    return {key: str(words) for key, words in WORDS.items()}
