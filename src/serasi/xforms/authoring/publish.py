"""The one door from what an author wrote to a form that can be published."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.convert import convert
from serasi.xforms.authoring.declaration import declaration_of, unlicensed
from serasi.xforms.authoring.files import Named, named_in
from serasi.xforms.authoring.linter import lint
from serasi.xforms.authoring.scoring import calculates_of
from serasi.xforms.authoring.survey import Survey, survey_of
from serasi.xforms.authoring.trial import tried
from serasi.xforms.authoring.workbook import Workbook, read
from serasi.xforms.declared import Declaration
from serasi.xforms.findings import Finding, Severity, Unreadable
from serasi.xforms.form import Form
from serasi.xforms.order import Tangled
from serasi.xforms.reading import NotAForm
from serasi.xforms.safe_xml import UnsafeXml


@dataclass(frozen=True, slots=True)
class Authored:
    """What publishing keeps. ``hash`` is the SHA-256 of ``xform`` in hexadecimal digits; ``named`` says of each file
    that the author brings along where the sheets name it first."""

    declaration: Declaration
    xform: bytes
    hash: str
    warnings: tuple[Finding, ...]
    named: Mapping[str, Named]


def author(source: bytes, name: str) -> Authored:
    """The form and the declaration of a workbook; ``name`` is the file's, its ending says what it is.

    Raises Unreadable with everything that was found, as far as it could be read.
    """
    workbook = read(source, name)
    if not workbook["survey"].rows:
        raise Unreadable(
            (Finding(_("Lembar survey tidak ada atau kosong. Pertanyaan ditulis di sana."), {}, "survey"),)
        )
    survey = survey_of(workbook)
    if not survey.questions:
        raise Unreadable(
            (
                Finding(
                    _("Lembar survey belum punya kolom type, yang berisi jenis tiap pertanyaan."),
                    {},
                    "survey",
                    1,
                    "type",
                ),
            )
        )
    declaration, found = declaration_of(workbook, survey)
    if not declaration.version:
        declaration = replace(declaration, version=hashlib.sha256(source).hexdigest()[:10])
    found += tuple(unlicensed(declaration)) + tuple(lint(workbook, survey, declaration))
    try:
        converted = convert(workbook, calculates_of(declaration, survey), declaration.version)
    except Unreadable as unreadable:
        raise Unreadable(
            _in_order((*_not_said(found, unreadable.findings), *unreadable.findings), workbook)
        ) from unreadable
    found += converted.warnings
    if any(one.severity is Severity.REFUSES for one in found):
        raise Unreadable(_in_order(found, workbook))
    found += _tried(converted.xform, workbook, survey, declaration)
    if any(one.severity is Severity.REFUSES for one in found):
        raise Unreadable(_in_order(found, workbook))
    return Authored(
        declaration=declaration,
        xform=converted.xform,
        hash=hashlib.sha256(converted.xform).hexdigest(),
        warnings=_in_order(found, workbook),
        named={one.file: one for one in reversed(list(named_in(workbook, survey)))},
    )


def _not_said(found: tuple[Finding, ...], later: tuple[Finding, ...]) -> Iterator[Finding]:
    """Without what the converter says again of the same cell: it is one mistake, and its words are the nearer ones."""
    said = {(one.sheet, one.row, one.column) for one in later if one.row}
    return (one for one in found if (one.sheet, one.row, one.column) not in said)


def _tried(xform: bytes, workbook: Workbook, survey: Survey, declaration: Declaration) -> tuple[Finding, ...]:
    try:
        form = Form.parse(xform)
    except (NotAForm, Tangled, UnsafeXml) as refused:
        return (Finding("{reason}", {"reason": str(refused)}, "survey"),)
    return tuple(tried(form, workbook, survey, declaration))


def _in_order(found: tuple[Finding, ...], workbook: Workbook) -> tuple[Finding, ...]:
    """What refuses first, then as the author goes through the sheets."""
    sheets = {name: number for number, name in enumerate(workbook.sheets)}
    return tuple(
        sorted(
            found,
            key=lambda one: (one.severity is not Severity.REFUSES, sheets.get(one.sheet, len(sheets)), one.row or 0),
        )
    )
