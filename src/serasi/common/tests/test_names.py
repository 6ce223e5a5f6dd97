import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.names import (
    NameParts,
    display_initials,
    explain,
    fold,
    jaro_winkler,
    modern,
    patronymic,
    read_name,
    search_key,
    search_words,
    similarity,
)

SAME_WORD = """
Jusuf Yusuf
Yusup Yusuf
Achmad Ahmad
Akhmad Achmad
Ahmed Ahmad
Wahjuni Wahyuni
Soeharto Suharto
Soekarno Sukarno
Djoko Joko
Tjahjono Cahyono
Tjipto Cipto
Sutjipto Sucipto
Njoman Nyoman
Sjarif Syarif
Sjamsul Syamsul
Syamsul Samsul
Soerja Surya
Suria Surya
Wijaya Widjaja
Wijaya Widjaya
Soedjarwo Sujarwo
Mardjono Marjono
Poernomo Purnomo
Boediono Budiono
Soeprijadi Supriyadi
Supriadi Supriyadi
Setiyawan Setiawan
Ariyanto Arianto
Triyono Triono
Rachmat Rahmat
Rohmat Rahmat
Rochman Rahman
Rohimah Rahimah
Bachtiar Bakhtiar
Cholil Kholil
Choirul Khoirul
Khairul Choirul
Koirul Khoirul
Khasanah Hasanah
Chusnul Khusnul
Solichin Solikhin
Fadhil Fadil
Ridho Rido
Ramadhan Romadhon
Fathoni Fatoni
Ghozali Gozali
Zainal Zaenal
Zulkifli Dzulkifli
Saiful Saeful
Saiful Saipul
Syaifudin Saifuddin
Fitri Fitrie
Arif Arief
Arif Ariep
Hery Heri
Herry Heri
Novi Nofi
Taufiq Taufik
Qomariah Komariah
Victor Viktor
Christina Kristina
Chandra Candra
Michael Mikael
Zachariah Zakaria
Fatimah Fatima
Aisyah Aisya
Aisyah Aisha
Nurul Noeroel
Noor Nur
Mustofa Mustafa
Musthofa Mustapa
Usman Utsman
Umar Omar
Sholeh Saleh
Suwarti Suarti
Daud Dawud
Maulana Mawlana
Sitti Siti
Ma'ruf Maruf
Sa’diyah Sadiyah
José Jose
Muhammad Mochamad
Mohammad Muchammad
Muhamad Muhammed
Moh Muhammad
Muh Mohamad
Mhd Muhammad
Moch Muhamad
Said Sayid
Danil Daniel
""".strip()

DIFFERENT_NAME = """
Suparti|Suparto
Sri Wahyuni|Sri Wahyudi
Ahmad|Ahmadi
Budi|Budiman
Siti Aminah|Siti Maimunah
Hasan|Husein
Sumarni|Sumarno
Yanti|Yanto
Dewi Lestari|Dewi Lestiani
Agus Salim|Agus Halim
Rina|Rini
Dedi|Dodi
Joko Susilo|Joko Susanto
Wayan Sudarma|Made Sudarma
Ketut|Putu
Nur Aini|Nur Aida
Abdul Rahman|Abdul Rahim
Abdul Karim|Abdul Kadir
Abdullah|Abdul
Slamet|Selamat
Maria|Marni
Tono|Toni
Karsih|Kasih
Ningsih|Ningrum
Sukarmin|Sukarman
Mulyadi|Mulyani
Muhammad Rizki|Muhammad Rifki
""".strip()

