"""The server and the page find the same: our evaluator beside `@getodk/xforms-engine`, on forms filled by chance.

Where the two differ by nature, it is written down in DIFFERENCES with what either says.
"""

import random
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

import pytest
from playwright.sync_api import Error as PlaywrightError

from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form

from .chance import answered_by_chance, said
from .engine import Engine, running_engine
from .forms import NOW, answered, form_of, xml_of
from .test_xpath import ANSWERS, EXPRESSIONS, HOUSE

ROUNDS = 60
"""Answered instances of each form."""
HALF = " + ".join(f"if(${{k{item}}} != '', 1, 0)" for item in range(1, 11))
POINTS = " + ".join(
    f"if(${{k{item}}} = '', 0, 4 - ${{k{item}}})" if item in {3, 7} else f"coalesce(${{k{item}}}, 0)"
    for item in range(1, 11)
)
ITEMS = "\n".join(f"| | select_one sering | k{item} | Pernyataan {item} | | |" for item in range(1, 11))

SCALE = f"""
| survey |
| | type | name | label | calculation | relevant |
{ITEMS}
| | calculate | n | | {HALF} | |
| | calculate | jumlah | | {POINTS} | |
| | calculate | skor | | if(${{n}} = 10, ${{jumlah}}, '') | |
| | calculate | prorata | | if(${{n}} >= 8, round(${{jumlah}} div ${{n}} * 10, 1), '') | |
| | calculate | pita | | if(${{skor}} = '', '', if(${{skor}} < 14, 'a', if(${{skor}} < 27, 'b', 'c'))) | |
| | calculate | bahaya | | if(${{k10}} = '', 'tidak ditanya', if(${{k10}} > 0, 'ya', 'tidak')) | |
| | note | hasil | Skor ${{skor}} | | ${{skor}} >= 20 |
| choices |
| | list_name | name | label |
| | sering | 0 | Tidak pernah |
| | sering | 1 | Jarang |
| | sering | 2 | Kadang |
| | sering | 3 | Sering |
| | sering | 4 | Selalu |
"""

HOUSEHOLD = """
| survey |
| | type | name | label | calculation | relevant |
| | begin group | rumah | Rumah tangga | | |
| | begin repeat | orang | Anggota | | |
| | text | sebutan | Sebutan | | |
| | integer | umur | Umur | | |
| | select_one yt | kerja | Bekerja? | | ${umur} >= 10 |
| | integer | upah | Upah | | ${kerja} = 'ya' |
| | begin repeat | hutang | Hutang | | |
| | integer | besar | Besar | | |
| | end repeat | | | | |
| | calculate | hutangnya | | if(count-non-empty(${besar}) > 0, sum(${besar}[. != '']), 0) | |
| | calculate | urut | | position(..) | |
| | calculate | sebulan | | coalesce(${upah}, 0) * 4 | |
| | calculate | bersama | | concat(${sebutan}, ' dari ', count(${orang})) | |
| | end repeat | | | | |
| | end group | | | | |
| | calculate | jiwa | | count(${orang}) | |
| | calculate | anak | | count(${orang}[umur < 18]) | |
| | calculate | penghasilan | | sum(${sebulan}) | |
| | calculate | terisi | | count-non-empty(${umur}) | |
| | calculate | pertama | | indexed-repeat(${sebutan}, ${orang}, 1) | |
| | calculate | nama2 | | join(', ', ${sebutan}) | |
| | calculate | per_jiwa | | if(${jiwa} > 0, round(${penghasilan} div ${jiwa}, 2), '') | |
| | calculate | anak_kerja | | if(count(${orang}[umur < 15 and kerja = 'ya']) > 0, 'ya', 'tidak') | |
| choices |
| | list_name | name | label |
| | yt | ya | Ya |
| | yt | tidak | Tidak |
"""

DAYS = """
| survey |
| | type | name | label | calculation | relevant |
| | date | lahir | Lahir | | |
| | date | masuk | Masuk | | |
| | date | keluar | Keluar | | ${masuk} != '' |
| | dateTime | kejadian | Kejadian | | |
| | time | pukul | Pukul | | |
| | calculate | umur | | int((today() - ${lahir}) div 365.25) | |
| | calculate | lama | | if(${keluar} != '' and ${masuk} != '', round(${keluar} - ${masuk}, 6), '') | |
| | calculate | terbalik | | if(${keluar} < ${masuk}, 'ya', 'tidak') | |
| | calculate | sama | | if(${keluar} = ${masuk}, 'ya', 'tidak') | |
| | calculate | tulis | | format-date(${lahir}, '%d/%m/%Y') | |
| | calculate | tahun | | substr(${lahir}, 0, 4) | |
| | calculate | lewat | | if(${lahir} > date('2000-01-01'), 'muda', 'tua') | |
| | calculate | lusa | | format-date(date(date(${masuk}) + 2), '%Y-%m-%d') | |
| | calculate | malam | | if(${pukul} = '', '', if(decimal-time(${pukul}) > 0.75, 'malam', 'siang')) | |
| | calculate | sejak | | round(decimal-date-time(now()) - decimal-date-time(${kejadian}), 3) | |
| | calculate | jam | | format-date-time(${kejadian}, '%H:%M') | |
| | calculate | hari_ini | | if(today() >= ${lahir}, 'wajar', 'tidak') | |
"""

