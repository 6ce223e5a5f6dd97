import pytest

from serasi.xforms.form import Form
from serasi.xforms.order import Duty, Tangled
from serasi.xforms.parts import Control, ControlKind, Group, Repeat
from serasi.xforms.reading import NotAForm
from serasi.xforms.safe_xml import UnsafeXml
from serasi.xforms.tests.forms import form_of, xml_of
from serasi.xforms.xpath import DataType

VISIT = """
| survey |
| | type | name | label::Indonesia (id) | label::English (en) | hint::Indonesia (id) | relevant | required | required_message::Indonesia (id) | constraint | constraint_message::Indonesia (id) | calculation | default | appearance | repeat_count | choice_filter | parameters | save_to |
| | start | mulai | | | | | | | | | | | | | | | |
| | begin group | keadaan | Keadaan | State | | | | | | | | | field-list | | | | |
| | text | nama | Nama | Name | Sesuai KTP | | yes | Nama wajib. | | | | | | | | | nama |
| | integer | umur | Umur ${nama} | Age of ${nama} | | | | | . < 120 | Terlalu tua. | | 30 | | | | | |
| | date | tanggal | Tanggal | Date | | | | | | | | today() | | | | | |
| | select_one kab | kab | Kabupaten | Regency | | ${umur} > 17 | | | | | | | minimal | | prov = ${prov} | | |
| | end group | | | | | | | | | | | | | | | | |
| | select_one prov | prov | Provinsi | Province | | | | | | | | | | | | | |
| | begin repeat | anak | Anak | Child | | | | | | | | | | ${banyak} | | | |
| | text | panggilan | Panggilan | Nickname | | | | | | | | | | | | | |
| | end repeat | | | | | | | | | | | | | | | | |
| | begin group | akhir | Akhir | End | | | | | | | | | | | | | |
| | integer | banyak | Berapa anak? | How many? | | | | | | | | | | | | | |
| | range | puas | Puas? | Content? | | | | | | | | | | | | start=1 end=5 step=1 | |
| | rank prov | urut | Urutkan | Rank | | | | | | | | | | | | | |
| | image | foto | Foto | Photo | | | | | | | | | draw | | | | |
| | select_one_from_file desa.csv | desa | Desa | Village | | | | | | | | | | | | | |
| | calculate | dua | | | | | | | | | ${satu} * 2 | | | | | | |
| | calculate | satu | | | | | | | | | ${umur} + 1 | | | | | | |
| | end group | | | | | | | | | | | | | | | | |
| choices |
| | list_name | name | label::Indonesia (id) | label::English (en) | prov |
| | prov | jabar | Jawa Barat | West Java | |
| | prov | diy | Yogyakarta | Yogyakarta | |
| | kab | bgr | Bogor | Bogor | jabar |
| settings |
| | form_id | form_title | version | default_language |
| | kunjungan | Kunjungan rumah | 3 | Indonesia (id) |
| entities |
| | dataset | label |
| | orang | ${nama} |
"""  # noqa: E501 - a table


def test_a_form_says_what_it_is() -> None:
    form = form_of(VISIT)
    assert (form.id, form.version, form.title, form.root) == ("kunjungan", "3", "Kunjungan rumah", "/data")
    assert form.languages == ("Indonesia (id)", "English (en)")
    assert form.default_language == "Indonesia (id)"


def test_its_outermost_groups_are_its_sections() -> None:
    assert [(section.path, section.label.said("English (en)")) for section in form_of(VISIT).sections] == [
        ("/data/keadaan", "State"),
        ("/data/akhir", "End"),
    ]
    assert form_of(VISIT).sections[0].appearance == "field-list"


def test_everything_is_asked_in_the_order_of_the_workbook() -> None:
    asked = [
        f"{type(part).__name__.lower()} {part.path.rpartition('/')[2]}"
        for part in form_of(VISIT).parts()
        if isinstance(part, Control | Group | Repeat)
    ]
    assert asked == [
        "group keadaan",
        "control nama",
        "control umur",
        "control tanggal",
        "control kab",
        "control prov",
        "repeat anak",
        "control panggilan",
        "group akhir",
        "control banyak",
        "control puas",
        "control urut",
        "control foto",
        "control desa",
    ]


def test_a_question_brings_what_binds_it() -> None:
    name = form_of(VISIT).fields["/data/keadaan/nama"]
    assert name.required is not None
    assert name.required.source == "true()"
    assert name.required_message.said() == "Nama wajib."
    assert name.entity_property == "nama"
    age = form_of(VISIT).fields["/data/keadaan/umur"]
    assert (age.type, age.default, age.constraint_message.said()) == (DataType.INT, "30", "Terlalu tua.")
    nickname = form_of(VISIT).fields["/data/anak/panggilan"]
    assert (nickname.outermost_repeat, nickname.is_repeat) == ("/data/anak", False)


def test_a_question_is_put_in_its_languages_and_what_is_missing_in_one_is_said_in_another() -> None:
    controls = form_of(VISIT).controls
    assert controls["/data/keadaan/umur"].label.said("English (en)") == "Age of …"
    assert controls["/data/keadaan/nama"].hint.said("English (en)") == "Sesuai KTP"
    assert controls["/data/akhir/puas"].kind is ControlKind.RANGE
    assert controls["/data/akhir/puas"].attributes == {"start": "1", "end": "5", "step": "1"}
    assert controls["/data/akhir/urut"].kind is ControlKind.RANK
    assert controls["/data/akhir/foto"].attributes == {"mediatype": "image/*"}
    assert controls["/data/akhir/foto"].appearance == "draw"


