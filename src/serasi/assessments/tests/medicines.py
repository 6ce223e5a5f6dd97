"""An instrument that comes with a picture, a sound and a list, through the operations."""

from typing import Final

from serasi.access.models import Unit, User
from serasi.assessments import operations
from serasi.assessments.models import Edition
from serasi.assessments.operations import Upload
from serasi.cases.tests.factories import now
from serasi.common.identifiers import uuid7
from serasi.xforms.authoring.files import Brought, brought
from serasi.xforms.authoring.publish import author
from serasi.xforms.authoring.tests.medicines import ASK, MEDICINES, ROWS, TABLET, picture, sheets
from serasi.xforms.form import Form

INSTRUMENT: Final = """
## instrumen

| nama | isi |
| --- | --- |
| jenis | {kind} |
| lisensi | milik panti |
| sumber | disusun sendiri |
| penilai | pekerja sosial |
"""
JENIS, OBAT = "/data/rumah/jenis", "/data/rumah/obat"
SOUND: Final = b"ID3 suara"


def source(version: str = "1", *, kind: str = "kunjungan", **given: str) -> bytes:
    text = sheets(**given).decode().replace("| obat_rumah | 1 |", f"| obat_rumah | {version} |")
    return f"{text}{INSTRUMENT.format(kind=kind)}".encode()


def drafted(unit: Unit, by: User, version: str = "1", files: tuple[Brought, ...] = (), **given: str) -> Edition:
    text = source(version, **given)
    upload = Upload(author(text, "obat.md"), text, "obat.md", files)
    return operations.draft_edition(id=uuid7(), unit=unit, upload=upload, by=by, at=now())


def ready(edition: Edition) -> tuple[Brought, ...]:
    """Everything that the form names, as it is kept."""
    given = {TABLET: picture(64), ASK: SOUND, MEDICINES: ROWS}
    return brought(Form.parse(edition.form.xform.encode()), given.items())


def published(unit: Unit, by: User, version: str = "1", *, kind: str = "kunjungan") -> Edition:
    edition = drafted(unit, by, version, kind=kind)
    operations.bring_files(edition=edition, files=ready(edition), by=by, at=now())
    return operations.publish_edition(edition=edition, by=by, at=now())
