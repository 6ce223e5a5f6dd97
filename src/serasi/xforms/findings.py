"""What is wrong with a workbook, said to whoever wrote it: where it stands, what it is, and how to mend it."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext


class Severity(StrEnum):
    REFUSES = "refuses"
    """The workbook cannot be published like this."""
    WARNS = "warns"
    """It can be published; a person should look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``row`` counts as the spreadsheet does (the headings are row 1); None where none is meant.

    ``message`` is Indonesian source text with ``{values}``, ``values`` fill it, so that either language reads it
    (`serasi.common.sentences`).
    """

    message: str
    values: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    column: str = ""
    severity: Severity = Severity.REFUSES

    def __str__(self) -> str:
        return gettext(self.message).format(**self.values)


class Unreadable(Exception):
    """The workbook cannot become a form; says everything that was found."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings
