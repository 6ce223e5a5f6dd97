"""Declared scales of every kind are worth what plain arithmetic says, whatever is answered and whatever is not."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.xforms.authoring.publish import Authored, author
from serasi.xforms.authoring.survey import Survey, survey_of
from serasi.xforms.authoring.tests.reckoning import reckoned, rounded
from serasi.xforms.authoring.workbook import read
from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form
from serasi.xforms.instance import compose

SOURCE = """
## survey
| type | name | label | relevant |
| select_one angka | a | A | |
| select_one angka | b | B | |
| select_one kata | c | C | |
| select_one kata | d | D | |
| select_one kata | e | E | ${c} != 'tidak' |
| integer | f | F | |
| select_one tiga | g | G | |
| select_one tiga | h | H | |
| select_one tiga | i | I | |

## choices
| list_name | name | label | nilai |
| angka | 0 | Nol | |
| angka | 1 | Satu | |
| angka | 4 | Empat | |
| kata | tidak | Tidak | 0 |
| kata | sedikit | Sedikit | 0,5 |
| kata | sangat | Sangat | 2,25 |
| kata | dk | Tidak tahu | |
| tiga | 1 | Satu | 1 |
| tiga | 2 | Dua | 2 |
| tiga | 3 | Tiga | 3 |
| tiga | dk | Tidak tahu | |

## settings
| form_title | form_id | version |
| Segala cara | cara | 1 |

## skor
| nama | judul | cara | butir | terbalik | boleh_kosong | terendah | tertinggi | arah |
| utuh | U | jumlah | a b | b | 0 | 0 | 8 | naik |
| pecahan | P | jumlah | c d | d | 0 | | | turun |
| kurang | K | jumlah | c d e | c | 1 | 0 | 6,75 | turun |
| rata | R | rerata | a b g | | 1 | | | netral |
| rata_balik | R | rerata | g h i | g i | 2 | 1 | 3 | netral |
| tiga_butir | T | jumlah | g h i | h | 1 | 3 | 9 | naik |
| diketik | D | jumlah | f | | 0 | 0 | 50 | naik |

## pita
| skor | kode | dari | sampai | judul | sumber |
| rata_balik | rendah | 1 | 1,99 | Rendah | uji |
| rata_balik | tinggi | 2,00 | 3 | Tinggi | uji |
| tiga_butir | rendah | 3 | 5 | Rendah | uji |
| tiga_butir | tinggi | 6 | 9 | Tinggi | uji |
| diketik | sedikit | 0 | 24 | Sedikit | uji |
| diketik | banyak | 25 | 50 | Banyak | uji |

## contoh
| nama | a | b | c | d | e | f | g | h | i | skor:utuh | skor:pecahan | skor:kurang | skor:rata | skor:rata_balik | \
skor:tiga_butir | skor:diketik |
| penuh | 1 | 4 | sedikit | sangat | tidak | 25 | 1 | 2 | 3 | 1 | 0,5 | 4 | 2 | 2 | 6 | 25 |
| kosong satu | 4 | | sangat | tidak | dk | | 3 | dk | 1 | | 4,5 | 0 | 3,5 | 2 | 6 | |
""".replace("\\\n", "").encode()
STEPS = {"utuh": Decimal(1), "tiga_butir": Decimal(1), "diketik": Decimal(1)}
ITEMS = {
    "a": ("0", "1", "4"),
    "b": ("0", "1", "4"),
    "g": ("1", "2", "3", "dk"),
    "h": ("1", "2", "3", "dk"),
    "i": ("1", "2", "3", "dk"),
}
WORDS = ("tidak", "sedikit", "sangat", "dk")


@cache
def made() -> tuple[Authored, Survey, Form]:
    authored = author(SOURCE, "cara.md")
    return authored, survey_of(read(SOURCE, "cara.md")), Form.parse(authored.xform)


def worth(answers: dict[str, str]) -> dict[str, str]:
    _authored, _survey, form = made()
    told = {f"/data/{name}": answer for name, answer in answers.items() if answer}
    evaluated = evaluate(form, compose(form, told, instance_id=UUID(int=1)), now=datetime(2026, 1, 1, tzinfo=UTC))
    return {path.removeprefix("/data/"): value for path, value in evaluated.values.items()}


answers = st.fixed_dictionaries(
    {
        **{name: st.sampled_from(("", *choices)) for name, choices in ITEMS.items()},
        **{name: st.sampled_from(("", *WORDS)) for name in "cde"},
        "f": st.one_of(st.just(""), st.integers(0, 60).map(str)),
    }
)


@settings(max_examples=150, deadline=None)
@given(answers)
def test_every_kind_of_scale_is_worth_what_plain_arithmetic_says(given_answers: dict[str, str]) -> None:
    authored, survey, _form = made()
    asked = given_answers | ({"e": ""} if given_answers["c"] == "tidak" else {})
    found = worth(given_answers)
    for scale in authored.declaration.scales:
        value = reckoned(scale, asked, survey)
        if value is None:
            assert found[scale.name] == ""
            continue
        expected = rounded(value, STEPS.get(scale.name, Decimal("0.01")))
        assert Decimal(found[scale.name]) == expected, scale.name
        bands = [one for one in authored.declaration.bands if one.scale == scale.name]
        inside = [one.code for one in bands if one.lowest <= expected <= one.highest]
        assert not bands or found[f"{scale.name}_pita"] == "".join(inside)


def test_what_was_answered_is_counted() -> None:
    found = worth({"g": "1", "h": "dk", "c": "tidak", "e": "sangat"})
    assert (found["tiga_butir_terjawab"], found["kurang_terjawab"], found["utuh_terjawab"]) == ("1", "1", "0")


def test_a_value_beyond_the_scale_has_no_band() -> None:
    assert (worth({"f": "51"})["diketik"], worth({"f": "51"})["diketik_pita"]) == ("51", "")
    assert worth({"f": "50"})["diketik_pita"] == "banyak"