SAME_NAME = """
Muhammad Yusuf|M. Jusuf
Moh. Yusup|Muh Yusuf
H. M. Yusuf|Muhammad Yusuf
Drs. H. Muhammad Yusuf, M.Si|Moch Jusuf
Hj. Siti Aminah|St. Aminah
Ny. Sitti Aminah|Siti Aminah
Abdul Rahman|Abdurrahman
Abdul Rachman|Abdurahman
Abd. Rahman|Abdoel Rochman
Abd Salam|Abdussalam
Abdul Syukur|Abdusysyukur
Abdul Aziz|Abdulaziz
Abdullah|Abdulloh
Nur Hayati|Nurhayati
Noer Hajati|Nurhayati
Nur Rohman|Nurohman
Nurul Hidayah|Nurulhidayah
Sri Wahyuni|Sriwahjuni
I Wayan Sudarma|Wayan Sudarma
I Wyn Sudarma|Wayan Sudarma
Ni Md. Arini|Made Arini
I Kt Sukerta|Ketut Sukerta
I Nym. Sutama|Njoman Sutama
I.B. Mantra|Ida Bagus Mantra
R. Soepomo|Supomo
Raden Ajeng Kartini|Raden Ajeng Kartini
Prof. Dr. Ir. R. Soepomo, S.H.|Soepomo
K.H. Achmad Dahlan|Ahmad Dahlan
K. H. Achmad Dahlan|Kyai Ahmad Dahlan
Budi Santoso, S.Sos.|Budi Santoso
Budi Santoso S.Sos.M.Si|Budi Santoso
BUDI SANTOSO SH|budi santoso
Budi Santoso (Alm)|Alm. Budi Santoso
Mbah Karto|Karto
Pak Karto|Bpk. Karto
Ibu Sumini|Sumini
Nn. Dewi|Dewi
Ust. Khairul|Choirul
Siti Nur-Hayati|Siti Nurhayati
M.Yusuf|M. Yusuf
""".strip()


@pytest.mark.parametrize("pair", SAME_WORD.splitlines())
def test_two_spellings_of_one_word_fold_to_one(pair: str) -> None:
    one, other = pair.split()
    assert fold(one) == fold(other)


@pytest.mark.parametrize("pair", SAME_NAME.splitlines())
def test_two_writings_of_one_name_have_one_key(pair: str) -> None:
    one, other = pair.split("|")
    assert search_key(one) == search_key(other) != ""


@pytest.mark.parametrize("pair", DIFFERENT_NAME.splitlines())
def test_different_names_keep_different_keys(pair: str) -> None:
    one, other = pair.split("|")
    assert search_key(one) != search_key(other)
    assert similarity(one, other) < 0.96


def test_the_tables_are_as_large_as_they_claim() -> None:
    assert len(SAME_WORD.splitlines()) >= 60
    assert len(DIFFERENT_NAME.splitlines()) >= 20


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Suparti", NameParts((), ("Suparti",), None)),
        ("Drs. H. Budi", NameParts(("Drs", "H"), ("Budi",), None)),
        ("Ahmad bin Yusuf", NameParts((), ("Ahmad",), "Yusuf")),
        ("Siti binti H. Abdul Karim", NameParts((), ("Siti",), "H Abdul Karim")),
        ("Haji bin Salim", NameParts((), ("Haji",), "Salim")),
        ("Bin Hamid", NameParts((), ("Bin", "Hamid"), None)),
        ("Ahmad bin", NameParts((), ("Ahmad",), None)),
        ("Haji", NameParts((), ("Haji",), None)),
        ("H. Dr.", NameParts(("H",), ("Dr",), None)),
        ("", NameParts((), (), None)),
        ("., -", NameParts((), (), None)),
        ("Santoso, Budi", NameParts((), ("Santoso", "Budi"), None)),
        ("Muhammad Ibnu Rizki", NameParts((), ("Muhammad", "Ibnu", "Rizki"), None)),
    ],
)
def test_a_name_is_taken_apart(name: str, parts: NameParts) -> None:
    assert read_name(name) == parts


def test_the_patronymic_is_kept_apart_from_the_words() -> None:
    assert patronymic("Ahmad bin Yusuf") == "Yusuf"
    assert patronymic("Ahmad Yusuf") is None
    assert search_words("Ahmad bin Yusuf") == search_words("Achmad")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Muhammad Rizki", "M. R."),
        ("Suparti", "S."),
        ("Hj. Siti Aminah binti Karim", "S. A."),
        ("’Aisyah putri", "A. P."),
        ("M. Yusuf", "M. Y."),
        ("", ""),
    ],
)
def test_a_protected_name_shows_initials_only(name: str, initials: str) -> None:
    assert display_initials(name) == initials


def test_the_modern_spelling_is_written_from_letters_alone() -> None:
    assert [modern(word) for word in ("Soedjarwo", "Tjipto", "Njoman", "Sjarif", "Jusuf", "Anjani")] == [
        "sujarwo",
        "cipto",
        "nyoman",
        "syarif",
        "jusuf",
        "anjani",
    ]


def test_names_in_other_scripts_keep_their_letters() -> None:
    assert search_key("محمد") != ""
    assert search_key("李 小龍") != ""


