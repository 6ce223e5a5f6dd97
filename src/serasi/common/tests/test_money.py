from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.money import MAX_RUPIAH, AmountRefused, format_rupiah, parse_rupiah


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (999, "Rp999"), (1000, "Rp1.000"), (1_250_000, "Rp1.250.000"), (-5000, "-Rp5.000")],
)
def test_an_amount_is_written_as_in_indonesia(amount: int, written: str) -> None:
    assert format_rupiah(amount) == written


@pytest.mark.parametrize(
    "text",
    [
        "1250000",
        "1.250.000",
        "Rp1.250.000",
        "Rp. 1.250.000,-",
        "rp 1 250 000",
        "1.250.000,00",
        "1,250,000",
        "1,250,000.00",
        "IDR 1250000",
        "1.250.000 rupiah",
        "1,25 juta",
        "1250 ribu",
        "1.250rb",
    ],
)
def test_one_amount_is_read_in_all_its_writings(text: str) -> None:
    assert parse_rupiah(text) == 1_250_000


@pytest.mark.parametrize(
    ("text", "part_of_message"),
    [
        ("", "belum diisi"),
        ("  ", "belum diisi"),
        ("seribu", "tidak dikenali"),
        ("1,250", "tidak dikenali"),
        ("1.25", "tidak dikenali"),
        ("12.50", "tidak dikenali"),
        ("1.2500", "tidak dikenali"),
        ("1.250,5", "tidak dikenali"),
        ("9" * 5000, "tidak dikenali"),
        ("--5", "tidak dikenali"),
        ("-Rp-5", "tidak dikenali"),
        ("\uff11\uff12\uff15\uff10", "tidak dikenali"),
        ("1.250,50", "tanpa sen"),
        ("0,0000001 juta", "tanpa sen"),
        ("1000000000000000", "terlalu besar"),
        ("9999999 miliar", "terlalu besar"),
    ],
)
def test_what_is_not_certainly_whole_rupiah_is_refused(text: str, part_of_message: str) -> None:
    with pytest.raises(AmountRefused) as refused:
        parse_rupiah(text)
    assert part_of_message in refused.value.message


@settings(deadline=None)
@given(st.integers(-MAX_RUPIAH, MAX_RUPIAH))
def test_what_is_written_is_read_back(amount: int) -> None:
    assert parse_rupiah(format_rupiah(amount)) == amount


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789.,-Rpjtrb ", max_size=24)))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(AmountRefused):
        assert abs(parse_rupiah(text)) <= MAX_RUPIAH
