# ruff: noqa: DTZ001 - what stands in a spreadsheet has no zone
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.cells import DateUnclear, parse_date, parse_sex, uses_pria_wanita

TODAY = date(2026, 6, 1)

# --- dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/12/1990", date(1990, 12, 31)),
        ("31-12-1990", date(1990, 12, 31)),
        ("31.12.1990", date(1990, 12, 31)),
        ("31 12 1990", date(1990, 12, 31)),
        ("31-12-90", date(1990, 12, 31)),
        ("1/2/05", date(2005, 2, 1)),
        ("01-01-26", date(2026, 1, 1)),
        ("01-01-27", date(1927, 1, 1)),
        ("1990-12-31", date(1990, 12, 31)),
        ("1990/12/31", date(1990, 12, 31)),
        ("1990-12-31 00:00:00", date(1990, 12, 31)),
        ("1990-12-31T00:00:00", date(1990, 12, 31)),
        ("31 Des 1990", date(1990, 12, 31)),
        ("31 DESEMBER 1990", date(1990, 12, 31)),
        ("31-Des-90", date(1990, 12, 31)),
        ("31Desember1990", date(1990, 12, 31)),
        ("7 Nopember 1985", date(1985, 11, 7)),
        ("7 Pebruari 1985", date(1985, 2, 7)),
        ("17 Agt 1945", date(1945, 8, 17)),
        ("5 Mei, 2001", date(2001, 5, 5)),
        ("12 Dec 2001", date(2001, 12, 12)),
        ("Senin, 31 Desember 1990", date(1990, 12, 31)),
        ("Jakarta, 31-12-1990", date(1990, 12, 31)),
        ("33238", date(1990, 12, 31)),
        ("33238.0", date(1990, 12, 31)),
        ("31121990", date(1990, 12, 31)),
        ("19901231", date(1990, 12, 31)),
        ("20021912", date(1912, 2, 20)),
        (" 31/12/1990 ", date(1990, 12, 31)),
        ("'31/12/1990", date(1990, 12, 31)),
        (date(1990, 12, 31), date(1990, 12, 31)),
        (datetime(1990, 12, 31, 8), date(1990, 12, 31)),
    ],
)
def test_a_day_is_read_in_every_usual_form(text: str | date, expected: date) -> None:
    assert parse_date(text, today=TODAY) == expected


@pytest.mark.parametrize(
    ("text", "year", "month", "part_of_message"),
    [
        ("1990", 1990, None, "tahun"),
        ("00/00/1990", 1990, None, "tahun"),
        ("1990-00-00", 1990, None, "tahun"),
        ("Desember 1990", 1990, 12, "bulan"),
        ("00-12-1990", 1990, 12, "bulan"),
        ("12/31/1990", 1990, None, "Bulan tampaknya"),
        ("31/02/1990", 1990, None, "kalender"),
        ("29-02-1990", 1990, None, "kalender"),
        ("31/12/0190", None, None, "Tahunnya"),
        ("", None, None, "tidak diisi"),
        ("-", None, None, "tidak diisi"),
        ("00/00/0000", None, None, "Tahunnya"),
        ("lupa", None, None, "tidak dikenali"),
        ("31 Desembre 1990", None, None, "tidak dikenali"),
        ("99999999", None, None, "dua cara"),
        ("123", None, None, "tidak dikenali"),
    ],
)
def test_what_is_not_a_certain_day_is_not_guessed(
    text: str, year: int | None, month: int | None, part_of_message: str
) -> None:
    unclear = parse_date(text, today=TODAY)
    assert isinstance(unclear, DateUnclear)
    assert (unclear.year, unclear.month) == (year, month)
    assert part_of_message in unclear.message


@settings(deadline=None)
@given(st.dates(date(1927, 1, 1), TODAY))
def test_a_day_written_in_any_form_is_the_same_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for text in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", day.isoformat(), str(serial)):
        assert parse_date(text, today=TODAY) == day


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789-/. desjanmei", max_size=16)))
def test_any_text_is_a_day_or_unclear(text: str) -> None:
    assert isinstance(parse_date(text, today=TODAY), date | DateUnclear)


# --- sex


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        *(
            (text, "L")
            for text in ("L", "l", "Lk", "LK.", "Laki-laki", "LAKI - LAKI", "Laki2", "Pria", "M", "male", "1", "1.0")
        ),
        *((text, "P") for text in ("P", "Pr", "Perempuan", "PEREMPUAN", "Wanita", "W", "F", "Female", "2")),
        *((text, None) for text in ("", "-", "X", "0", "3", "L/P", "laki perempuan", "?")),
    ],
)
def test_sex_is_read_as_it_is_written_and_never_guessed(text: str, sex: str | None) -> None:
    assert parse_sex(text) == sex


def test_in_a_column_of_pria_and_wanita_p_is_a_man() -> None:
    assert uses_pria_wanita(["P", "W", "W", ""])
    assert not uses_pria_wanita(["L", "P", "W"])
    assert not uses_pria_wanita(["P", "P"])
    assert [parse_sex(text, pria_wanita=True) for text in ("P", "W", "Pr", "Pria")] == ["L", "P", "P", "L"]
