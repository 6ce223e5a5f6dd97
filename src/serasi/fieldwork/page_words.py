"""The words of the page for work without signal (frontend/js/field), by the key its script knows them by."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from serasi.assessments.filling_words import words_of_filling

WORDS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "address": _("Alamat"),
        "again": _("Coba lagi"),
        "age": _("Umur"),
        "agreed": _("Yang disepakati"),
        "asOf": _("Data per {at}"),
        "asking": _("Menghubungi server…"),
        "awayWhy": _("Belum ada sinyal, atau server tidak menjawab. Dicoba {n} kali, terakhir {at}."),
        "back": _("Kembali"),
        "brand": _("Serasi Lapangan"),
        "cannot": _("Peramban ini tidak dapat bekerja tanpa sinyal"),
        "clients": _("Orang"),
        "cluster": _("Klaster"),
        "delivered": _("Sudah terkirim"),
        "draftGone": _("Draf ini tidak ada lagi"),
        "draftGoneWhat": _("Mungkin sudah diselesaikan atau dibuang di tab lain. Lihat Kiriman."),
        "drafts": _("Draf di ponsel ini"),
        "draftsHere": _("Draf di ponsel ini ({n})"),
        "drop": _("Buang"),
        "dropDraft": _("Yang sudah diisi akan hilang dan tidak dapat dikembalikan. Buang draf ini?"),
        "dropEntry": _("Isian ini belum diterima server. Bila dibuang, isinya hilang. Buang?"),
        "dropYes": _("Ya, buang"),
        "dueToday": _("hari ini"),
        "empty": _("Kosongkan ponsel ini"),
        "emptySure": _(
            "Data orang, catatan, formulir dan draf dihapus dari ponsel ini. Yang menunggu dikirim tetap"
            " tersegel sampai"
            " terkirim. Lanjutkan?"
        ),
        "emptyYes": _("Ya, kosongkan"),
        "export": _("Simpan sebagai berkas"),
        "failed": _("Perlu perhatian ({n})"),
        "fetching": _("Mengambil data terbaru…"),
        "fillForms": _("Isi formulir"),
        "fillIn": _("“{label}” belum diisi."),
        "fillIt": _("Isi"),
        "finish": _("Selesai, kirim"),
        "firstSignal": _("Untuk pertama kali, halaman ini memerlukan sinyal. Coba lagi setelah tersambung."),
        "forgot": _("Lupa PIN"),
        "formMissing": _(
            "Formulir ini belum ada di ponsel. Buka halaman ini sekali lagi saat ada sinyal; draf Anda tetap tersimpan."
        ),
        "forms": _("Formulir"),
        "formsOfClients": _("Formulir tentang seseorang dimulai dari halaman orangnya."),
        "found": _("{n} dari {m} orang"),
        "full": _(
            "Penyimpanan ponsel penuh. Yang Anda ketik masih ada di layar ini tetapi belum tersimpan: hapus foto atau"
            " aplikasi lain, lalu tekan Coba lagi. Jangan tutup halaman ini."
        ),
        "goOn": _("Lanjutkan"),
        "honest": _(
            "PIN mengunci data di ponsel ini terhadap orang yang sekadar memegangnya. Terhadap orang yang menyalin isi"
            " ponsel, pelindungnya adalah kunci layar ponsel: nyalakan."
        ),
        "inOtherTab": _("Draf ini sedang terbuka di tab lain. Tutup tab itu, lalu buka lagi dari sini."),
        "install": _("Pasang di layar utama"),
        "installHint": _(
            "Agar data tidak dihapus peramban dan halaman ini mudah dibuka: menu peramban, lalu “Tambahkan ke layar"
            " utama”."
        ),
        "isDue": _("Yang perlu dikerjakan"),
        "keepIt": _("Minta penyimpanan tetap"),
        "kept": _("Penyimpanan tetap"),
        "keptHere": _("Tersimpan dan tersegel di ponsel ini. Terkirim sendiri begitu ada sinyal."),
        "keptNo": _("Belum: bila memori ponsel sesak, peramban dapat menghapus data ini"),
        "keptYes": _("Ya"),
        "kinds": _("Jenis PPKS"),
        "lastNotes": _("Catatan terakhir"),
        "lastScores": _("Skor terakhir"),
        "lock": _("Kunci"),
        "lookThere": _("Lihat di Serasi dan betulkan"),
        "manager": _("Manajer kasus"),
        "newPin": _("PIN baru, {n} angka"),
        "newPinHint": _("Jangan tanggal lahir, jangan angka berurutan."),
        "nextDate": _("Tanggal berikutnya"),
        "noDay": _("tanpa tanggal"),
        "noDrafts": _("Tidak ada draf."),
        "noForms": _("Tidak ada formulir yang cocok."),
        "noNotes": _("Belum ada catatan yang boleh dibawa."),
        "noPocket": _("Data orang belum diambil. Sambungkan ke jaringan sebentar."),
        "noRoom": _(
            "Penyimpanan ponsel penuh: tidak ada tempat untuk yang baru. Hapus foto atau aplikasi lain, lalu coba lagi."
        ),
        "noScores": _("Belum ada skor yang boleh dibawa."),
        "noSignal": _("tidak ada sinyal"),
        "noStanding": _("Tidak ada formulir di luar kasus"),
        "noStandingWhat": _("Survei dan pendaftaran orang baru muncul di sini bila Anda bertugas untuk itu."),
        "noneFound": _("Tidak ada orang dengan kata itu."),
        "notHere": _("Tidak ada di ponsel ini"),
        "notHereWhat": _("Orang ini tidak (lagi) ada dalam daftar yang dibawa."),
        "notTried": _("Menunggu dikirim."),
        "nothingDelivered": _("Belum ada yang terkirim."),
        "nothingDue": _("Tidak ada yang jatuh tempo dalam tujuh hari"),
        "nothingDueWhat": _("Semua orang ada di Orang."),
        "nothingWaits": _("Tidak ada yang menunggu."),
        "nowhere": _("Tempat belum tercatat"),
        "old": _("Ada isian yang lebih dari sehari belum terkirim"),
        "oldWhat": _("Cari tempat bersinyal dan buka Kiriman, atau hubungi unit Anda."),
        "olderThanADay": _("lebih dari sehari"),
        "onlySome": _("Ponsel ini membawa {n} dari {m} orang: yang paling dekat tanggalnya."),
        "open": _("Buka"),
        "otherForms": _("Formulir lain"),
        "outcome_held": _("ditolak, menunggu Anda"),
        "outcome_taken": _("diterima"),
        "outcome_waiting": _("diterima, menunggu kepala unit"),
        "overdue": _("lewat, {day}"),
        "phone": _("Ponsel"),
        "pin": _("PIN"),
        "pinAgain": _("Ulangi PIN"),
        "pinDiffers": _("Kedua PIN tidak sama."),
        "pinEasy": _("PIN ini terlalu mudah ditebak."),
        "pinShape": _("PIN terdiri dari {n} angka."),
        "places": _("Bagian"),
        "prepare": _("Siapkan ponsel ini"),
        "prepareDo": _("Siapkan"),
        "queue": _("Kiriman"),
        "queueLead": _("Yang ada di ponsel ini, yang menunggu, dan yang sudah sampai."),
        "ready": _("siap tanpa sinyal"),
        "refusedWhy": _("Ditolak server: {why}"),
        "retry": _("Coba lagi"),
        "searchClients": _("Cari nama, nomor, desa, atau jenis"),
        "sendNow": _("Kirim sekarang"),
        "sex": _("Jenis kelamin"),
        "signIn": _("Masuk"),
        "signInFirst": _("Masuk dahulu ke Serasi; sesudah itu halaman ini bekerja tanpa sinyal dan tanpa masuk lagi."),
        "someFailed": _("{n} isian ditolak server. Buka Kiriman untuk melihat sebabnya."),
        "someoneElse": _("Siapkan untuk orang lain"),
        "stale": _(
            "Sudah tujuh hari tanpa hubungan dengan server: data orang dihapus dari ponsel ini. Sambungkan ke jaringan"
            " untuk mengambilnya lagi. Draf dan kiriman tetap ada."
        ),
        "standing": _("Di luar kasus"),
        "startsAnew": _(
            "Ponsel ini pernah disiapkan untuk Anda. Dengan PIN baru, data orang dan draf lama di ponsel ini"
            " hilang; yang"
            " menunggu dikirim tetap dikirim."
        ),
        "strangerWhy": _("Server tidak mengenal ponsel ini lagi. Siapkan lagi dengan “Lupa PIN”; kiriman tetap ada."),
        "thisPhone": _("Ponsel ini"),
        "toSite": _("Ke Serasi (perlu sinyal)"),
        "today": _("Hari ini"),
        "todayLead": _("Kunjungan dan tugas sampai tujuh hari ke depan, menurut tempat."),
        "trouble": _("Ada yang tidak beres di ponsel ini. Coba lagi."),
        "typedAt": _("terakhir diisi {at}"),
        "unlock": _("Buka dengan PIN"),
        "unsupported": _("Pakai Chrome, Edge, atau Firefox yang terbaru, atau ODK Collect."),
        "usage": _("Terpakai"),
        "usageOf": _("{n} dari {m}"),
        "waiting": _("Menunggu dikirim ({n})"),
        "why_closed": _(
            "Perangkat ini sudah diakhiri, atau penugasan Anda berakhir: data orang dan draf dihapus dari"
            " ponsel ini."
            " Kiriman yang tersegel tetap dikirim."
        ),
        "why_emptied": _("Ponsel ini sudah dikosongkan."),
        "why_forgot": _("PIN tidak dapat dikembalikan. Buat PIN baru; ini memerlukan sinyal."),
        "why_idle": _("Dikunci karena tidak disentuh."),
        "why_signedOut": _("Dikunci karena Anda keluar dari Serasi."),
        "why_wiped": _(
            "Kunci ponsel ini sudah dibuang, dan dengan itu data orang dan draf. Yang tersegel tetap dikirim."
            " Buat PIN baru."
        ),
        "wrongPin": _("PIN salah. Sisa {n} percobaan; sesudah itu data di ponsel ini dibuang."),
    }
)
OF_FILLING: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "allSaved": _("Semua jawaban tersimpan di ponsel ini"),
        "saved": _("Tersimpan di ponsel ini {time}"),
        "sendingFile": _("Menyimpan di ponsel…"),
        "takePhoto": _("Ambil atau pilih foto"),
    }
)
"""What the filling of a form says otherwise than on line."""


def words_of_field() -> dict[str, Any]:
    """In the language of the reader; those of filling a form among them."""
    fill = words_of_filling() | {key: str(words) for key, words in OF_FILLING.items()}
    return {key: str(words) for key, words in WORDS.items()} | {"fill": fill}