CHOICES = """
| survey |
| | type | name | label | calculation | choice_filter | relevant |
| | select_one prov | prov | Provinsi | | | |
| | select_one kab | kab | Kabupaten | | prov = ${prov} | |
| | select_multiple bantuan | bantuan | Bantuan | | | |
| | select_one yt | pernah | Pernah? | | | selected(${bantuan}, 'pkh') |
| | text | lain | Lainnya | | | selected(${bantuan}, 'lain') |
| | calculate | banyak | | count-selected(${bantuan}) | | |
| | calculate | kedua | | selected-at(${bantuan}, 1) | | |
| | calculate | pkh | | if(selected(${bantuan}, 'pkh'), 1, 0) | | |
| | calculate | nama_kab | | jr:choice-name(${kab}, '${kab}') | | |
| | calculate | ibukota | | instance('prov')/root/item[name = ${prov}]/ibukota | | |
| | calculate | sebanyak | | count(instance('kab')/root/item[prov = ${prov}]) | | |
| | calculate | jawa | | if(${prov} = 'jabar' or ${prov} = 'diy', 'Jawa', if(${prov} = '', '', 'luar')) | | |
| | calculate | a | | if(${pernah} = 'ya' and not(selected(${bantuan}, 'pip')), 'lama', coalesce(${lain}, '-')) | | |
| choices |
| | list_name | name | label | prov | ibukota |
| | prov | jabar | Jawa Barat | | Bandung |
| | prov | diy | Yogyakarta | | Yogyakarta |
| | prov | ntt | NTT | | Kupang |
| | kab | bgr | Bogor | jabar | |
| | kab | bdg | Bandung | jabar | |
| | kab | slm | Sleman | diy | |
| | kab | ende | Ende | ntt | |
| | bantuan | pkh | PKH | | |
| | bantuan | bpnt | Sembako | | |
| | bantuan | pip | PIP | | |
| | bantuan | lain | Lainnya | | |
| | yt | ya | Ya | | |
| | yt | tidak | Tidak | | |
"""

