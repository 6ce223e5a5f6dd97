"""Forms for tests: written as tables, made by pyxform as an author's workbook is."""

from datetime import datetime, timedelta, timezone
from functools import cache
from uuid import UUID

from pyxform.xls2xform import convert

from serasi.xforms.form import Form
from serasi.xforms.instance import compose

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=7)))
"""Sunday morning in Jakarta; in UTC it is still the night."""
SOME_ID = UUID("0193b1a0-0000-7000-8000-000000000001")
LISTS = {
    "kecamatan": [
        {"name": code, "label": label, "lengkap": f"{label}, Kota Jakarta Timur", "kabupaten": "31.75"}
        for code, label in (("31.75.09", "Ciracas"), ("31.75.10", "Cipayung"), ("luar", "Di luar wilayah saya"))
    ],
    "desa": [
        {"name": code, "label": label, "lengkap": label, "kecamatan": code[:8]}
        for code, label in (
            ("31.75.09.1001", "Ciracas"),
            ("31.75.10.1001", "Cilangkap"),
            ("31.75.10.1002", "Setu"),
            ("luar", "Di luar wilayah saya"),
        )
    ],
}
"""Lists that come from outside, by the name a form gives them."""


@cache
def xml_of(table: str) -> bytes:
    return str(convert(xlsform=table, file_type=".md").xform).encode()


@cache
def form_of(table: str) -> Form:
    return Form.parse(xml_of(table))


def answered(form: Form, answers: dict[str, str]) -> bytes:
    """An instance with answers by the names of questions and outermost repeats."""
    by_name = {field.name: path for path, field in form.fields.items()}
    return compose(form, {by_name[name]: answer for name, answer in answers.items()}, instance_id=SOME_ID)
