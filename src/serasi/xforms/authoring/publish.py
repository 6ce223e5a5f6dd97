"""The one door from what an author wrote to a form that can be published."""

import hashlib
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.convert import convert
from serasi.xforms.authoring.declaration import declaration_of, unlicensed
from serasi.xforms.authoring.scoring import calculates_of
from serasi.xforms.authoring.survey import survey_of
from serasi.xforms.authoring.workbook import read
from serasi.xforms.declared import Declaration
from serasi.xforms.findings import Finding, Unreadable


@dataclass(frozen=True, slots=True)
class Authored:
    """What publishing keeps. ``hash`` is the SHA-256 of ``xform`` in hexadecimal digits."""

    declaration: Declaration
    xform: bytes
    hash: str
    warnings: tuple[Finding, ...]


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
    declaration = declaration_of(workbook, survey)
    if not declaration.version:
        declaration = replace(declaration, version=hashlib.sha256(source).hexdigest()[:10])
    converted = convert(workbook, calculates_of(declaration, survey), declaration.version)
    return Authored(
        declaration,
        converted.xform,
        hashlib.sha256(converted.xform).hexdigest(),
        (*unlicensed(declaration), *converted.warnings),
    )
