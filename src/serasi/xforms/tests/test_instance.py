from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from serasi.xforms.evaluate import evaluate, finished
from serasi.xforms.instance import (
    NamesNoForm,
    NamesNoInstance,
    NotARepeat,
    NotOfThisForm,
    UnknownPath,
    Unreadable,
    answers_of,
    compose,
    read_submission,
)
from serasi.xforms.tests.forms import NOW, SOME_ID, form_of

FAMILY = """
| survey |
| | type | name | label | default | calculation |
| | start | mulai | | | |
| | end | selesai | | | |
| | today | hari | | | |
| | text | nama | Nama | | |
| | integer | orang | Orang | 1 | |
| | begin group | rumah | Rumah | | |
| | text | atap | Atap | | |
| | begin repeat | anak | Anak | | |
| | text | sebutan | Sebutan | | |
| | begin repeat | sakit | Sakit | | |
| | text | apa | Apa | | |
| | end repeat | | | | |
| | calculate | urut | | | position(..) |
| | end repeat | | | | |
| | end group | | | | |
| | calculate | banyak | | | count(${anak}) |
| settings |
| | form_id | version |
| | keluarga | 2 |
"""
FORM = form_of(FAMILY)
OTHER_ID = UUID("0193b1a0-0000-7000-8000-000000000002")


def text_at(instance: bytes, path: str) -> list[str | None]:
    root = etree.fromstring(instance)
    return [element.text for element in root.iterfind("/".join(f"{{*}}{step}" for step in path.split("/")))]


def test_answers_stand_where_the_form_has_them() -> None:
    instance = compose(FORM, {"/data/nama": "Siti & <Budi>", "/data/rumah/atap": "seng"}, instance_id=SOME_ID)
    assert text_at(instance, "nama") == ["Siti & <Budi>"]
    assert text_at(instance, "rumah/atap") == ["seng"]
    assert text_at(instance, "meta/instanceID") == [f"uuid:{SOME_ID}"]
    assert dict(etree.fromstring(instance).attrib) == {"id": "keluarga", "version": "2"}


def test_a_default_stands_until_it_is_answered_or_emptied() -> None:
    assert text_at(compose(FORM, {}, instance_id=SOME_ID), "orang") == ["1"]
    assert text_at(compose(FORM, {"/data/orang": "4"}, instance_id=SOME_ID), "orang") == ["4"]
    assert text_at(compose(FORM, {"/data/orang": ""}, instance_id=SOME_ID), "orang") == [None]


def test_a_repeat_has_the_rows_that_were_answered() -> None:
    rows = "<anak><sebutan>Ani</sebutan></anak><anak><sakit><apa>demam</apa></sakit><sakit/></anak>"
    instance = compose(FORM, {"/data/rumah/anak": rows}, instance_id=SOME_ID)
    assert text_at(instance, "rumah/anak/sebutan") == ["Ani"]
    assert len(text_at(instance, "rumah/anak/sakit")) == 2
    assert len(text_at(compose(FORM, {}, instance_id=SOME_ID), "rumah/anak")) == 1
    assert text_at(compose(FORM, {"/data/rumah/anak": ""}, instance_id=SOME_ID), "rumah/anak") == []


def test_start_end_and_day_are_noted_where_the_form_asks_for_them() -> None:
    instance = compose(FORM, {}, instance_id=SOME_ID, started_at=NOW, ended_at=NOW + timedelta(hours=1))
    assert text_at(instance, "mulai") == ["2026-11-22T09:30:00.000+07:00"]
    assert text_at(instance, "selesai") == ["2026-11-22T10:30:00.000+07:00"]
    assert text_at(instance, "hari") == ["2026-11-22"]


def test_an_instance_names_the_one_it_replaces() -> None:
    instance = compose(FORM, {}, instance_id=SOME_ID, deprecated_id=OTHER_ID)
    sent = read_submission(instance)
    assert (sent.form_id, sent.version) == ("keluarga", "2")
    assert (sent.instance_id, sent.deprecated_id) == (f"uuid:{SOME_ID}", f"uuid:{OTHER_ID}")


@pytest.mark.parametrize(
    "path",
    [
        "/data/tidak_ada",
        "nama",
        "/data",
        "/data/rumah",
        "/data/rumah/anak/sebutan",
        "/data/rumah/anak/sakit",
        "/data/meta/instanceID",
        "/data/meta",
    ],
)
def test_a_path_that_is_no_answer_is_refused(path: str) -> None:
    with pytest.raises(UnknownPath):
        compose(FORM, {path: "1"}, instance_id=SOME_ID)


@pytest.mark.parametrize(
    "rows",
    [
        "Ani",
        "<anak>",
        "</rows><rows>",
        "<anak/>teks<anak/>",
        "<anak>teks</anak>",
        "<kucing/>",
        "<anak a='1'/>",
        "<anak><sebutan a='1'/></anak>",
        "<anak><sebutan><b/></sebutan></anak>",
        "<anak><sebutan/><sebutan/></anak>",
        "<anak xmlns='urn:x'/>",
        "<anak><!-- --></anak>",
        "<!-- -->",
        "<?x y?>",
        "<anak><nama/></anak>",
        "<!DOCTYPE x><anak/>",
        "<anak>&x;</anak>",
        "\ud800",
        "<anak>" * 80 + "</anak>" * 80,
    ],
)
def test_rows_that_are_not_of_the_form_are_refused(rows: str) -> None:
    with pytest.raises((NotARepeat, UnknownPath)):
        compose(FORM, {"/data/rumah/anak": rows}, instance_id=SOME_ID)