@pytest.mark.parametrize(
    ("query", "name", "reasons"),
    [
        ("Budi", "BUDI", ["nama sama persis"]),
        ("Budi", "Drs. Budi, M.Si", ["nama sama setelah gelar dan singkatan disamakan"]),
        ("M. Yusuf", "Muhamad Yusuf", ["nama sama setelah gelar dan singkatan disamakan"]),
        ("Yusuf", "Jusuf", ["nama sama setelah ejaan lama disamakan"]),
        ("Suharto", "Soeharto", ["nama sama setelah ejaan lama disamakan"]),
        ("Saiful", "Syaeful", ["nama sama bunyinya, berbeda ejaannya"]),
        ("Suparti", "Bambang", []),
        ("Sutrisno", "Sutrisna", ["“Sutrisno” mirip “Sutrisna”"]),
        ("R. Hidayat", "R. Hidayat", ["nama sama persis"]),
        (
            "Budi Santoso",
            "Santoso Budi",
            ["nama sama setelah gelar dan singkatan disamakan", "urutan katanya berbeda"],
        ),
        ("Budi", "Budi Santoso", ["kata “Budi” sama", "semua kata yang dicari ada di nama ini"]),
        ("Budi S", "Budi Santoso", ["kata “Budi” sama", "“S” dan “Santoso” cocok huruf awalnya"]),
        (
            "Achmad bin Jusuf",
            "Ahmad bin Yusuf",
            ["nama sama bunyinya, berbeda ejaannya", "nama ayah (bin/binti) sama"],
        ),
        ("", "Budi", []),
    ],
)
def test_the_reasons_for_a_find_are_said(query: str, name: str, reasons: list[str]) -> None:
    assert explain(query, name) == reasons


def test_the_closest_spelling_ranks_first() -> None:
    found = ["Joko Susanto", "Yoko Susilo", "Djoko Susilo", "Joko Susilo", "Joko", "Sri Wahyuni"]
    ranked = sorted(found, key=lambda name: -similarity("Joko Susilo", name))
    assert ranked == ["Joko Susilo", "Djoko Susilo", "Yoko Susilo", "Joko", "Joko Susanto", "Sri Wahyuni"]


def test_sharing_only_muhammad_counts_for_little() -> None:
    assert similarity("Muhammad Rizki", "Muhammad Fauzan") < similarity("Rizki", "Muhammad Rizki")
    assert similarity("Muhammad Rizki", "Muhammad Fauzan") < 0.4


def test_jaro_winkler_gives_the_published_values() -> None:
    assert jaro_winkler("martha", "marhta") == pytest.approx(0.9611, abs=1e-4)
    assert jaro_winkler("dixon", "dicksonx") == pytest.approx(0.8133, abs=1e-4)
    assert jaro_winkler("", "a") == 0.0


WORDS = f"{SAME_WORD} {SAME_NAME} {DIFFERENT_NAME}".replace("|", " ").split()
names = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.text(alphabet="abcdeghijklmnopqrstuvwxyz.'", max_size=30),
)


@settings(deadline=None)
@given(names)
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@settings(deadline=None)
@given(names)
def test_a_name_with_a_letter_never_loses_its_last_word(name: str) -> None:
    parts = read_name(name)
    assert search_words(name) == search_key(name).split(" ") or not search_key(name)
    assert all(search_words(name))
    if any(letter.isascii() and letter.isalpha() for letter in name):
        assert search_key(name)
        assert parts.initials


@settings(deadline=None)
@given(names, names)
def test_likeness_is_between_none_and_all_and_does_not_depend_on_who_asks(one: str, other: str) -> None:
    forth = similarity(one, other)
    assert 0.0 <= forth <= 1.0
    assert forth == pytest.approx(similarity(other, one), abs=0.021)
    assert isinstance(explain(one, other), list)


@settings(deadline=None)
@given(names)
def test_a_name_is_entirely_like_itself(name: str) -> None:
    if search_key(name):
        assert similarity(name, name) == pytest.approx(1.0)


def test_words_that_fold_alike_are_more_alike_than_words_that_do_not() -> None:
    for line in itertools.islice(SAME_WORD.splitlines(), 40):
        one, other = line.split()
        if fold(one) not in {fold("Muhammad"), fold("Ahmad")}:
            assert similarity(one, other) > similarity(one, "Sutrisna")
