from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.nik import (
    Doubt,
    Kk,
    KkError,
    Nik,
    NikError,
    mask,
    read_kk,
    read_nik,
    warnings_for,
    warnings_for_kk,
)

GOOD = "3175014503900012"  # Jakarta Timur, a woman born on 5 March 1990


def known(code: str) -> bool:
    return code == "31.75.01"


def test_a_nik_is_read_to_its_parts() -> None:
    assert read_nik(GOOD) == Nik(
        digits=GOOD,
        province_code="31",
        regency_code="31.75",
        district_code="31.75.01",
        born_day=5,
        born_month=3,
        born_yy=90,
        sex="P",
        serial=12,
    )


@pytest.mark.parametrize(
    "typed",
    [
        "3175 0145 0390 0012",
        "31.75.01.450390.0012",
        "317501-450390-0012",
        "\u00a03175014503900012\t\n",
        "'3175014503900012",
        "’3175014503900012",
        "\u200e3175014503900012\ufeff",
        "".join(chr(0xFF10 + int(digit)) for digit in GOOD),
        "3175–0145—0390‑0012",
    ],
)
def test_however_it_is_grouped_the_number_is_the_same(typed: str) -> None:
    assert read_nik(typed).digits == GOOD


@pytest.mark.parametrize(
    ("typed", "part_of_message"),
    [
        ("", "belum diisi"),
        (" - ", "belum diisi"),
        ("317501450390001", "15 angka"),
        ("31750145039000123", "17 angka"),
        ("317501450390001O", "hanya boleh berisi angka"),
        ("٣١٧٥٠١٤٥٠٣٩٠٠٠١٢", "hanya boleh berisi angka"),
        ("³175014503900012", "hanya boleh berisi angka"),
        ("3175010003900012", "01–31"),
        ("3175013203900012", "01–31"),
        ("3175014003900012", "01–31"),
        ("3175017203900012", "01–31"),
        ("3175014500900012", "bulan"),
        ("3175014513900012", "bulan"),
        ("3175013102900012", "kalender"),
        ("3175017104900012", "kalender"),
        ("3175012902910012", "kalender"),
        ("3175014503900000", "0000"),
        ("0075014503900012", "kode wilayah"),
        ("3100014503900012", "kode wilayah"),
        ("3175004503900012", "kode wilayah"),
    ],
)
def test_what_cannot_be_a_nik_is_refused_with_its_reason(typed: str, part_of_message: str) -> None:
    with pytest.raises(NikError) as refused:
        read_nik(typed)
    assert part_of_message in refused.value.message


@pytest.mark.parametrize(
    "typed",
    [
        "3.17501E+15",
        "3,17501E+15",
        "3.175014503900010E+15",
        "3e15",
        "3175014503900010.0",
        "3175014503900010,00",
    ],
)
def test_a_number_rounded_by_a_spreadsheet_says_how_to_keep_it(typed: str) -> None:
    for read, error in ((read_nik, NikError), (read_kk, KkError)):
        with pytest.raises(error) as refused:
            read(typed)
        assert refused.value.ruined
        assert "format kolom menjadi Teks" in refused.value.message


@pytest.mark.parametrize(("yy", "passes"), [("00", True), ("04", True), ("96", True), ("01", False), ("90", False)])
def test_the_29th_of_february_passes_when_a_century_has_it(yy: str, passes: bool) -> None:  # noqa: FBT001
    number = f"3175016902{yy}0001"
    if passes:
        assert read_nik(number).born_day == 29
    else:
        with pytest.raises(NikError):
            read_nik(number)


def test_no_message_or_repr_holds_the_number() -> None:
    assert repr(read_nik(GOOD)) == str(read_nik(GOOD)) == "Nik(••••••••••••0012)"
    assert repr(read_kk("3175010101200003")) == "Kk(••••••••••••0003)"
    with pytest.raises(NikError) as refused:
        read_nik("3175019903900012")
    assert "3175019903900012" not in str(refused.value)


def test_agreement_with_the_form_gives_no_warning() -> None:
    assert warnings_for(read_nik(GOOD), birth_date=date(1990, 3, 5), sex="P", known_region=known) == []