def test_an_answer_that_no_xml_can_hold_is_refused() -> None:
    with pytest.raises(NotOfThisForm, match="tidak dapat disimpan"):
        compose(FORM, {"/data/nama": "a\x00b"}, instance_id=SOME_ID)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)


@st.composite
def rows(draw: st.DrawFn) -> str:
    def element(name: str, *inner: etree._Element, text: str = "") -> etree._Element:
        made = etree.Element(name)
        made.text = text or None
        made.extend(inner)
        return made

    children = [
        element(
            "anak",
            element("sebutan", text=draw(WORDS)),
            *(element("sakit", element("apa", text=draw(WORDS))) for _ in range(draw(st.integers(0, 2)))),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return "".join(etree.tostring(child, encoding="unicode") for child in children)


@given(
    st.fixed_dictionaries(
        {"/data/orang": WORDS, "/data/rumah/anak": rows()},
        optional={"/data/nama": WORDS.filter(bool), "/data/rumah/atap": WORDS.filter(bool)},
    )
)
def test_answers_come_back_as_they_were_given(answers: dict[str, str]) -> None:
    instance = compose(FORM, answers, instance_id=SOME_ID, started_at=NOW)
    assert answers_of(FORM, instance) == answers
    kept = finished(FORM, evaluate(FORM, instance, now=NOW))
    again = answers_of(FORM, kept)
    assert again | {"/data/rumah/anak": ""} == answers | {"/data/rumah/anak": ""}
    assert evaluate(FORM, kept, now=NOW).values == evaluate(FORM, instance, now=NOW).values


COLLECT = f"""<?xml version='1.0' ?><data id="keluarga" version="2" xmlns:jr="http://openrosa.org/javarosa"
 xmlns:orx="http://openrosa.org/xforms"><mulai>2026-11-22T08:00:00.000+07:00</mulai><nama>Siti</nama><orang>2</orang>
 <rumah><anak><sebutan>Ani</sebutan><urut>9</urut></anak></rumah><banyak>7</banyak>
 <orx:meta><orx:instanceID>uuid:{SOME_ID}</orx:instanceID><orx:deviceID>collect:1</orx:deviceID></orx:meta></data>""".encode()


def test_what_collect_sends_is_read_and_worked_out_anew() -> None:
    assert read_submission(COLLECT).instance_id == f"uuid:{SOME_ID}"
    assert answers_of(FORM, COLLECT)["/data/nama"] == "Siti"
    worked_out = evaluate(FORM, COLLECT, now=NOW)
    assert worked_out.values == {"/data/rumah/anak[1]/urut": "1", "/data/banyak": "1"}
    assert b"collect:1" in finished(FORM, worked_out)


def test_answers_of_another_form_are_refused() -> None:
    for other in (
        b"<lain/>",
        b"<data><lain/></data>",
        b"<data><nama/><nama/></data>",
        b"<data><rumah><lain/></rumah></data>",
    ):
        with pytest.raises(NotOfThisForm):
            answers_of(FORM, other)
        with pytest.raises(NotOfThisForm):
            evaluate(FORM, other, now=NOW)


@pytest.mark.parametrize(
    ("xml", "refused", "message"),
    [
        (b"bukan xml", Unreadable, "Berkas ini bukan XML yang sah."),
        (b"<!DOCTYPE a []><a id='x'/>", Unreadable, "Berkas XML tidak boleh memuat DOCTYPE."),
        (b"<a/>", NamesNoForm, "Kiriman ini tidak menyebut formulirnya."),
        (b"<a xmlns='http://www.w3.org/2002/xforms'/>", NamesNoForm, "Kiriman ini tidak menyebut formulirnya."),
        (b"<a id='x'/>", NamesNoInstance, "Kiriman ini tidak memuat instanceID."),
        (b"<a id='x'><meta><instanceID/></meta></a>", NamesNoInstance, "Kiriman ini tidak memuat instanceID."),
    ],
)
def test_what_a_device_may_not_send_is_refused_in_words(xml: bytes, refused: type[Exception], message: str) -> None:
    with pytest.raises(refused, match=message):
        read_submission(xml)


def test_a_submission_and_the_name_of_its_instance_have_an_end() -> None:
    with pytest.raises(Unreadable, match="terlalu besar"):
        read_submission(b"<a id='x'>" + b" " * 6_000_000 + b"</a>")
    with pytest.raises(NamesNoInstance):
        read_submission(f"<a id='x'><meta><instanceID>{'9' * 201}</instanceID></meta></a>".encode())


def test_what_a_device_calls_its_instance_need_be_no_uuid() -> None:
    sent = read_submission(b"<a id='x'><meta><instanceID>kunjungan 7</instanceID></meta></a>")
    assert sent.instance_id == "kunjungan 7"
