"""What is written in the many short histories: by profile, in the words of the field, about nobody in particular.

A profile holds several ways to say each thing, so that two files seldom read alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from serasi.cases.enums import Aim

Said = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """How histories of one sort of life are told."""

    reported: Said
    biological: Said
    psychological: Said
    social: Said
    spiritual: Said
    strengths: Said
    goals: tuple[tuple[Aim, str, str, str], ...]
    services: tuple[tuple[str, str, str, int], ...]
    progress: Said
    voices: Said
    outcome: Said


SPIRITUAL: Final[Said] = (
    "Beribadah menurut keyakinannya, kadang perlu diingatkan.",
    "Rajin mengikuti kegiatan keagamaan dan merasa tenang sesudahnya.",
    "Jarang beribadah, tetapi ingin belajar lagi.",
    "Menyebut keyakinan sebagai sumber kekuatannya.",
)
TRACED: Final[Said] = (
    "Alamat yang disebut cocok dengan data kelurahan; ketua RT mengenal keluarganya.",
    "Nomor telepon lama masih aktif, diterima bibinya yang berjanji menyampaikan kabar.",
    "Kelurahan asal menemukan kakaknya; keluarga bersedia ditemui.",
    "Bersama pendamping setempat keluarga ditemukan pindah ke kampung sebelah.",
)
READY: Final[Said] = (
    "Keluarga menyiapkan kamar dan sepakat tentang siapa yang merawat.",
    "Yang bersangkutan mengerti rencananya dan ingin pulang; lingkungan menerima.",
    "Keluarga masih ragu soal biaya; bantuan permakanan diusulkan lebih dahulu.",
)
CONFERRED: Final[Said] = (
    "Tim sepakat melanjutkan layanan dengan pendekatan yang sama dan meninjau kembali dalam dua bulan.",
    "Disepakati keluarga dilibatkan sejak awal; setiap profesi melaporkan kemajuan tiap bulan.",
    "Tim menilai kebutuhan dasar terpenuhi; perhatian berikutnya pada peran sosial dan penghidupan.",
)
DECIDED: Final[Said] = (
    "Menghubungi keluarga di daerah asal",
    "Mengurus dokumen kependudukan ke Dukcapil",
    "Mendaftarkan jaminan kesehatan (PBI-JK)",
    "Mengantar periksa ke puskesmas",
    "Menyusun jadwal konseling",
    "Meminta surat keterangan dari kelurahan",
    "Menyiapkan rencana layanan untuk disetujui",
    "Berkoordinasi dengan sekolah terdekat",
)
VISITED: Final[Said] = (
    "Keadaan baik, tinggal bersama keluarga, kebutuhan sehari-hari tercukupi.",
    "Sudah bekerja tetap dan menabung; hubungan dengan keluarga membaik.",
    "Ada masalah kecil dengan tetangga, sudah dibicarakan bersama ketua RT.",
    "Kontrol kesehatan teratur; keluarga mengerti apa yang harus dilakukan bila kambuh.",
)

_GENERAL_GOALS: Final = (
    (
        Aim.NEEDS,
        "Kebutuhan pokok terpenuhi setiap hari",
        "Makan, sandang, dan tempat tinggal layak selama tiga bulan",
        "Belum menentu",
    ),
    (
        Aim.ROLES,
        "Menjalankan perannya dalam keluarga dan lingkungan",
        "Ikut kegiatan rutin dan diterima lingkungan",
        "Menarik diri",
    ),
    (
        Aim.PROBLEMS,
        "Mampu mengatasi masalah yang membuatnya datang",
        "Tahu ke mana meminta bantuan dan melakukannya",
        "Belum mampu",
    ),
)
_GENERAL_SERVICES: Final = (
    ("kebutuhan_hidup_layak", "Pemenuhan pangan dan sandang", "setiap hari", 90),
    ("terapi", "Konseling psikososial", "seminggu sekali", 12),
    ("dukungan_keluarga", "Konseling keluarga", "sebulan sekali", 4),
    ("bantuan_asistensi", "Pendampingan mengakses bantuan sosial", "sesuai kebutuhan", 3),
)
_PROGRESS: Final[Said] = (
    "Mengikuti kegiatan pagi dengan baik dan mau bercerita tentang keluarganya.",
    "Tidur lebih nyenyak. Mulai menyapa teman sekamar.",
    "Membantu di dapur, senang diberi tanggung jawab.",
    "Menanyakan kabar keluarga; penelusuran dilanjutkan.",
    "Sempat murung setelah hari raya, ditemani mengobrol, sore sudah ikut kegiatan lagi.",
    "Minta diajari mengisi formulir sendiri, dan bisa.",
)

PROFILES: Final[Mapping[str, Profile]] = {
    "balita": Profile(
        reported=(
            "Balita ditinggalkan orang tuanya di rumah kontrakan; tetangga memberi makan sejak dua hari.",
            "Bayi dititipkan di puskesmas oleh ibunya yang tidak kembali.",
            "Anak balita diasuh neneknya yang sakit; gizi kurang menurut kader posyandu.",
        ),
        biological=(
            "Berat badan di bawah garis, imunisasi belum lengkap, tidak ada tanda kekerasan.",
            "Sehat, tumbuh sesuai umur, minum susu dengan baik.",
        ),
        psychological=(
            "Lekat pada pengasuh, menangis bila ditinggal, mudah ditenangkan.",
            "Tanggap terhadap suara dan senyum; belum ada keterlambatan.",
        ),
        social=(
            "Ibu belum ditemukan, ayah tidak diketahui; nenek dari ibu tinggal di kabupaten sebelah.",
            "Orang tua bekerja di luar negeri, tidak ada kiriman enam bulan.",
        ),
        spiritual=("Belum dapat dinilai pada usia ini.",),
        strengths=("Ada kerabat yang bersedia diajak bicara.", "Kesehatan dasar baik."),
        goals=(
            (
                Aim.NEEDS,
                "Tumbuh sesuai umur dan imunisasi lengkap",
                "Berat badan di garis hijau dua bulan berturut-turut",
                "Gizi kurang",
            ),
            (
                Aim.ROLES,
                "Mempunyai pengasuh tetap yang aman",
                "Pengasuh ditetapkan dan tinggal bersama",
                "Belum ada pengasuh tetap",
            ),
            (Aim.NEEDS, "Mempunyai akta kelahiran", "Akta terbit", "Belum tercatat"),
        ),
        services=(
            ("perawatan_pengasuhan", "Pengasuhan dan stimulasi tumbuh kembang", "setiap hari", 90),
            ("kebutuhan_hidup_layak", "Susu, makanan tambahan, dan imunisasi", "setiap hari", 90),
            ("dukungan_keluarga", "Penelusuran dan penguatan keluarga", "dua minggu sekali", 6),
        ),
        progress=(
            "Berat naik tiga ons dalam dua minggu.",
            "Mulai merangkak, tertawa bila diajak bermain.",
            "Demam semalam, diperiksa di puskesmas, sudah membaik.",
        ),
        voices=("(belum dapat berbicara)",),
        outcome=("Diasuh neneknya dengan dukungan bulanan.",),
    ),
    "anak": Profile(
        reported=(
            "Anak mengamen sampai malam di perempatan, tidak bersekolah.",
            "Anak tidur di emper pasar, mengaku diusir ayah tirinya.",
            "Sekolah melapor anak tidak masuk sebulan dan tinggal sendirian.",
            "Petugas menemukan anak menjual tisu di jalan, datang bersama kakaknya.",
        ),
        biological=(
            "Kurus, gigi berlubang, kulit gatal; selebihnya sehat.",
            "Sehat, tinggi sesuai umur, pernah patah tangan.",
        ),
        psychological=(
            "Waspada pada orang dewasa, tetapi hangat setelah kenal.",
            "Mudah marah bila membicarakan rumah; tidak ada pikiran melukai diri.",
        ),
        social=(
            "Putus sekolah di kelas lima. Teman sebayanya di jalan menjadi keluarganya.",
            "Ibu bekerja sebagai pembantu, pulang sebulan sekali; anak diasuh tetangga.",
        ),
        spiritual=SPIRITUAL,
        strengths=(
            "Cepat belajar dan pandai berhitung.",
            "Melindungi adiknya; suka menggambar.",
            "Senang bermain bola dan memimpin temannya.",
        ),
        goals=(
            (Aim.ROLES, "Kembali bersekolah", "Masuk kelas setiap hari selama tiga bulan", "Putus sekolah setahun"),
            (
                Aim.NEEDS,
                "Tinggal aman bersama keluarga atau pengasuh",
                "Tidak kembali ke jalan selama tiga bulan",
                "Tinggal di jalan",
            ),
            (
                Aim.PROBLEMS,
                "Mampu bercerita bila ada masalah",
                "Datang sendiri kepada pengasuh saat ada masalah",
                "Lari bila ada masalah",
            ),
        ),
        services=(
            ("kebutuhan_hidup_layak", "Pendaftaran sekolah dan perlengkapan", "sekali", 2),
            ("perawatan_pengasuhan", "Pengasuhan harian di asrama", "setiap hari", 90),
            ("terapi", "Konseling bermain", "seminggu sekali", 12),
            ("dukungan_keluarga", "Kunjungan dan konseling keluarga", "dua minggu sekali", 6),
        ),
        progress=(
            "Dua minggu masuk sekolah tanpa absen.",
            "Berkelahi soal sandal, lalu saling minta maaf.",
            "Ibunya menelepon; anak tersenyum sepanjang sore.",
            *_PROGRESS[:2],
        ),
        voices=(
            "Aku mau sekolah lagi, tapi malu sama teman-teman.",
            "Kalau Ibu kerja dekat, aku mau pulang.",
            "Di sini enak, makannya bareng-bareng.",
        ),
        outcome=("Pulang ke ibunya dan bersekolah.", "Tinggal bersama bibi dan bersekolah."),
    ),
    "sppa": Profile(
        reported=(
            "Penyidik meminta pendampingan dan laporan sosial bagi anak yang diduga mengambil telepon genggam.",
            "Polsek meminta pendampingan anak saksi dalam perkara perkelahian pelajar.",
            "Unit PPA meminta penempatan sementara anak selama proses diversi.",
        ),
        biological=("Sehat, tidur kurang sejak diperiksa.", "Sehat; merokok sejak kelas tujuh."),
        psychological=(
            "Menyesal dan takut tidak boleh sekolah lagi.",
            "Diam pada pertemuan pertama; terbuka saat ibunya hadir.",
        ),
        social=(
            "Masih terdaftar di sekolah; wali kelas bersedia menerima kembali.",
            "Ikut teman yang lebih tua; orang tua bekerja sampai malam.",
        ),
        spiritual=SPIRITUAL,
        strengths=("Orang tua hadir di setiap pertemuan.", "Berprestasi di olahraga."),
        goals=(
            (
                Aim.PROBLEMS,
                "Proses diversi selesai dengan kesepakatan yang adil",
                "Kesepakatan diversi ditetapkan",
                "Dalam proses",
            ),
            (Aim.ROLES, "Tetap bersekolah selama proses", "Hadir di sekolah setiap hari", "Diskors"),
        ),
        services=(
            ("bantuan_asistensi", "Pendampingan dalam pemeriksaan dan diversi", "sesuai jadwal", 4),
            ("terapi", "Konseling perilaku dan tanggung jawab", "seminggu sekali", 8),
            ("dukungan_keluarga", "Penguatan pengasuhan orang tua", "dua minggu sekali", 4),
        ),
        progress=(
            "Musyawarah diversi pertama berjalan baik, pihak korban bersedia memaafkan.",
            "Menulis surat permintaan maaf dengan kata-katanya sendiri.",
            "Sudah kembali ke kelas; guru melapor tidak ada masalah.",
        ),
        voices=("Saya salah. Saya ingin minta maaf langsung.", "Saya takut teman-teman tahu."),
        outcome=("Diversi berhasil, kembali ke orang tua dan sekolah.",),
    ),
    "anak_disabilitas": Profile(
        reported=(
            "Anak dengan cerebral palsy dirawat ibunya sendirian; memerlukan kursi roda dan terapi.",
            "Anak tuli belum pernah bersekolah, keluarga tidak tahu sekolah mana yang menerima.",
            "Anak dengan disabilitas intelektual sering tersesat; orang tua kewalahan.",
        ),
        biological=(
            "Kekakuan kedua tungkai, makan dibantu, batuk berulang.",
            "Pendengaran sangat kurang pada kedua telinga; selebihnya sehat.",
        ),
        psychological=(
            "Ceria, memahami perintah sederhana.",
            "Frustrasi bila tidak dimengerti, tenang bila diberi gambar.",
        ),
        social=("Selalu di rumah, tetangga jarang bertemu.", "Bermain dengan adik; belum punya teman sebaya."),
        spiritual=SPIRITUAL,
        strengths=("Ibu tekun berlatih di rumah.", "Suka musik dan cepat menghafal lagu."),
        goals=(
            (Aim.NEEDS, "Mempunyai alat bantu yang sesuai ukuran", "Alat dipakai setiap hari", "Digendong"),
            (Aim.ROLES, "Belajar di sekolah atau kelompok yang menerima", "Hadir tiga kali seminggu", "Belum sekolah"),
            (
                Aim.PROBLEMS,
                "Orang tua mampu merawat dan beristirahat",
                "Ada giliran merawat dalam keluarga",
                "Ibu sendirian",
            ),
        ),
        services=(
            ("aksesibilitas", "Kursi roda anak dan penyesuaian rumah", "sekali", 1),
            ("terapi", "Fisioterapi dan latihan di rumah", "seminggu sekali", 16),
            ("dukungan_keluarga", "Kelompok orang tua", "sebulan sekali", 6),
        ),
        progress=(
            "Duduk tegak lima belas menit di kursi barunya.",
            "Belajar dua puluh isyarat bersama ibunya.",
            "Hadir di kelas percobaan, menangis hari pertama, tertawa hari kedua.",
        ),
        voices=("(menunjuk gambar sekolah dan tersenyum)", "Mau main sama teman."),
        outcome=("Bersekolah di SLB dan berlatih di rumah.",),
    ),
    "pemuda": Profile(
        reported=(
            "Datang sendiri, putus sekolah dan ingin belajar keterampilan.",
            "Dirujuk karang taruna: pemuda menganggur, tidur di bengkel teman.",
            "Lulus dari panti anak, belum punya tempat tinggal dan pekerjaan.",
        ),
        biological=("Sehat, merokok; penglihatan kiri kurang.", "Sehat dan kuat."),
        psychological=(
            "Kurang percaya diri, tetapi bersemangat bila praktik.",
            "Mudah bosan di kelas, tekun di bengkel.",
        ),
        social=(
            "Tidak berhubungan dengan ayah; ibu di kampung.",
            "Punya banyak teman di terminal, sebagian mengajak kembali.",
        ),
        spiritual=SPIRITUAL,
        strengths=("Tangan terampil, cepat mengerti mesin.", "Jujur soal kesalahannya; disukai teman."),
        goals=(
            (
                Aim.ROLES,
                "Mempunyai keterampilan yang dipakai bekerja",
                "Lulus pelatihan dan praktik kerja",
                "Belum ada keterampilan",
            ),
            (Aim.NEEDS, "Mempunyai KTP dan tempat tinggal", "KTP terbit; kamar kos dibayar sendiri", "Belum punya"),
            (
                Aim.PROBLEMS,
                "Mengelola uang dan waktu",
                "Menabung tiap bulan; tidak terlambat",
                "Uang habis sebelum akhir pekan",
            ),
        ),
        services=(
            ("vokasional_kewirausahaan", "Pelatihan otomotif dan praktik kerja", "lima kali seminggu", 60),
            ("terapi", "Bimbingan kelompok kecakapan hidup", "seminggu sekali", 12),
            ("bantuan_asistensi", "Pengurusan KTP dan tabungan", "sesuai kebutuhan", 3),
        ),
        progress=(
            "Nilai praktik tertinggi di angkatan minggu ini.",
            "Terlambat dua kali, menyusun sendiri rencana agar tidak terulang.",
            "Instruktur mengusulkan praktik kerja di bengkel mitra.",
        ),
        voices=("Saya ingin bisa kirim uang ke Ibu.", "Baru kali ini ada yang percaya saya pegang kunci bengkel."),
        outcome=("Bekerja di bengkel dan mengontrak kamar.", "Bekerja sebagai teknisi pendingin."),
    ),
    "lansia": Profile(
        reported=(
            "Lansia tinggal sendiri di gubuk, tidak ada yang merawat, makan dari tetangga.",
            "Lansia ditemukan bingung di terminal, tidak ingat jalan pulang.",
            "RT melapor lansia sakit dan ditelantarkan anaknya.",
            "Lansia pulang dari rumah sakit, tidak ada keluarga yang menjemput.",
        ),
        biological=(
            "Hipertensi, penglihatan kabur, berjalan dengan tongkat; makan dan mandi sendiri.",
            "Kegiatan sehari-hari dibantu sebagian; luka di tumit sedang dirawat.",
            "Pendengaran kurang; gigi tinggal empat; berat badan turun.",
        ),
        psychological=(
            "Sedih bila membicarakan anaknya; ingatan jangka pendek kurang.",
            "Tenang, menerima keadaan, senang bercerita masa muda.",
        ),
        social=(
            "Tidak ada kunjungan sejak masuk. Dulu berjualan jamu keliling.",
            "Tiga anak di luar kota; satu masih dapat dihubungi.",
        ),
        spiritual=(
            "Salat lima waktu dan mengaji setiap sore.",
            "Ingin mengikuti kebaktian hari Minggu.",
            *SPIRITUAL[:2],
        ),
        strengths=(
            "Suka merajut dan mengajari yang lain.",
            "Humoris; disukai penghuni wisma.",
            "Masih kuat berkebun pagi hari.",
        ),
        goals=(
            (
                Aim.NEEDS,
                "Kesehatan terpantau dan obat diminum teratur",
                "Tekanan darah terkendali tiga bulan",
                "Tidak kontrol",
            ),
            (
                Aim.ROLES,
                "Ikut kegiatan bersama paling sedikit tiga kali seminggu",
                "Daftar hadir kegiatan",
                "Menyendiri",
            ),
            (Aim.PROBLEMS, "Hubungan dengan anak terjalin lagi", "Ada kunjungan atau telepon tiap bulan", "Terputus"),
        ),
        services=(
            ("perawatan_pengasuhan", "Perawatan sosial lanjut usia", "setiap hari", 120),
            ("terapi", "Senam, kenangan, dan kelompok bercerita", "tiga kali seminggu", 36),
            ("kebutuhan_hidup_layak", "Pemeriksaan kesehatan dan gizi", "dua minggu sekali", 8),
            ("dukungan_keluarga", "Penelusuran keluarga dan mediasi", "sebulan sekali", 4),
        ),
        progress=(
            "Makan habis, tekanan darah 140/80.",
            "Ikut senam pagi sambil duduk, tertawa bersama yang lain.",
            "Semalam gelisah mencari cucunya; ditemani sampai tidur.",
            "Luka di tumit mengering.",
        ),
        voices=(
            "Saya tidak mau merepotkan siapa-siapa.",
            "Kalau bisa, saya ingin melihat cucu sebelum puasa.",
            "Di sini ada teman. Di rumah hanya radio.",
        ),
        outcome=("Pulang ke rumah anak keduanya.", "Menetap dengan pendampingan keluarga."),
    ),
    "disabilitas": Profile(
        reported=(
            "Kehilangan kaki karena kecelakaan kerja, ingin bekerja lagi.",
            "Netra sejak lahir, orang tua meninggal, tinggal berpindah di rumah saudara.",
            "Tuli, bekerja sebagai buruh, upah tidak dibayar.",
        ),
        biological=(
            "Amputasi di bawah lutut kanan, luka sembuh, siap memakai prostesis.",
            "Tidak melihat; bergerak dengan tongkat di tempat yang dikenal.",
        ),
        psychological=("Sempat putus asa, kini ingin mandiri.", "Percaya diri bila diberi waktu."),
        social=("Istri berjualan gorengan; dua anak bersekolah.", "Berteman lewat komunitas tunanetra."),
        spiritual=SPIRITUAL,
        strengths=("Pernah menjadi penjahit.", "Ingatan kuat; pandai memijat."),
        goals=(
            (Aim.NEEDS, "Mempunyai alat bantu yang cocok", "Alat dipakai keluar rumah", "Belum ada"),
            (Aim.ROLES, "Mempunyai penghasilan sendiri", "Penghasilan tetap tiga bulan", "Tidak bekerja"),
        ),
        services=(
            ("aksesibilitas", "Alat bantu dan latihan memakainya", "seminggu sekali", 8),
            ("vokasional_kewirausahaan", "Pelatihan pijat atau menjahit", "lima kali seminggu", 48),
            ("terapi", "Kelompok dukungan sebaya", "dua minggu sekali", 6),
        ),
        progress=(
            "Berjalan sepuluh meter dengan kaki barunya tanpa pegangan.",
            "Mendapat dua pelanggan tetap.",
            "Membaca jadwal bus dengan aplikasi suara.",
        ),
        voices=("Saya tidak minta dikasihani. Saya minta kesempatan.", "Sekarang saya berani naik angkot sendiri."),
        outcome=("Membuka usaha menjahit di rumah.", "Bekerja di panti pijat netra."),
    ),
    "odgj": Profile(
        reported=(
            "Warga melapor seorang laki-laki berbicara sendiri di halte, tidak mengganggu, kelaparan.",
            "Dirujuk rumah sakit jiwa setelah tenang; keluarga belum ditemukan.",
            "Keluarga meminta bantuan setelah membuka pasung bersama puskesmas.",
        ),
        biological=(
            "Berat badan kurang, kulit bersisik, kaki bengkak bekas ikatan.",
            "Stabil dengan obat; tremor ringan.",
        ),
        psychological=(
            "Mendengar suara pada malam hari, berkurang dengan obat; orientasi tempat baik.",
            "Bicara melantur bila lelah; dapat diajak berkegiatan sederhana.",
        ),
        social=(
            "Keluarga tidak dikenal; menyebut sebuah nama desa di Jawa Tengah.",
            "Kakak bersedia merawat bila obat tersedia.",
        ),
        spiritual=SPIRITUAL,
        strengths=("Rajin menyapu dan menyiram tanaman.", "Ingat nama semua pengasuh."),
        goals=(
            (Aim.NEEDS, "Minum obat teratur dan kondisi stabil", "Tidak kambuh selama tiga bulan", "Sering lupa"),
            (Aim.ROLES, "Merawat diri dan membantu di wisma", "Mandi dan makan tanpa diingatkan", "Diingatkan"),
            (Aim.PROBLEMS, "Identitas dan keluarga ditemukan", "Keluarga dihubungi", "Belum diketahui"),
        ),
        services=(
            ("perawatan_pengasuhan", "Perawatan sosial dan pemantauan obat", "setiap hari", 120),
            ("terapi", "Terapi okupasi kelompok", "tiga kali seminggu", 36),
            ("kebutuhan_hidup_layak", "Kontrol ke poli jiwa", "sebulan sekali", 6),
        ),
        progress=(
            "Minum obat sendiri di depan pengasuh.",
            "Menyebut nama ibunya untuk pertama kali.",
            "Menolak mandi dua hari; dicoba lagi dengan teman sekamarnya, mau.",
        ),
        voices=("Suaranya sudah pelan.", "Saya mau pulang, lewat sawah besar itu."),
        outcome=("Tinggal bersama kakaknya, kontrol di puskesmas.",),
    ),
    "napza": Profile(
        reported=(
            "Datang bersama ibunya, ingin berhenti memakai sabu.",
            "Dirujuk IPWL setelah asesmen; memakai obat keras sejak SMA.",
            "Selesai rawat inap, memerlukan pembinaan lanjut sebelum pulang.",
        ),
        biological=("Berat turun, tidur terbalik; hasil urine terakhir negatif.", "Gigi rusak; selebihnya sehat."),
        psychological=(
            "Gelisah bila bertemu teman lama; ingin sembuh demi anaknya.",
            "Menyadari pemicunya: uang di tangan dan malam minggu.",
        ),
        social=(
            "Bekerja sebagai pengemudi ojek; istri kembali ke rumah orang tuanya.",
            "Orang tua mendukung tetapi curiga.",
        ),
        spiritual=SPIRITUAL,
        strengths=("Pernah berhenti delapan bulan.", "Kakaknya menjadi pendamping pulih."),
        goals=(
            (
                Aim.PROBLEMS,
                "Tidak memakai zat selama enam bulan",
                "Hasil pemeriksaan negatif tiap bulan",
                "Dua minggu bersih",
            ),
            (Aim.ROLES, "Kembali bekerja dan menafkahi", "Penghasilan rutin", "Berhenti bekerja"),
        ),
        services=(
            ("terapi", "Konseling adiksi dan kelompok pulih", "dua kali seminggu", 24),
            ("dukungan_keluarga", "Kelompok dukungan keluarga", "dua minggu sekali", 8),
            ("vokasional_kewirausahaan", "Pelatihan keterampilan pilihan", "seminggu dua kali", 16),
        ),
        progress=(
            "Empat puluh hari bersih, menandai kalendernya sendiri.",
            "Tergelincir sekali, langsung bercerita; rencana cegah kambuh diperbarui.",
            "Memimpin doa penutup kelompok.",
        ),
        voices=("Hari ini saja dulu, Bu. Besok lagi besok.", "Anak saya sudah mau digendong."),
        outcome=("Pulih dan bekerja, ikut kelompok tiap minggu.",),
    ),
    "jalanan": Profile(
        reported=(
            "Diserahkan Satpol PP dari bawah jalan layang bersama gerobaknya.",
            "Terjaring penertiban saat meminta-minta di lampu merah.",
            "Tidur di emperan toko sejak kontrakannya habis; ditemukan tim penjangkauan.",
            "Memulung bersama istri dan dua anak, tinggal di lapak.",
        ),
        biological=("Batuk lama, diperiksa dahak; hasil negatif.", "Luka lecet di kaki; tekanan darah tinggi."),
        psychological=(
            "Malu bertemu petugas; tenang setelah tahu tidak dihukum.",
            "Bicara apa adanya, curiga pada janji.",
        ),
        social=(
            "Merantau sejak muda; tidak berkabar ke kampung lima tahun.",
            "Punya kelompok pemulung yang saling menjaga.",
        ),
        spiritual=SPIRITUAL,
        strengths=(
            "Hafal harga barang bekas, jujur menimbang.",
            "Bisa memperbaiki sepeda.",
            "Tidak pernah meninggalkan anaknya.",
        ),
        goals=(
            (Aim.NEEDS, "Mempunyai tempat tinggal tetap", "Kontrakan atau pulang ke daerah asal", "Di jalan"),
            (Aim.ROLES, "Mempunyai penghasilan di luar jalan", "Usaha berjalan tiga bulan", "Meminta-minta"),
            (Aim.PROBLEMS, "Mempunyai KTP dan jaminan kesehatan", "KTP dan KIS terbit", "Hilang"),
        ),
        services=_GENERAL_SERVICES,
        progress=(
            "Mengurus surat pindah bersama pendamping.",
            "Menolak tinggal di asrama; sepakat datang tiap Senin.",
            *_PROGRESS[2:4],
        ),
        voices=("Saya bukan malas, Pak. Saya tidak punya alamat.", "Kalau gerobak dikembalikan, saya bisa mulai lagi."),
        outcome=("Pulang ke daerah asal dengan bantuan usaha.", "Mengontrak kamar dan berjualan kopi."),
    ),
    "perempuan": Profile(
        reported=(
            "Datang dengan luka lebam, meminta tempat aman untuk dirinya dan anaknya.",
            "Ibu tunggal dengan tiga anak, diusir dari kontrakan.",
            "Dirujuk unit PPA setelah melapor kekerasan dalam rumah tangga.",
        ),
        biological=("Memar di lengan, sudah divisum; hamil tidak.", "Anemia ringan; anak-anak sehat."),
        psychological=(
            "Mudah terkejut, sulit tidur; merasa bersalah.",
            "Lelah, tetapi tegas ingin melindungi anaknya.",
        ),
        social=("Orang tuanya bersedia menampung; suami masih mencari.", "Tetangga membantu menjaga anak."),
        spiritual=SPIRITUAL,
        strengths=("Pandai memasak; pernah menerima pesanan.", "Menyimpan dokumen anak-anaknya dengan rapi."),
        goals=(
            (Aim.NEEDS, "Aman dari kekerasan", "Tidak ada ancaman selama tiga bulan", "Terancam"),
            (Aim.ROLES, "Mempunyai penghasilan sendiri", "Pesanan tetap tiap minggu", "Bergantung"),
            (
                Aim.PROBLEMS,
                "Mengambil keputusan tentang perkawinan dan perkara dengan tenang",
                "Keputusan diambil dengan pendampingan hukum",
                "Bingung",
            ),
        ),
        services=(
            ("terapi", "Konseling pemulihan", "seminggu sekali", 12),
            ("bantuan_asistensi", "Pendampingan hukum dan visum", "sesuai jadwal", 4),
            ("vokasional_kewirausahaan", "Tata boga dan modal usaha", "seminggu dua kali", 16),
        ),
        progress=(
            "Tidur enam jam tanpa terbangun.",
            "Pesanan pertama: lima puluh kotak kue.",
            "Bertemu pendamping hukum; memahami pilihannya.",
        ),
        voices=("Saya ingin anak-anak tidak takut mendengar pintu dibuka.", "Sekarang saya tahu itu bukan salah saya."),
        outcome=("Tinggal bersama orang tua dan berjualan kue.",),
    ),
    "hiv": Profile(
        reported=(
            "Dirujuk klinik PDP: putus obat karena diusir dari kos.",
            "Datang dengan pendamping sebaya, memerlukan tempat tinggal sementara.",
        ),
        biological=(
            "Terapi antiretroviral dilanjutkan; berat badan mulai naik.",
            "Kondisi umum baik, kontrol bulanan di klinik.",
        ),
        psychological=("Takut orang lain tahu; lega bisa bicara.", "Menerima keadaan, ingin bekerja."),
        social=("Keluarga belum tahu; hanya satu sahabat.", "Kakak tahu dan mendukung."),
        spiritual=SPIRITUAL,
        strengths=("Disiplin minum obat sejak didampingi.", "Ramah, pandai merias."),
        goals=(
            (Aim.NEEDS, "Minum obat tanpa putus", "Obat diambil tepat waktu enam bulan", "Putus dua bulan"),
            (Aim.ROLES, "Bekerja dan tinggal mandiri", "Bekerja tiga bulan", "Tidak bekerja"),
        ),
        services=(
            ("kebutuhan_hidup_layak", "Pendampingan ke klinik", "sebulan sekali", 6),
            ("terapi", "Konseling dan kelompok sebaya", "dua minggu sekali", 12),
            ("bantuan_asistensi", "Bantuan nutrisi", "sebulan sekali", 6),
        ),
        progress=(
            "Obat bulan ini diambil tepat waktu.",
            "Mulai bekerja paruh waktu di salon.",
            "Ingin memberi tahu ibunya; latihan percakapan bersama psikolog.",
        ),
        voices=("Saya ingin orang menyebut nama saya, bukan penyakit saya.",),
        outcome=("Bekerja dan kontrol teratur.",),
    ),
    "umum": Profile(
        reported=(
            "Dipulangkan dari luar negeri tanpa gaji dan dokumen.",
            "Rumah habis terbakar, menumpang di balai warga bersama keluarga.",
            "Selesai menjalani pidana, tidak ada keluarga yang menjemput.",
            "Keluarga sering bertengkar, anak-anak tidak terurus.",
            "Pindah dari kampung adat karena sakit, tidak punya dokumen.",
            "Dijauhi lingkungan; dagangannya tidak dibeli lagi.",
        ),
        biological=("Sehat, kelelahan.", "Tekanan darah tinggi; obat dilanjutkan."),
        psychological=("Cemas soal utang, tetapi dapat menyusun rencana.", "Sedih; didukung pasangan."),
        social=("Masih punya kerabat di daerah asal.", "Tetangga membantu sementara."),
        spiritual=SPIRITUAL,
        strengths=(
            "Pernah menjadi kepala kelompok tani.",
            "Terampil memasak dan berjualan.",
            "Pasangan saling menguatkan.",
        ),
        goals=_GENERAL_GOALS,
        services=_GENERAL_SERVICES,
        progress=_PROGRESS,
        voices=("Saya hanya perlu mulai dari satu tempat.", "Terima kasih sudah mendengarkan dulu."),
        outcome=("Kembali ke daerah asal dan bertani.", "Berdagang kecil di lingkungan baru."),
    ),
}
