"""A name kept back in running text."""

import pytest

from serasi.common.initials import NO_VEIL, Veil

RUDI = "Rudi Hartanto, laki-laki, 14 tahun"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rudi Hartanto dibawa polisi.", "R. H. dibawa polisi."),
        ("Ibunya, Ny. HARTANTO, menunggu rudi.", "Ibunya, Ny. H., menunggu R.."),
        ("Tas Rudinya tertinggal; rudi’s kakak datang.", "Tas R. tertinggal; R. kakak datang."),
        ("Rudianto adalah orang lain.", "Rudianto adalah orang lain."),
        ("", ""),
    ],
)
def test_the_words_of_a_name_become_initials_and_the_rest_stays(text: str, shown: str) -> None:
    assert Veil.of(["Rudi Hartanto"]).over(text) == shown
    assert Veil.of((), described=RUDI).over(text) == shown


@pytest.mark.parametrize(
    ("described", "shown"),
    [
        (RUDI, "R. H., laki-laki, 14 tahun"),
        ("rudi h, lk, adik Rudi juga", "R. H., lk, adik R. juga"),
        ("Su Al (14 th)", "S. A. (14 th)"),
        ("Laki-laki, ±14, Pasar Senen", "Laki-laki, ±14, Pasar Senen"),
        ("Seorang anak perempuan bernama Sari - dari Bogor", "Seorang anak perempuan bernama S. - dari Bogor"),
    ],
)
def test_whom_a_report_is_about_is_said_by_initials_and_description(described: str, shown: str) -> None:
    assert Veil.of((), described=described).over_description(described) == shown


def test_short_words_of_a_name_are_kept_back_where_the_name_stands_and_not_in_running_text() -> None:
    veil = Veil.of((), described="Al Fatih, 12 th")
    assert veil.over_description("Al Fatih, 12 th") == "A. F., 12 th"
    assert veil.over("Al Fatih di masjid Al Ikhlas") == "Al F. di masjid Al Ikhlas"


def test_no_veil_changes_nothing_and_a_closed_one_tells_nothing() -> None:
    assert NO_VEIL.over(RUDI) == RUDI == NO_VEIL.over_description(RUDI)
    closed = Veil(is_closed=True)
    assert [closed.over("Rudi lari."), closed.over(""), closed.over_description(RUDI)] == [
        "Hanya untuk tim",
        "",
        "R. H.",
    ]
