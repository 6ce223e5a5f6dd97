"""What expressions say, each read in the same answered form."""

import math
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serasi.xforms.safe_xml import parse as parse_xml
from serasi.xforms.working import Working
from serasi.xforms.xpath import (
    Broken,
    Evaluator,
    TooMuchWork,
    UnknownFunction,
    Unparsed,
    WrongArguments,
    functions_used,
    parse,
    primary_paths,
    references,
    wrong_calls,
)
from serasi.xforms.xpath.values import to_number, to_text

from .forms import NOW, answered, form_of

HOUSE = """
| survey |
| | type | name | label | choice_filter | calculation |
| | text | nama | Nama | |
| | text | kosong | Kosong | |
| | integer | umur | Umur | |
| | date | lahir | Lahir | |
| | dateTime | datang | Datang | |
| | select_one kab | kab | Kabupaten | |
| | select_multiple kab | banyak | Beberapa | |
| | geotrace | jalan | Jalan | | |
| | calculate | nol | | | 0 |
| | begin repeat | anak | Anak | | |
| | text | panggilan | Panggilan | |
| | integer | usia | Usia | |
| | begin repeat | sakit | Sakit | |
| | integer | hari | Hari | |
| | end repeat | | | |
| | end repeat | | | |
| choices |
| | list_name | name | label | prov |
| | kab | bdg | Bandung | jabar |
| | kab | bgr | Bogor | jabar |
| | kab | slm | Sleman | diy |
| settings |
| | form_id | version |
| | rumah | 7 |
"""
CHILDREN = (
    "<anak><panggilan>Ani</panggilan><usia>9</usia><sakit><hari>1</hari></sakit><sakit><hari>2</hari></sakit></anak>"
    "<anak><panggilan>Budi</panggilan><usia/><sakit><hari>3</hari></sakit></anak>"
    "<anak><panggilan>Cici</panggilan><usia>4</usia></anak>"
)

ANSWERS = {
    "nama": "Siti Aminah",
    "umur": "34",
    "lahir": "1992-03-01",
    "datang": "2026-11-20T10:00:00.000+07:00",
    "kab": "bgr",
    "banyak": "bdg slm",
    "jalan": "0 0 0 0;0 0.01 0 0",
    "anak": CHILDREN,
}