def test_what_the_form_leaves_open_is_not_compared() -> None:
    assert warnings_for(read_nik(GOOD), birth_date=None, sex=None, known_region=known) == []


def test_every_difference_is_a_warning_of_its_own_and_no_refusal() -> None:
    found = warnings_for(read_nik("9101010503900012"), birth_date=date(1990, 5, 3), sex="P", known_region=known)
    assert [warning.doubt for warning in found] == [
        Doubt.REGION_UNKNOWN,
        Doubt.SEX_DIFFERS,
        Doubt.DATE_DIFFERS,
    ]
    assert "91.01.01" in found[0].message
    assert "laki-laki" in found[1].message
    assert "05/03/90" in found[2].message
    assert "03/05/1990" in found[2].message


def test_a_child_of_2015_and_an_elder_of_1915_both_agree_with_the_same_digits() -> None:
    nik = read_nik("3175010503150001")
    assert nik.agrees_with(date(2015, 3, 5))
    assert nik.agrees_with(date(1915, 3, 5))


def test_without_another_source_the_youngest_possible_date_is_taken() -> None:
    today = date(2026, 6, 1)
    assert read_nik("3175010503150001").birth_date(today=today) == date(2015, 3, 5)
    assert read_nik("3175010503300001").birth_date(today=today) == date(1930, 3, 5)
    assert read_nik("3175010206260001").birth_date(today=today) == date(1926, 6, 2)


def test_an_estimated_date_chooses_the_century() -> None:
    nik = read_nik("3175010503150001")
    assert nik.birth_date(today=date(2026, 6, 1), near=date(1920, 1, 1)) == date(1915, 3, 5)


def test_a_leap_day_is_offered_only_in_the_century_that_has_it() -> None:
    assert read_nik("3175012902000001").birth_dates(date(2026, 1, 1)) == [date(2000, 2, 29)]


def test_a_family_card_is_read_and_only_its_length_digits_and_serial_are_refused() -> None:
    assert read_kk("31.75.01.010120.0003") == Kk("3175010101200003", "31", "31.75", "31.75.01", 1, 1, 20, 3)
    assert read_kk("3175019999990003").issued_month == 99
    for typed in ("", "317501010120000", "31750101012000O3", "3175010101200000"):
        with pytest.raises(KkError):
            read_kk(typed)


def test_a_family_card_with_no_date_inside_is_only_looked_at_again() -> None:
    assert warnings_for_kk(read_kk("3175010101200003"), known_region=known) == []
    found = warnings_for_kk(read_kk("3275019999990003"), known_region=known)
    assert [warning.doubt for warning in found] == [Doubt.REGION_UNKNOWN, Doubt.DATE_IMPOSSIBLE]


@pytest.mark.parametrize(
    ("digits", "masked"),
    [
        (GOOD, "••••••••••••0012"),
        ("", ""),
        ("1234", "••••"),
        ("12345678", "••••••••"),
        ("123456789", "•••••6789"),
    ],
)
def test_a_masked_number_shows_four_digits_at_most(digits: str, masked: str) -> None:
    assert mask(digits) == masked


two_digits = st.integers(1, 99).map("{:02}".format)


@settings(deadline=None)
@given(
    region=st.tuples(two_digits, two_digits, two_digits),
    born=st.dates(date(1907, 1, 1), date(2026, 1, 1)),
    woman=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_every_well_made_nik_is_read_back_to_what_it_was_made_of(
    region: tuple[str, str, str],
    born: date,
    woman: bool,  # noqa: FBT001
    serial: int,
) -> None:
    day = born.day + (40 if woman else 0)
    nik = read_nik("".join(region) + f"{day:02}{born:%m%y}{serial:04}")
    assert nik.district_code == ".".join(region)
    assert nik.sex == ("P" if woman else "L")
    assert nik.serial == serial
    assert born in nik.birth_dates(date(2026, 1, 1))
    assert nik.birth_date(today=date(2026, 1, 1), near=born + timedelta(days=400)) == born
    assert warnings_for(nik, birth_date=born, sex=nik.sex, known_region=lambda _code: True) == []


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789 .-E+,", max_size=24)))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    for read, error in ((read_nik, NikError), (read_kk, KkError)):
        with suppress(error):
            digits = read(text).digits
            assert len(digits) == 16
            assert digits.isascii()