def test_choices_are_those_of_the_list_whatever_filters_them() -> None:
    form = form_of(VISIT)
    assert [(choice.value, choice.label.said("English (en)")) for choice in form.choices("/data/prov")] == [
        ("jabar", "West Java"),
        ("diy", "Yogyakarta"),
    ]
    assert [choice.value for choice in form.choices("/data/keadaan/kab")] == ["bgr"]
    assert form.choices("/data/akhir/desa") == ()
    assert form.secondary["desa"].source == "jr://file-csv/desa.csv"
    assert form.secondary["desa"].document is None


def test_a_repeat_may_be_counted() -> None:
    count = form_of(VISIT).repeats["/data/anak"].count
    assert count is not None
    assert count.source == "/data/akhir/banyak"


def test_what_is_filled_without_asking_is_listed() -> None:
    form = form_of(VISIT)
    assert [(each.path, each.is_default, each.value and each.value.source) for each in form.setvalues] == [
        ("/data/keadaan/tanggal", True, "today()")
    ]
    assert (form.fields["/data/mulai"].preload, form.fields["/data/mulai"].preload_params) == ("timestamp", "start")


def test_an_entity_knows_its_list_and_its_properties() -> None:
    (entity,) = form_of(VISIT).entities
    assert (entity.attributes["dataset"], entity.attributes["create"]) == ("orang", "1")
    assert entity.properties == {"nama": "/data/keadaan/nama"}


HOUSEHOLD = """
| survey |
| | type | name | label | save_to |
| | text | alamat | Alamat | keluarga#address |
| | begin repeat | anggota | Anggota | |
| | text | nama | Nama | orang#full_name |
| | text | rumah | Rumah | orang#address |
| | end repeat | | | |
| entities |
| | list_name | label | repeat |
| | keluarga | ${alamat} | |
| | orang | ${nama} | ${anggota} |
"""


def test_a_household_and_those_who_live_in_it_are_kept_in_lists_of_their_own() -> None:
    found = {entity.list_name: dict(entity.properties) for entity in form_of(HOUSEHOLD).entities}
    assert found == {
        "keluarga": {"address": "/data/alamat"},
        "orang": {"full_name": "/data/anggota/nama", "address": "/data/anggota/rumah"},
    }


def test_whatever_an_expression_hangs_on_comes_before_it() -> None:
    order = form_of(VISIT).order
    assert order.index((Duty.CALCULATE, "/data/akhir/satu")) < order.index((Duty.CALCULATE, "/data/akhir/dua"))


def calculates(*rows: tuple[str, str]) -> str:
    written = "\n".join(f"| | calculate | {name} | | {expression} |" for name, expression in rows)
    return f"| survey |\n| | type | name | label | calculation |\n| | integer | x | X | |\n{written}\n"


def test_calculates_in_a_circle_are_refused_by_name() -> None:
    with pytest.raises(Tangled) as refused:
        form_of(calculates(("a", "${b} + 1"), ("b", "${c} + 1"), ("c", "${a} + ${x}")))
    assert {"/data/a", "/data/b", "/data/c"} == set(refused.value.paths)


def test_a_group_that_hides_what_it_hangs_on_is_refused() -> None:
    table = """
| survey |
| | type | name | label | relevant |
| | begin group | g | G | ${x} = 1 |
| | integer | x | X | |
| | end group | | | |
"""
    with pytest.raises(Tangled):
        form_of(table)


def test_a_calculate_may_look_at_itself() -> None:
    assert form_of(calculates(("a", "once(random())"), ("b", "if(. = '', ${x}, .)"))).order


def test_every_wrong_expression_is_told_at_once() -> None:
    with pytest.raises(NotAForm) as refused:
        Form.parse(xml_of(calculates(("a", "${x} == 1"), ("b", "${x} +"), ("c", "if(1, 2, 3)"))))
    assert [(fault.path, fault.what, fault.position) for fault in refused.value.faults] == [
        ("/data/a", "calculate", 10),
        ("/data/b", "calculate", 10),
    ]


@pytest.mark.parametrize(
    "xml",
    [
        b"<html/>",
        b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head/><h:body/></h:html>",
        b"<html><head><title/><model/></head><body/></html>",
        b"<html><head><title/><model><instance/></model></head><body/></html>",
        b"<html><head><title/><model><instance><a/></instance><bind nodeset='/b'/></model></head><body/></html>",
        b"<html><head><title/><model><instance><a/></instance><bind nodeset='1 +'/></model></head><body/></html>",
        b"<html><head><title/><model><instance><a><b/><b/></a></instance></model></head><body/></html>",
    ],
)
def test_what_is_no_form_is_refused(xml: bytes) -> None:
    with pytest.raises(NotAForm):
        Form.parse(xml)


def test_what_is_no_xml_is_no_form() -> None:
    with pytest.raises(UnsafeXml):
        Form.parse(b"kode,nama")