EXPRESSIONS = {
    # what is blank
    "/data/kosong + 1": "NaN",
    "/data/kosong < 1": "false",
    "/data/kosong >= 0": "false",
    "/data/kosong = 0": "false",
    "/data/kosong != 0": "true",
    "/data/kosong = ''": "true",
    "coalesce(/data/kosong, 'tidak ada')": "tidak ada",
    "coalesce(/data/kosong + 1, 0)": "0",
    "if(/data/kosong, 'ya', 'tidak')": "tidak",
    "/data/tidak/ada": "",
    # arithmetic and order
    "1 + 2 * 3": "7",
    "(1 + 2) * 3": "9",
    "10 - 4 - 3": "3",
    "- - 2": "2",
    "7 mod 3": "1",
    "-7 mod 3": "-1",
    "1 div 0": "Infinity",
    "0 div 0": "NaN",
    "1 div 3": "0.3333333333333333",
    "0.1 + 0.2 = 0.3": "true",
    "1 < 2 and 2 < 3 or false()": "true",
    "2 >= 2 = true()": "true",
    "1000000 * 1000000": "1000000000000",
    "1 div 1000000": "0.000001",
    "/data/umur*2": "68",
    "/data/umur div 2": "17",
    # rounding
    "round(2.5)": "3",
    "round(-2.5)": "-2",
    "round(2.345, 2)": "2.35",
    "round(1234, -2)": "1200",
    "int(-2.7)": "-2",
    "int('4.9')": "4",
    "number('12.50')": "12.5",
    "number('1e3')": "NaN",
    "number('dua')": "NaN",
    "abs(-3)": "3",
    "sqrt(16)": "4",
    "sqrt(-1)": "NaN",
    "pow(2, 10)": "1024",
    "log10(1000)": "3",
    "exp(0)": "1",
    "round(pi(), 4)": "3.1416",
    "round(sin(pi() div 6), 6)": "0.5",
    # over nodes, blanks passed over
    "sum(/data/anak/usia)": "13",
    "count(/data/anak)": "3",
    "count-non-empty(/data/anak/usia)": "2",
    "min(/data/anak/usia)": "4",
    "max(/data/anak/usia)": "9",
    "max(/data/umur, /data/kosong, 40)": "40",
    "max(/data/kosong)": "NaN",
    "sum(/data/anak/sakit/hari)": "6",
    "sum(/data/anak[usia > 5]/sakit/hari)": "3",
    "count(/data/anak[usia > 5 or panggilan = 'Budi'])": "2",
    "/data/anak[2]/panggilan": "Budi",
    "/data/anak[last()]/panggilan": "Cici",
    "/data/anak[position() = 2]/panggilan": "Budi",
    "(/data/anak/sakit)[3]/hari": "3",
    "count(/data/anak/sakit[1])": "2",
    "count(//hari)": "3",
    "count(/data/umur | /data/nama | /data/umur)": "2",
    "/data/anak/usia = 4": "true",
    "concat(/data/anak/panggilan)": "AniBudiCici",
    "join(', ', /data/anak/panggilan)": "Ani, Budi, Cici",
    "join('-', 'a', /data/umur, 'b')": "a-34-b",
    "indexed-repeat(/data/anak/panggilan, /data/anak, 3)": "Cici",
    "indexed-repeat(/data/anak/sakit/hari, /data/anak, 1, /data/anak/sakit, 2)": "2",
    "indexed-repeat(/data/anak/panggilan, /data/anak, 0)": "",
    "indexed-repeat(/data/anak/panggilan, /data/anak, 9)": "",
    "name(/data/*[3])": "umur",
    "string(/data/@version)": "7",
    "/data/umur/following-sibling::lahir": "1992-03-01",
    # texts
    "substr('kasus', 1, 3)": "as",
    "substr('kasus', -2)": "us",
    "substring('12345', 2, 3)": "234",
    "substring('12345', 1.5, 2.6)": "234",
    "substring('12345', 0)": "12345",
    "substring-before('a-b-c', '-')": "a",
    "substring-after('a-b-c', '-')": "b-c",
    "substring-before('abc', '-')": "",
    "string-length('Aceh')": "4",
    "string-length(/data/kosong)": "0",
    "normalize-space('  a   b ')": "a b",
    "translate('08-12 34', '- ', '')": "081234",
    "translate('abc', 'ab', 'AB')": "ABc",
    "contains(/data/nama, 'Amin')": "true",
    "starts-with(/data/nama, 'Siti')": "true",
    "ends-with(/data/nama, 'Siti')": "false",
    "regex('3273012345670001', '[0-9]{16}')": "true",
    "regex('x3273012345670001', '[0-9]{16}')": "false",
    "digest('a', 'MD5', 'hex')": "0cc175b9c0f1b6a831c399e269772661",
    "digest('a', 'SHA-1')": "hvfkN/qlp/zhXR3cuerq6jd2Z7g=",
    "base64-decode('SGFsbw==')": "Halo",
    "string-length(uuid())": "36",
    "string-length(uuid(40))": "40",
    "version()": "7",
    # choices
    "selected(/data/banyak, 'bdg')": "true",
    "selected(/data/banyak, 'bd')": "false",
    "selected(/data/kosong, '')": "true",
    "count-selected(/data/banyak)": "2",
    "count-selected(/data/kosong)": "0",
    "selected-at(/data/banyak, 1)": "slm",
    "selected-at(/data/banyak, 2)": "",
    "selected-at(/data/banyak, -1)": "",
    "jr:choice-name(/data/kab, '/data/kab')": "Bogor",
    "jr:choice-name(selected-at(/data/banyak, 1), ' /data/banyak ')": "Sleman",
    "instance('kab')/root/item[name = /data/kab]/prov": "jabar",
    "count(instance('kab')/root/item[prov = 'jabar'])": "2",
    "pulldata('kab', 'prov', 'name', 'slm')": "diy",
    # truths
    "not(1 = 2)": "true",
    "boolean('')": "false",
    "boolean-from-string('1')": "true",
    "boolean-from-string('ya')": "false",
    "checklist(2, -1, true(), 1 = 1, false())": "true",
    "checklist(-1, 1, true(), true())": "false",
    "weighted-checklist(5, 9, true(), 4, false(), 3, true(), 2)": "true",
    "'1' = 1": "true",
    "'1.0' = '1'": "false",
    "true() = 'false'": "true",
    # days and times; it is Sunday 22 November 2026, 09.30 in Jakarta
    "today()": "2026-11-22",
    "now()": "2026-11-22T09:30:00.000+07:00",
    "today() - /data/lahir": "12684",
    "int((today() - /data/lahir) div 365.25)": "34",
    "/data/lahir < today()": "true",
    "/data/lahir = date('1992-03-01')": "true",
    "/data/lahir = '1992-03-01'": "true",
    "/data/lahir > '1992-02-29'": "true",
    "/data/lahir < /data/kosong": "false",
    "today() > /data/datang": "true",
    "now() - /data/datang > 1.9": "true",
    "date(/data/datang)": "2026-11-20",
    "date('2026-02-28') + 1 = date('2026-03-01')": "true",
    "date(20000)": "2024-10-04",
    "date(today() + 7)": "2026-11-29",
    "date('2026-01-02T03:04:05.000+07:00')": "2026-01-02T03:04:05.000+07:00",
    "date(/data/kosong)": "",
    "format-date(/data/lahir, '%e %b %Y')": "1 Mar 1992",
    "format-date(today(), '%a %d/%m/%y')": "Min 22/11/26",
    "format-date-time(now(), '%H:%M:%S')": "09:30:00",
    "format-date(/data/kosong, '%Y')": "",
    "decimal-date-time('1970-01-02T00:00:00.000Z')": "1",
    "decimal-date-time('1970-01-02')": "0.7083333333333334",
    "decimal-time('12:00:00.000+07:00')": "0.5",
    "decimal-time('06:00')": "0.25",
    "date-time('2026-11-22T02:30:00Z') = now()": "true",
    # places, in metres
    "round(distance(/data/jalan))": "1113",
    "round(distance('0 0 0 0', '0 0.01 0 0', '0.01 0.01 0 0'))": "2226",
    "round(area('0 0;0 0.01;0.01 0.01;0.01 0;0 0'))": "1239189",
    "distance(/data/kosong)": "NaN",
    "if(/data/nol, 'ya', 'tidak')": "tidak",
    "sum(/data/anak/sakit[hari > 99]/hari)": "0",
    "date('1998-01-28') - date('1954-05-02')": "15977",
    "date('2018-01-28') - date('1974-05-02')": "15977",
    "decimal-time(/data/datang)": "0.4166666666666667",
    "format-date(date('2026-02-28') + 1, '%Y-%m-%d')": "2026-03-01",
}
"""What each says in the form above, filled as above, at the time of NOW: Sunday 22 November 2026, 09.30 in Jakarta."""


