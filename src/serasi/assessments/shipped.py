"""The instruments that are shipped, as text under version control: the same sheets as any uploaded one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent / "reference" / "instruments"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A workbook in its text form."""

    name: str
    source: bytes


def shipped() -> Iterator[Shipped]:
    """In the order of their names."""
    for path in sorted(HERE.glob("*.md")):
        yield Shipped(path.name, path.read_bytes())
