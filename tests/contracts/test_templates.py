"""Templates keep to their room: they extend and include their own app or `common`, and link by name only downward."""

import re
from pathlib import Path

from tests.contracts.source import HEIGHT, ROOT, SOURCE, may_know

REFERS = re.compile(r"""{%\s*(?:extends|include)\s+["']([\w-]+)/""")
LINKS = re.compile(r"""{%\s*url\s+["'](\w+):""")
INLINE = re.compile(
    r"""<script(?![^>]*(?:\bsrc=|type=.application/json))|<style|\sstyle=["']|\son[a-z]+=["']|javascript:""",
    re.IGNORECASE,
)


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("templates/**/*.html"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def test_templates_refer_only_to_their_own_app_or_common() -> None:
    foreign = [
        f"{path.relative_to(ROOT)}: {other}"
        for path in templates()
        for other in REFERS.findall(path.read_text(encoding="utf-8"))
        if other in HEIGHT and other not in {room_of(path), "common"}
    ]

    assert foreign == []


def test_templates_link_by_name_only_downward_or_home() -> None:
    upward = [
        f"{path.relative_to(ROOT)}: {other}"
        for path in templates()
        for other in LINKS.findall(path.read_text(encoding="utf-8"))
        if other in HEIGHT and not may_know(room_of(path), other)
    ]

    assert upward == []


def test_no_template_carries_script_or_style_inside() -> None:
    inline = [str(path.relative_to(ROOT)) for path in templates() if INLINE.search(path.read_text(encoding="utf-8"))]

    assert inline == []
