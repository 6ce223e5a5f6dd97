"""A form of 300 questions in two languages, two scales of 90 items: how long publishing takes."""

from time import perf_counter

from serasi.xforms.authoring.publish import author

QUESTIONS, ITEMS = 300, 90
LANGUAGES = "label::Bahasa Indonesia (id) | label::English (en)"
BESIDE = """
## choices
| list_name | name | nilai | label::Bahasa Indonesia (id) | label::English (en) |
| - | - | - | - | - |
| seberapa | tidak | 0 | Tidak | Not at all |
| seberapa | sedikit | 1 | Sedikit | A little |
| seberapa | cukup | 2 | Cukup | Fairly |
| seberapa | sering | 3 | Sering | Often |
| seberapa | tidak_tahu | | Tidak tahu | Do not know |

## settings
| form_title | form_id | version | default_language |
| - | - | - | - |
| Besar | besar | 1 | Bahasa Indonesia (id) |
"""


def large() -> bytes:
    names = [f"q{number}" for number in range(1, QUESTIONS + 1)]
    scales = [names[:ITEMS], names[ITEMS : 2 * ITEMS]]
    asked = "\n".join(
        f"| {'select_one seberapa' if number <= 2 * ITEMS else 'text'} | {name} | Pertanyaan {name} | Question {name} |"
        for number, name in enumerate(names, start=1)
    )
    declared = "\n".join(
        f"| s{at} | Skala {at} | jumlah | {' '.join(part)} | 3 | naik |" for at, part in enumerate(scales)
    )
    columns = " | ".join(["nama", *names[: 2 * ITEMS], "skor:s0", "skor:s1"])
    filled = " | ".join(["semua", *["cukup"] * (2 * ITEMS), str(2 * ITEMS), str(2 * ITEMS)])
    return f"""
## survey
| type | name | {LANGUAGES} |
{asked}
{BESIDE}
## skor
| nama | judul | cara | butir | boleh_kosong | arah |
{declared}

## contoh
| {columns} |
| {filled} |
""".encode()


def test_three_hundred_questions_are_published_in_seconds() -> None:
    started = perf_counter()
    made = author(large(), "besar.md")
    assert [scale.highest for scale in made.declaration.scales] == [3 * ITEMS, 3 * ITEMS]
    assert perf_counter() - started < 10
