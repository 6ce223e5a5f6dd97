"""The files that the form of an edition names: which are there, which are missing, which are carried on."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from serasi.access.operations import Refused
from serasi.assessments.models import Edition, EditionFile, Instrument
from serasi.xforms.authoring.files import Brought, Named, brought
from serasi.xforms.files import FileKind
from serasi.xforms.findings import Unreadable
from serasi.xforms.form import Form

MEGABYTES_IN_ALL: Final = 20
"""Of all files of one form: a phone carries them."""


class FilesMissing(Refused):
    message = _("Belum ada berkas: %(names)s. Tambahkan dahulu, lalu terbitkan.")


class TooHeavy(Refused):
    message = _("Semua berkas formulir ini bersama-sama lebih dari %d MB. Perkecil atau kurangi.")


def name_files(edition: Edition, form: Form, named: Mapping[str, Named]) -> None:
    """Write down what the form names, all of it missing as yet."""
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, name=file.name, kind=file.kind.value, **_place_of(named.get(file.name)))
        for file in form.files
    )


def _place_of(named: Named | None) -> dict[str, str | int]:
    return {} if named is None else {"sheet": named.sheet, "row": named.row, "column": named.column[:100]}


def carried_files(instrument: Instrument, form: Form) -> list[Brought]:
    """What earlier editions have under the same names, the latest of each, as far as it still fits the form."""
    found: dict[str, Brought] = {}
    names = [file.name for file in form.files]
    rows = EditionFile.objects.filter(edition__instrument=instrument, name__in=names, data__isnull=False)
    for file in rows.order_by("-edition__written_at").iterator(chunk_size=20):
        if file.name not in found:
            found |= {one.name: one for one in _still_fitting(form, file)}
    return list(found.values())


def _still_fitting(form: Form, file: EditionFile) -> Iterable[Brought]:
    kinds = {named.name: named.kind for named in form.files}
    if kinds[file.name] != file.kind:
        return ()
    if file.kind != FileKind.LIST:
        return (Brought(file.name, kinds[file.name], file.media_type, file.content),)
    try:
        return brought(form, [(file.name, file.content)])
    except Unreadable:
        return ()


def keep_brought(edition: Edition, files: Iterable[Brought]) -> None:
    """Keep files; of two of one name the later. Raises TooHeavy, and Refused for what the form does not name."""
    rows = {row.name: row for row in edition.files.defer("data")}
    changed: dict[str, EditionFile] = {}
    for file in files:
        row = rows.get(file.name)
        if row is None or row.kind != file.kind:
            raise Refused(_("Formulir ini tidak menyebut berkas “%s”.") % file.name, field="attached")
        row.media_type, row.size, row.data = file.media_type, len(file.content), file.content
        row.md5 = hashlib.md5(file.content, usedforsecurity=False).hexdigest()
        changed[row.name] = row
    if sum(row.size for row in rows.values()) > MEGABYTES_IN_ALL * 1024 * 1024:
        raise TooHeavy(TooHeavy.message % MEGABYTES_IN_ALL, field="attached")
    for row in changed.values():
        row.save(update_fields=["media_type", "size", "md5", "data"])


def require_files(edition: Edition) -> None:
    """Raises FilesMissing."""
    if missing := list(edition.files.missing().values_list("name", flat=True)):
        raise FilesMissing(FilesMissing.message % {"names": ", ".join(missing)})
