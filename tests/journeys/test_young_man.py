"""A young man without work: from the agreement to a job, and the visits of the year after."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import (
    choose,
    does_not_read,
    follow,
    group,
    is_at,
    is_not_there,
    main,
    mark,
    press,
    reads,
    tab,
    write,
)
from tests.journeys.stories import (
    add_to_team,
    agree,
    answer_spm,
    assess,
    confer,
    decide,
    go_on_to,
    open_file,
    register,
)


@pytest.mark.journey
def test_a_young_man_walks_from_agreement_to_work_and_is_visited_for_a_year(open_as: Callable[..., Page]) -> None:
    # Fajar asks for help himself. Ratih opens his file; Hendrik, who teaches cooling technique, comes into the team.
    ratih = open_as("peksos")
    register(ratih, "Fajar Nugroho Saputra", sex="Laki-laki", age=21, kind="Gelandangan")
    file = open_file(ratih, "Fajar Nugroho Saputra", approach="Komunitas")
    add_to_team(ratih, file, "Hendrik Manalu")
    add_to_team(ratih, file, "Endah Setyowati", part="Supervisor")
    go_on_to(ratih, file, "Kesepakatan awal")
    agree(ratih, file, "Pelayanan dan pencatatan", months=9)
    go_on_to(ratih, file, "Asesmen komprehensif")
    for domain, findings in (
        ("Biologis", "Sehat, kurang tidur."),
        ("Psikologis", "Percaya diri rendah, tekun bila diberi kepercayaan."),
        ("Sosial", "Tidur di masjid, berteman dengan marbot."),
        ("Spiritual", "Rajin membantu di masjid."),
    ):
        assess(ratih, file, domain, findings)
    answer_spm(ratih, file, "Membutuhkan rehabilitasi dasar di luar panti", "Mampu merawat diri; perlu keterampilan.")
    go_on_to(ratih, file, "Temu bahas kasus")

    # The conference decides, and its decision is a task with an owner and a day.
    confer(
        ratih,
        file,
        question="Pekerjaan apa yang cocok dan siapa yang melatih?",
        minutes="Fajar memilih teknik pendingin. Magang di bengkel mitra sesudah tiga bulan.",
        decision="Mencarikan bengkel untuk magang",
        owner="Ratih Kusumawardani",
    )
    go_on_to(ratih, file, "Perencanaan layanan sosial")

    # A plan without a goal goes nowhere; with a goal and two services it goes to the supervisor.
    tab(ratih, "Rencana")
    follow(ratih, "Susun rencana")
    write(ratih, "Ringkasan masalah dan harapan", "Fajar ingin bekerja dan menyewa kamar sendiri.")
    press(ratih, "Buat rancangan")
    follow(ratih, "Tambah tujuan")
    mark(ratih, "Tujuan keberfungsian", "Tugas dan peran sosial dijalankan")
    write(ratih, "Tujuan", "Bekerja sebagai teknisi pendingin")
    write(ratih, "Tanda tercapai", "Menerima upah tiga bulan berturut-turut")
    write(ratih, "Keadaan sekarang", "Tidak bekerja")
    press(ratih, "Tambahkan")
    for component, activity, frequency, count in (
        (
            "Pelatihan vokasional dan/atau pembinaan kewirausahaan",
            "Pelatihan teknik pendingin",
            "tiga kali seminggu",
            36,
        ),
        ("Terapi", "Kelompok bicara hari Jumat", "seminggu sekali", 12),
    ):
        follow(ratih, "Tambah layanan: Bekerja sebagai teknisi pendingin")
        choose(ratih, "Komponen", component)
        write(ratih, "Layanan", activity)
        mark(ratih, "Pendekatan", "Komunitas")
        write(ratih, "Seberapa sering", frequency)
        write(ratih, "Jumlah direncanakan", str(count))
        press(ratih, "Tambahkan")
        reads(ratih, "Layanan ditambahkan.")
    press(ratih, "Ajukan kepada supervisor")
    reads(ratih, "Menunggu persetujuan")

    # Ratih cannot approve what she wrote; Endah returns it once, and approves it mended.
    ratih.goto("/kasus/persetujuan/")
    expect(ratih.get_by_role("button", name="Simpan keputusan")).to_have_count(0)
    endah = open_as("supervisor")
    decide(endah, file, "Kembalikan untuk diperbaiki", "Tambahkan kapan magang dimulai.")
    ratih.goto(file.part("rencana"))
    reads(ratih, "Dikembalikan untuk diperbaiki", "Tambahkan kapan magang dimulai.")
    follow(ratih, "Ubah masa dan ringkasan rencana")
    write(ratih, "Ringkasan masalah dan harapan", "Fajar ingin bekerja dan menyewa kamar. Magang mulai bulan keempat.")
    press(ratih, "Simpan")
    press(ratih, "Ajukan kepada supervisor")
    decide(endah, file)
    go_on_to(ratih, file, "Implementasi")

    # Hendrik records a lesson with one touch, and a group on Friday for Fajar and another young man.
    hendrik = open_as("instruktur")
    hendrik.goto(file.part("layanan"))
    press(hendrik, "Diberikan sekarang: Pelatihan teknik pendingin")
    reads(hendrik, "Tercatat: Pelatihan teknik pendingin.", "1 / 36")
    ratih.goto("/kasus/kegiatan/baru/")
    write(ratih, "Kegiatan", "Kelompok bicara Jumat")
    choose(ratih, "Komponen", "Terapi")
    mark(ratih, "Pendekatan", "Komunitas")
    write(ratih, "Lama", "90")
    present = group(ratih, "Peserta").get_by_role("checkbox")
    group(ratih, "Peserta").get_by_role("checkbox", name=f"Fajar Nugroho Saputra – {file.number}").check()
    present.first.check()
    write(ratih, "Catatan kegiatan", "Bercerita tentang hari pertama bekerja.")
    press(ratih, "Catat kegiatan")
    reads(ratih, "Kelompok bicara Jumat", "Fajar Nugroho Saputra")
    ratih.goto(file.part("layanan"))
    reads(ratih, "Kelompok bicara Jumat", "90 menit", "kegiatan kelompok")
    go_on_to(ratih, file, "Monitoring dan evaluasi")

    # Monitoring: every goal is judged, three scores are given, and Fajar's own words stand there.
    tab(ratih, "Pemantauan")
    follow(ratih, "Pemantauan baru")
    mark(ratih, "Bekerja sebagai teknisi pendingin", "Tercapai")
    for box, score in zip(
        group(ratih, "Keberfungsian sosial hari itu").get_by_role("combobox").all(), "443", strict=True
    ):
        box.select_option(score)
    write(ratih, "Kata penerima manfaat sendiri", "Sekarang saya bayar kamar sendiri.")
    write(ratih, "Ringkasan", "Bekerja di bengkel mitra sejak sebulan; upah diterima penuh.")
    press(ratih, "Simpan pemantauan")
    reads(ratih, "Tercapai", "“Sekarang saya bayar kamar sendiri.”", "4 – Sebagian besar berfungsi")

    # The end of the service is proposed with who visits afterwards; Endah approves, and the file closes.
    ratih.goto(file.part("terminasi"))
    choose(ratih, "Alasan terminasi", "Bekerja atau mandiri")
    choose(ratih, "Hasil", "Mandiri")
    write(ratih, "Penjelasan", "Bekerja tetap, menyewa kamar, mempunyai teman.")
    choose(ratih, "Penanggung jawab bimbingan lanjut", "Ratih Kusumawardani")
    press(ratih, "Ajukan kepada supervisor")
    reads(ratih, "Menunggu keputusan supervisor", "Bekerja atau mandiri")
    decide(endah, file)
    ratih.goto(file.path)
    reads(ratih, "Kasus ini ditutup")

    # Four visits are due: after one, three, six and twelve months.
    ratih.goto(file.part("bimbingan-lanjut"))
    headings = main(ratih).get_by_role("heading", level=3).all_inner_texts()
    assert [text.split(" · ")[0] for text in headings] == ["Bulan ke-1", "Bulan ke-3", "Bulan ke-6", "Bulan ke-12"]

    # The year goes by: each visit is written down.
    for month, words in (
        ("pertama", "Tepat waktu setiap hari."),
        ("ketiga", "Naik menjadi teknisi lapangan."),
        ("keenam", "Sakit dua minggu, dibantu majikan."),
        ("kedua belas", "Menabung untuk alat sendiri."),
    ):
        main(ratih).get_by_role("link", name="Catat kunjungan").first.click()
        write(ratih, "Bertemu dengan", "Fajar dan majikannya")
        for box in group(ratih, "Keberfungsian sosial").get_by_role("combobox").all():
            box.select_option("4")
        write(ratih, "Hasil kunjungan", f"Kunjungan {month}: {words}")
        mark(ratih, "Keadaan", "Stabil")
        press(ratih, "Simpan")
        reads(ratih, "Kunjungan dicatat.", words)
    expect(main(ratih).get_by_text("Stabil", exact=True)).to_have_count(4)
    expect(main(ratih).get_by_role("link", name="Catat kunjungan")).to_have_count(0)

    # The workshop closes down. The same file is taken up again, with a reason.
    ratih.goto(file.part("terminasi"))
    follow(ratih, "Buka kembali")
    write(ratih, "Alasan dibuka kembali", "Bengkel tutup; Fajar minta dicarikan tempat kerja lain.")
    press(ratih, "Buka kembali")
    reads(ratih, "Kasus dibuka kembali.", "Bengkel tutup")
    ratih.goto(file.path)
    reads(ratih, file.number, "Dibuka kembali")
    does_not_read(ratih, "Kasus ini ditutup")

    # Hendrik still sees his pupil's file; whoever is in another house does not.
    hendrik.goto(file.path)
    is_at(hendrik, "Fajar Nugroho Saputra")
    outsider = open_as("lks")
    is_not_there(outsider, file.path)
    is_not_there(outsider, file.person)