WORDS = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | text | b | B | |
| | integer | m | M | |
| | decimal | x | X | |
| | calculate | gabung | | concat(${a}, '-', ${b}) |
| | calculate | panjang | | string-length(${a}) |
| | calculate | potong | | substr(${a}, 1, 4) |
| | calculate | ada | | if(contains(${a}, ${b}), 'ya', 'tidak') |
| | calculate | awal | | if(starts-with(${a}, 'b') or ends-with(${a}, 'a'), 'ya', 'tidak') |
| | calculate | ganti | | translate(${a}, 'ab', 'AB') |
| | calculate | rapi | | normalize-space(concat('  ', ${a}, '   ', ${b}, ' ')) |
| | calculate | angka | | if(regex(${b}, '^[0-9]+$'), 'angka', 'bukan') |
| | calculate | sisa | | ${m} mod 7 |
| | calculate | bagi | | round(${m} div 7, 2) |
| | calculate | bulat | | int(${x}) |
| | calculate | dekat | | round(coalesce(${x}, 0) * 10, 0) |
| | calculate | kuadrat | | pow(${m}, 2) |
| | calculate | akar | | round(sqrt(${m}), 4) |
| | calculate | logaritma | | round(log10(${m} + 1), 4) |
| | calculate | besar | | if(${m} > ${x}, 'm', if(${m} <= ${x}, 'x', 'kosong')) |
| | calculate | beda | | if(${a} != ${b}, 'beda', 'sama') |
| | calculate | ringkas | | digest(${a}, 'SHA-256', 'hex') |
"""

SKIPS = """
| survey |
| | type | name | label | calculation | relevant |
| | select_one yt | p1 | Satu | | |
| | begin group | dalam | Dalam | | ${p1} = '1' |
| | select_one yt | p2 | Dua | | |
| | integer | p3 | Tiga | | ${p2} = '1' |
| | calculate | di_dalam | | coalesce(${p3}, 0) + 1 | |
| | end group | | | | |
| | begin group | lanjut | Lanjut | | ${p2} = '0' or ${p3} > 5 |
| | integer | p4 | Empat | | |
| | select_one yt | p5 | Lima | | ${p4} > 0 |
| | end group | | | | |
| | calculate | terjawab | | count-non-empty(/data/lanjut/*) | |
| | calculate | jumlah | | coalesce(${p1}, 0) + coalesce(${p2}, 0) + coalesce(${p3}, 0) + coalesce(${p4}, 0) | |
| | calculate | n | | if(${p1} != '', 1, 0) + if(${p2} != '', 1, 0) + if(${p4} != '', 1, 0) + if(${p5} != '', 1, 0) | |
| | calculate | lihat | | ${di_dalam} | |
| choices |
| | list_name | name | label |
| | yt | 1 | Ya |
| | yt | 0 | Tidak |
"""

FORMS = {
    "a scale": SCALE,
    "a household": HOUSEHOLD,
    "days": DAYS,
    "choices": CHOICES,
    "words and numbers": WORDS,
    "skips": SKIPS,
}

DIFFERENCES = {
    # a blank among numbers: JavaRosa passes over it, the engine has no answer then
    "sum(/data/anak/usia)": "",
    "min(/data/anak/usia)": "",
    "max(/data/anak/usia)": "",
    "max(/data/umur, /data/kosong, 40)": "",
    "sum(/data/anak/sakit[hari > 99]/hari)": "",
    # truths: JavaRosa asks for the value, the engine whether there is a node, and it reads a calculate as a text
    "if(/data/kosong, 'ya', 'tidak')": "ya",
    "if(/data/nol, 'ya', 'tidak')": "ya",
    # numbers
    "0.1 + 0.2 = 0.3": "false",
    "round(-2.5)": "-3",
    "number('1e3')": "1000",
    # days: the engine counts moments, and Jakarta was at +07:30 before 1964
    "date('1998-01-28') - date('1954-05-02')": "15977.020833333334",
    "date('2018-01-28') - date('1974-05-02')": "15976.999999999998",
    "date(/data/datang)": "2026-11-20T10:00:00.000+07:00",
    "date(20000)": "2024-10-04T07:00:00.000+07:00",
    "decimal-time(/data/datang)": "",
    "format-date(date('2026-02-28') + 1, '%Y-%m-%d')": "",
    "format-date(today(), '%a %d/%m/%y')": " 22/11/26",
    # patterns: JavaRosa wants the whole text
    "regex('x3273012345670001', '[0-9]{16}')": "true",
    # predicates over several rows
    "(/data/anak/sakit)[3]/hari": "1",
    "count(/data/anak/sakit[1])": "1",
}
"""Expressions of test_xpath.py that engine 0.22 finds another value for, and which."""
REFUSED = {
    "- - 2",
    "count(/data/umur | /data/nama | /data/umur)",
    "version()",
    "distance(/data/kosong)",
    "round(distance(/data/jalan))",
}
"""What engine 0.22 cannot do; it asks for the distance along a road before the road is known."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with running_engine() as engine:
        yield engine


@pytest.mark.slow
@pytest.mark.parametrize("table", FORMS.values(), ids=FORMS.keys())
def test_the_server_finds_what_the_page_finds(table: str, engine: Engine) -> None:
    form, chance = form_of(table), random.Random(20261122)
    instances = [answered_by_chance(form, chance) for _ in range(ROUNDS)]
    found = engine(xml_of(table), instances)
    for instance, theirs in zip(instances, found, strict=True):
        ours = evaluate(form, instance, now=NOW)
        page = said(form, theirs)
        assert {path: page.get(path, "") for path in ours.values} == ours.values, instance
        asked = {path for path in said(form, instance) if "/meta/" not in path}
        assert asked - page.keys() == asked & ours.irrelevant


def _asking(expressions: list[str]) -> bytes:
    """The house of test_xpath.py with expressions as calculates e0, e1 …"""
    nodes = "".join(f"<e{at}/>" for at in range(len(expressions)))
    binds = "".join(
        f'<bind nodeset="/data/e{at}" type="string" calculate={quoteattr(expression)}/>'
        for at, expression in enumerate(expressions)
    )
    return xml_of(HOUSE).replace(b"<meta>", f"{nodes}<meta>".encode()).replace(b"<bind", f"{binds}<bind".encode(), 1)


@pytest.mark.slow
def test_the_engine_says_the_same_of_single_expressions_but_for_those_named(engine: Engine) -> None:
    expressions = [expression for expression in EXPRESSIONS if expression not in REFUSED]
    form = _asking(expressions)
    read = Form.parse(form)
    instance = answered(read, ANSWERS)
    theirs = said(read, engine(form, [instance])[0])
    ours = evaluate(read, instance, now=NOW).values
    different = {
        expression: theirs.get(f"/data/e{at}", "")
        for at, expression in enumerate(expressions)
        if theirs.get(f"/data/e{at}", "") != ours[f"/data/e{at}"]
    }
    assert different == DIFFERENCES


@pytest.mark.slow
@pytest.mark.parametrize("expression", sorted(REFUSED))
def test_the_engine_refuses_what_is_named(expression: str, engine: Engine) -> None:
    form = _asking([expression])
    with pytest.raises(PlaywrightError):
        engine(form, [answered(Form.parse(form), ANSWERS)])
