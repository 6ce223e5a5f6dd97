"""Letters of a case: issued with a number of the unit's series, and revoked."""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.cases.enums import DocumentKind
from serasi.cases.letters import LetterHead, compose, set_letter
from serasi.cases.models import Case, Document, Letter, LetterSeries
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import ISSUE_LETTER
from serasi.cases.reference import letter_kinds
from serasi.institutions.models import Institution

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class AlreadyRevoked(Refused):
    """The letter was revoked before."""


@file_operation(ISSUE_LETTER, creates=Letter, state=FileState.EITHER)
def issue_letter(*, id: UUID, case: Case, kind: str, check_page: str, by: User, at: datetime) -> Letter:
    """Issue a letter as a PDF in the file.

    1. The words are composed from the file (`NothingToWrite` when it lacks what the letter is about).
    2. The next number of the unit's series of this kind and year is taken; the series' row is locked until the end, so
       that numbers have neither gaps nor doubles.
    3. The PDF is set with a QR code leading to ``check_page`` followed by the letter's own code.

    ``check_page`` is the absolute address of the check page, closed by a slash.
    """
    day = at.astimezone(ZoneInfo(case.unit.time_zone)).date()
    with translation.override("id"):  # a letter speaks Indonesian whatever language its writer reads
        words = compose(kind, case, signer=by, on=day)
    sequence, number = _next_number(case.unit, DocumentKind(kind), day.year, ROMAN[day.month - 1])
    code = secrets.token_urlsafe(18)
    with translation.override("id"):
        pdf = set_letter(words, _head(case.unit, number, f"{check_page}{code}/"))
    fingerprint = sha256(pdf).hexdigest()
    document = Document(
        case=case,
        kind=kind,
        title=f"{words.title} {number}",
        media_type="application/pdf",
        size=len(pdf),
        sha256=fingerprint,
        written_by=by,
        written_at=at,
    )
    document.file.save(f"{document.pk}.pdf", ContentFile(pdf), save=False)
    document.save(force_insert=True)
    return Letter.objects.create(
        id=id,
        document=document,
        unit=case.unit,
        kind=kind,
        number=number,
        year=day.year,
        sequence=sequence,
        issued_at=at,
        signer_name=by.full_name,
        signer_role="Pekerja sosial",
        code=code,
        sha256=fingerprint,
    )


@file_operation(ISSUE_LETTER, of="letter.document.case", state=FileState.EITHER)
def revoke_letter(*, letter: Letter, by: User, at: datetime) -> Letter:
    """Declare a letter void; its number stays used and its check page says so."""
    if not Letter.objects.filter(pk=letter.pk, revoked_at=None).update(revoked_at=at):
        raise AlreadyRevoked(_("Surat ini sudah dicabut."))
    letter.revoked_at = at
    return letter


def _next_number(unit: Unit, kind: DocumentKind, year: int, month: str) -> tuple[int, str]:
    former = LetterSeries.objects.filter(unit=unit, kind=kind).order_by("-year").first()
    pattern = former.pattern if former else LetterSeries._meta.get_field("pattern").get_default()
    LetterSeries.objects.bulk_create(
        [LetterSeries(unit=unit, kind=kind, year=year, pattern=pattern)], ignore_conflicts=True
    )
    series = LetterSeries.objects.select_for_update().get(unit=unit, kind=kind, year=year)
    LetterSeries.objects.filter(pk=series.pk).update(latest=F("latest") + 1)
    sequence = series.latest + 1
    about = letter_kinds()[kind]
    number = series.pattern.format(
        number=f"{sequence:03d}",
        classification=about.classification or about.series_code,
        series=about.series_code,
        unit=unit.code,
        month=month,
        year=year,
    )
    return sequence, number


def _head(unit: Unit, number: str, check_address: str) -> LetterHead:
    institution = Institution.objects.filter(unit=unit).first()
    above = Unit.objects.filter(owner=unit.owner, path__in=_paths_above(unit)).order_by("path")
    return LetterHead(
        owners=tuple(above.values_list("name", flat=True)),
        unit=unit.name,
        address=institution.public_address if institution else "",
        number=number,
        check_address=check_address,
    )


def _paths_above(unit: Unit) -> list[str]:
    """Paths of everything above; in the tree a region's house counts to the ministry, on paper it does not."""
    codes = unit.path.rstrip("/").split("/")
    return ["/".join(codes[:end]) + "/" for end in range(1, len(codes))]