@cache
def house() -> Working:
    form = form_of(HOUSE)
    return Working(form, parse_xml(answered(form, ANSWERS)), NOW, {})


def worth(expression: str, at: str = "/data", row: int = 0) -> object:
    """The value of an expression at a node, nodes by the value of the first."""
    working = house()
    evaluator = Evaluator(working)
    return evaluator.single(evaluator.evaluate(parse(expression), working.at(at)[row]))


def text(expression: str, at: str = "/data", row: int = 0) -> str:
    value = worth(expression, at, row)
    assert isinstance(value, (str, float, bool, date))
    return to_text(value)


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS.items())
def test_an_expression_is_worth_what_collect_says(expression: str, expected: str) -> None:
    assert text(expression) == expected


def test_within_a_row_an_absolute_path_means_the_own_row() -> None:
    assert [text("/data/anak/panggilan", "/data/anak/usia", row) for row in range(3)] == ["Ani", "Budi", "Cici"]
    assert [text("../panggilan", "/data/anak/usia", row) for row in range(3)] == ["Ani", "Budi", "Cici"]
    assert [text("sum(/data/anak/sakit/hari)", "/data/anak/usia", row) for row in range(3)] == ["3", "3", "0"]


def test_within_a_row_the_repeat_itself_means_all_rows() -> None:
    assert text("count(/data/anak)", "/data/anak/usia", 1) == "3"
    assert text("position(..)", "/data/anak/usia", 1) == "2"


def test_current_stays_where_the_expression_stands() -> None:
    found = text("instance('kab')/root/item[name = current()/../kab]/label", "/data/umur")
    assert found == text("instance('kab')/root/item[name = /data/kab]/label", "/data/umur")
    assert text("/data/anak[panggilan = current()/../panggilan]/usia", "/data/anak/panggilan", 2) == "4"


def test_arguments_that_do_not_matter_are_not_looked_at() -> None:
    assert text("if(true(), 1, date('bukan tanggal'))") == "1"
    assert text("true() or date('bukan tanggal')") == "true"
    with pytest.raises(Broken):
        text("if(false(), 1, date('bukan tanggal'))")


