import json

import pytest
from django.utils import translation

from serasi.common.nik import NikError, read_nik
from serasi.common.sentences import kept, retold
from serasi.common.sentences import sentence as _


def in_english(text: str) -> str:
    """The text after it was written down and read again by someone else."""
    written = json.loads(json.dumps(kept(text)))
    with translation.override("en"):
        return retold(written)


def test_a_sentence_is_a_text_in_the_language_of_whoever_reads() -> None:
    assert _("Periksa tahunnya.") == "Periksa tahunnya."
    assert in_english(_("Periksa tahunnya.")) == "Check the year."


def test_values_and_sentences_within_a_sentence_are_told_again() -> None:
    message = _("%(name)s harus 16 angka; yang tertulis %(count)d angka.") % {"name": _("Nomor KK"), "count": 12}
    assert message == "Nomor KK harus 16 angka; yang tertulis 12 angka."
    assert in_english(message) == "KK number must have 16 digits; 12 were written."


def test_a_text_among_the_values_is_a_fact_and_never_translated() -> None:
    message = _("%(name)s belum diisi.") % {"name": "Nama"}
    assert in_english(message).startswith("Nama ")


def test_what_was_written_in_english_is_read_in_indonesian() -> None:
    with translation.override("en"):
        written = kept(_("%(name)s belum diisi.") % {"name": _("Nomor KK")})
    assert retold(written) == "Nomor KK belum diisi."


def test_a_text_that_is_no_sentence_is_kept_as_it_stands() -> None:
    assert (kept("100% Budi"), in_english("100% Budi"), in_english("")) == ("100% Budi", "100% Budi", "")


def test_what_is_wrong_with_a_number_can_be_kept() -> None:
    with pytest.raises(NikError) as raised:
        read_nik("123")
    assert in_english(raised.value.message) == "NIK must have 16 digits; 3 were written."
