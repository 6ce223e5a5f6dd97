import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.text import clean_lines, clean_text, has_nul

any_text = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siti   Aminah \n", "Siti Aminah"),
        ("Siti\tAminah", "Siti Aminah"),
        ("Siti\u00a0Aminah", "Siti Aminah"),
        ("Jose\u0301", "José"),
        ("Si\x00ti", "Siti"),
        ("Si\u200bti\ufeff", "Siti"),
        ("\u202eitiS", "itiS"),
        ("Si\ud800ti", "Siti"),
        ("a\r\nb", "a b"),
        ("", ""),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_one_line_is_kept_without_what_nobody_sees(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("satu\r\ndua\rtiga\u2028empat", "satu\ndua\ntiga\nempat"),
        ("\n\nsatu  kata \n\n\n\n dua\n", "satu kata\n\ndua"),
        ("a\x00\n\x0bb", "a\nb"),
        ("\n \n", ""),
    ],
)
def test_several_lines_stay_lines(typed: str, kept: str) -> None:
    assert clean_lines(typed) == kept


def test_a_nul_is_noticed() -> None:
    assert has_nul("a\0")
    assert not has_nul("a0")


@settings(deadline=None)
@given(any_text)
def test_what_is_kept_can_be_stored_and_is_kept_again_unchanged(typed: str) -> None:
    for clean in (clean_text, clean_lines):
        kept = clean(typed)
        kept.encode()
        assert not has_nul(kept)
        assert unicodedata.is_normalized("NFC", kept)
        assert clean(kept) == kept
    assert "\n" not in clean_text(typed)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F), min_size=1))
def test_ordinary_letters_pass_untouched(typed: str) -> None:
    assert clean_text(typed) == unicodedata.normalize("NFC", typed)
