"""The forms of this app itself, which are no instruments: somebody found, and what changed about a client.

Each is a workbook under version control, made into an XForm by `tools/field_forms`. A version that phones may still
hold stays beside the newer one.
"""

from functools import cache
from pathlib import Path
from typing import Final

from serasi.fieldwork.enums import Purpose
from serasi.xforms.form import Form

HERE: Final = Path(__file__).resolve().parent / "reference" / "forms"
FORM_OF: Final = {Purpose.FOUND: "serasi_temuan", Purpose.CHANGE: "serasi_perubahan"}
NEWEST: Final = {Purpose.FOUND: "1", Purpose.CHANGE: "1"}
PURPOSE_OF: Final = {form_id: purpose for purpose, form_id in FORM_OF.items()}


@cache
def xform_of(form_id: str, version: str) -> bytes | None:
    """The form in that version; None where there was never one."""
    paths = {path.stem: path for path in HERE.glob("*.xml")}
    path = paths.get(f"{form_id}-{version}")
    return path.read_bytes() if path else None


@cache
def shipped_form(form_id: str, version: str) -> Form:
    """A form that is there, read."""
    xform = xform_of(form_id, version)
    assert xform is not None  # noqa: S101  (whoever asks has asked `xform_of` before)
    return Form.parse(xform)
