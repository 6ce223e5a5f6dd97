import pytest

from serasi.xforms.evaluate import ProblemKind, evaluate, finished
from serasi.xforms.form import Form
from serasi.xforms.instance import UnknownPath
from serasi.xforms.tests.forms import NOW, answered, form_of
from serasi.xforms.xpath import TooMuchWork

MOOD = """
| survey |
| | type | name | label | calculation | required | relevant | constraint | constraint_message |
| | select_one yt | sedih | Sering sedih? | | yes | | | |
| | select_one yt | cemas | Sering cemas? | | yes | | | |
| | select_multiple sebab | sebab | Apa sebabnya? | | yes | ${sedih} = '1' or ${cemas} = '1' | | |
| | integer | umur | Umur | | | | . >= 0 and . < 120 | Umur tidak mungkin. |
| | calculate | n | | if(${sedih} != '', 1, 0) + if(${cemas} != '', 1, 0) | | | | |
| | calculate | skor | | if(${n} = 2, number(${sedih}) + number(${cemas}), '') | | | | |
| | calculate | banyak | | count-selected(${sebab}) | | ${skor} > 0 | | |
| choices |
| | list_name | name | label |
| | yt | 1 | Ya |
| | yt | 0 | Tidak |
| | sebab | kerja | Kerja |
| | sebab | uang | Uang |
"""


def values(form: Form, **answers: str) -> dict[str, str]:
    found = evaluate(form, answered(form, answers), now=NOW)
    return {path.rpartition("/")[2]: value for path, value in found.values.items() if "/meta/" not in path}


def problems(form: Form, **answers: str) -> list[tuple[str, str]]:
    found = evaluate(form, answered(form, answers), now=NOW)
    return [(problem.path.removeprefix("/data/"), problem.message.said()) for problem in found.problems]


def test_a_score_is_found_when_everything_is_answered() -> None:
    assert values(form_of(MOOD), sedih="1", cemas="1", sebab="kerja uang") == {"n": "2", "skor": "2", "banyak": "2"}


def test_a_score_is_blank_while_something_is_blank() -> None:
    assert values(form_of(MOOD), sedih="1") == {"n": "1", "skor": "", "banyak": ""}


def test_what_is_not_relevant_is_no_answer_and_is_not_kept() -> None:
    form = form_of(MOOD)
    found = evaluate(form, answered(form, {"sedih": "0", "cemas": "0", "sebab": "kerja"}), now=NOW)
    assert found.irrelevant == {"/data/sebab", "/data/banyak"}
    assert b"sebab" not in finished(form, found)
    assert b"<skor>0</skor>" in finished(form, found)


def test_what_is_wrong_is_said_in_the_words_of_the_form_and_in_its_order() -> None:
    assert problems(form_of(MOOD), cemas="2", sedih="1", umur="200") == [
        ("cemas", "Pilihan ini tidak ada."),
        ("sebab", "Isian ini wajib."),
        ("umur", "Umur tidak mungkin."),
    ]


@pytest.mark.parametrize("chosen", ["kerja kerja", "kerja cuaca"])
def test_each_of_many_choices_must_exist_and_stand_once(chosen: str) -> None:
    assert problems(form_of(MOOD), cemas="1", sedih="1", sebab=chosen) == [("sebab", "Pilihan ini tidak ada.")]


def test_a_word_is_no_number() -> None:
    form = form_of(MOOD)
    found = evaluate(form, answered(form, {"umur": "tujuh"}), now=NOW).problems
    assert [problem.kind for problem in found if problem.path == "/data/umur"] == [ProblemKind.TYPE]


def test_an_instance_of_another_form_is_refused() -> None:
    with pytest.raises(UnknownPath):
        evaluate(form_of(MOOD), b"<data><lain>1</lain></data>", now=NOW)


def test_texts_that_double_themselves_are_refused() -> None:
    doubling = "\n".join(f"| | calculate | c{at} | | concat(${{c{at - 1}}}, ${{c{at - 1}}}) |" for at in range(1, 40))
    form = form_of(f"| survey |\n| | type | name | label | calculation |\n| | text | c0 | C | |\n{doubling}\n")
    with pytest.raises(TooMuchWork):
        evaluate(form, answered(form, {"c0": "a"}), now=NOW)


def test_an_expression_that_fails_is_a_problem_and_its_value_is_blank() -> None:
    form = form_of(
        "| survey |\n| | type | name | label | calculation |\n| | text | t | T | |\n"
        "| | calculate | h | | date(${t}) |\n"
    )
    found = evaluate(form, answered(form, {"t": "kemarin"}), now=NOW)
    assert found.values["/data/h"] == ""
    assert [(problem.path, problem.kind) for problem in found.problems] == [("/data/h", ProblemKind.EXPRESSION)]
    assert found.problems[0].message.said() == "“kemarin” bukan tanggal."


def test_a_list_from_outside_is_handed_in() -> None:
    form = form_of(
        "| survey |\n| | type | name | label | choice_filter |\n| | text | kec | Kecamatan | |\n"
        "| | select_one_from_file desa.csv | desa | Desa | kec = ${kec} |\n"
    )
    rows = [{"name": "a", "label": "A", "kec": "x"}, {"name": "b", "label": "B", "kec": "y"}]
    for village, expected in {"a": [], "b": [ProblemKind.CHOICE]}.items():
        instance = answered(form, {"kec": "x", "desa": village})
        found = evaluate(form, instance, now=NOW, secondary={"desa": rows}).problems
        assert [problem.kind for problem in found] == expected
    missing = evaluate(form, instance, now=NOW).problems
    assert [problem.message.said() for problem in missing] == ["Daftar “desa” tidak ada."]


CHILDREN = """
| survey |
| | type | name | label | repeat_count | required |
| | integer | banyak | Berapa anak? | | |
| | begin repeat | anak | Anak | {count} | |
| | text | nama | Nama | | |
| | end repeat | | | | |
"""


@pytest.mark.parametrize("count", ["${banyak}", "${banyak} + 0"])
@pytest.mark.parametrize(("said", "beyond"), [("3", []), ("2", [3]), ("0", [1, 2, 3]), ("", [1, 2, 3])])
def test_rows_beyond_the_number_that_the_form_gives_are_told(count: str, said: str, beyond: list[int]) -> None:
    form = form_of(CHILDREN.format(count=count))
    rows = "".join(f"<anak><nama>{name}</nama></anak>" for name in "abc")
    found = evaluate(form, answered(form, {"banyak": said, "anak": rows}), now=NOW).problems
    assert [(problem.path, problem.kind) for problem in found] == [
        (f"/data/anak[{place}]", ProblemKind.ROWS) for place in beyond
    ]