def test_chance_is_between_nothing_and_one() -> None:
    assert 0 <= float(text("random()")) < 1


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("", 0),
        ("1 +", 3),
        ("if(1, 2, 3", 10),
        ("a == b", 3),
        ("a && b", 2),
        ("concat('a'; 'b')", 10),
        ("a b", 2),
        ("/data/'x'", 6),
        ("sum(/data/x))", 12),
        ("'tanpa akhir", 0),
        ("$a", 0),
        ("x[1", 3),
        ("keatas::a", 0),
        ("..[", 3),
        ("1 2", 2),
    ],
)
def test_what_is_no_expression_is_refused_where_it_stops_being_one(expression: str, position: int) -> None:
    with pytest.raises(Unparsed) as refused:
        parse(expression)
    assert refused.value.position == position


@pytest.mark.parametrize(
    ("expression", "same_as"),
    [
        ("1+2", "1 + 2"),
        ("\n if( a ,b , c ) ", "if(a,b,c)"),
        ("a[b][c]", "a [ b ] [ c ]"),
        ("./a", "self::node()/child::a"),
        ("../@x", "parent::*/attribute::x"),
        ("//a", "/descendant-or-self::*/child::a"),
        ("div div mod", "child::div div child::mod"),
        ("* * *", "child::* * child::*"),
    ],
)
def test_two_ways_of_writing_are_one_expression(expression: str, same_as: str) -> None:
    assert parse(expression) == parse(same_as)


def test_names_may_hold_what_looks_like_an_operator() -> None:
    assert [path.steps[0].name for path in references(parse("tanggal-lahir - hari.ini"))] == [
        "tanggal-lahir",
        "hari.ini",
    ]


def test_a_sum_of_many_items_is_not_deep() -> None:
    items = " + ".join(["1"] * 1_000)
    assert text(items) == "1000"


@pytest.mark.parametrize("expression", ["(" * 500 + "1" + ")" * 500, "a[" * 200 + "1" + "]" * 200, "1+" * 20_000 + "1"])
def test_what_is_far_too_deep_or_long_is_refused(expression: str) -> None:
    with pytest.raises(Unparsed):
        parse(expression)


def test_bands_within_bands_are_deep_enough() -> None:
    bands = "'tinggi'"
    for bound in range(50, 0, -1):
        bands = f"if(/data/umur < {bound}, 'pita {bound}', {bands})"
    assert text(bands) == "pita 35"


@pytest.mark.parametrize(
    "expression",
    [
        "count(//*[count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0]) > 0])",
        "regex(concat('" + "a" * 900 + "', '" + "a" * 900 + "'), '(a{0,30}){0,30}')",
    ],
)
def test_an_expression_that_never_ends_is_refused(expression: str) -> None:
    with pytest.raises(TooMuchWork):
        text(expression)


def test_what_an_expression_speaks_of_is_told() -> None:
    tree = parse("if(selected(/data/a, 'x'), sum(../b), instance('kab')/root/item[name = current()/../c]/d)")
    assert functions_used(tree) == {"if", "selected", "sum", "instance", "current"}
    assert set(primary_paths(tree, "/data/g/here")) == {"/data/a", "/data/g/b", "/data/g/c"}


def test_calls_that_cannot_be_are_told_by_name() -> None:
    wrong = wrong_calls(parse("hitung(1) + if(1, 2) + round() + round(1, 2, 3) + indexed-repeat(a, b) + concat()"))
    assert [type(each) for each in wrong] == [UnknownFunction, *[WrongArguments] * 5]
    assert str(wrong[0]) == "Fungsi hitung() tidak dikenal."
    assert str(wrong[1]) == "Fungsi if() memerlukan 3 isian, bukan 2."
    assert str(wrong[2]) == "Fungsi round() memerlukan 1 sampai 2 isian, bukan 0."


def test_an_unknown_function_is_named_when_it_is_called() -> None:
    with pytest.raises(UnknownFunction, match="hitung"):
        text("hitung(1)")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_is_written_so_that_it_is_read_again(number: float) -> None:
    written = to_text(number)
    assert "e" not in written
    assert math.isclose(to_number(written), number, rel_tol=1e-12, abs_tol=1e-11)


def where_it_fails(expression: str) -> int | None:
    try:
        parse(expression)
    except Unparsed as refused:
        return refused.position
    return None


@given(st.text("ab1.,/*+-()[]'= |<@", max_size=20) | st.text(max_size=10))
def test_any_text_is_an_expression_or_refused_within_itself(expression: str) -> None:
    assert where_it_fails(expression) in {None, *range(len(expression) + 1)}
