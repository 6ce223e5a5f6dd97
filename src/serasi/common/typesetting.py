"""PDF from data: typst sets the page, Python brings the words."""

import io
import json
from pathlib import Path
from typing import Any

import segno
import typst


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """Set ``data`` in a typst template as an accessible PDF (PDF/UA-1).

    The template reads the data with ``json(bytes(sys.inputs.data))``. Only the fonts that typst carries are used, so
    that the same data give the same pages on every machine.
    """
    return typst.compile(
        str(template),
        root=str(template.parent),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )


def qr_svg(text: str) -> str:
    """A QR code as an SVG document of medium error correction."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=1, xmldecl=False)
    return out.getvalue().decode()
