"""Instruments come in as workbooks, become drafts, are published, and are closed; published ones never change."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.assessments.enums import Direction, Kind, Method, Rater, SuggestionKind, Tone
from serasi.assessments.models import Band, Edition, EditionForm, Instrument, Scale, Score, Suggestion
from serasi.assessments.operations.edition_files import carried_files, keep_brought, name_files, require_files
from serasi.assessments.permissions import KEEP_REFERENCE, WRITE_INSTRUMENT
from serasi.cases.enums import AreaTag
from serasi.common.identifiers import uuid7
from serasi.people.reference import clusters
from serasi.xforms.authoring.files import Brought
from serasi.xforms.authoring.publish import Authored
from serasi.xforms.declared import Declaration
from serasi.xforms.form import Form


class UnknownWord(Refused):
    """A word of the sheet «instrumen» that is not on our lists."""


class ScaleIsFrozen(Refused):
    message = _(
        "Skala %(scale)s sudah dipakai dan kini berbeda. Beri kunci banding yang baru di lembar «instrumen», supaya"
        " skor lama dan baru tidak dibandingkan."
    )


class AlreadyPublished(Refused):
    message = _("Edisi ini sudah terbit dan tidak berubah lagi. Unggah versi baru.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A workbook that became a form: what it says, the file itself under the name it came with, and what its author
    brought along with it."""

    authored: Authored
    source: bytes
    name: str
    files: Sequence[Brought] = ()


@operation(WRITE_INSTRUMENT, creates=Edition)
def draft_edition(*, id: UUID, unit: Unit, upload: Upload, by: User, at: datetime) -> Edition:
    """A new edition of a unit's instrument, to be looked at before it is published; a new code begins an instrument.

    Raises UnknownWord, and Refused where this version was published already.
    """
    require(by, WRITE_INSTRUMENT, on=unit)
    return _draft(id=id, unit=unit, upload=upload, by=by, at=at)


@operation(WRITE_INSTRUMENT)
def bring_files(*, edition: Edition, files: Sequence[Brought], by: User, at: datetime) -> Edition:
    """Pictures, sounds and lists that the form names, in the place of those that were there.

    Raises AlreadyPublished, TooHeavy.
    """
    require(by, WRITE_INSTRUMENT, on=edition)
    _hold_draft(edition)
    keep_brought(edition, files)
    return edition


@operation(WRITE_INSTRUMENT)
def describe_edition(
    *, edition: Edition, kind: str, licence: str, source: str, raters: Sequence[str], by: User, at: datetime
) -> Edition:
    """Say of a plain XLSForm what its sheets leave out. Raises AlreadyPublished."""
    require(by, WRITE_INSTRUMENT, on=edition)
    _require_draft(edition)
    edition.kind, edition.licence, edition.source = kind, licence.strip(), source.strip()
    edition.raters = sorted(set(raters))
    edition.save(update_fields=["kind", "licence", "source", "raters"])
    return edition


@operation(WRITE_INSTRUMENT)
def publish_edition(*, edition: Edition, by: User, at: datetime) -> Edition:
    """From now on it can be filled, and never changes. Raises AlreadyPublished, FilesMissing, ScaleIsFrozen."""
    require(by, WRITE_INSTRUMENT, on=edition)
    _publish(edition, by=by, at=at)
    return edition


@operation(WRITE_INSTRUMENT)
def close_edition(*, edition: Edition, by: User, at: datetime) -> Edition:
    """Nothing new is begun with it; what is being filled is finished, what was filled stays."""
    require(by, WRITE_INSTRUMENT, on=edition)
    if not Edition.objects.open().filter(pk=edition.pk).update(closed_at=at, closed_by=by):
        raise Refused(_("Edisi ini tidak sedang dipakai."))
    edition.closed_at, edition.closed_by = at, by
    return edition


@operation(WRITE_INSTRUMENT)
def discard_draft(*, edition: Edition, by: User, at: datetime) -> None:
    """A draft that is not wanted goes, and its instrument with it where that has no other edition."""
    require(by, WRITE_INSTRUMENT, on=edition)
    _require_draft(edition)
    instrument = edition.instrument
    edition.delete()
    if not instrument.editions.exists():
        instrument.delete()


@operation(KEEP_REFERENCE)
def keep_shipped(*, upload: Upload, by: User, at: datetime) -> Edition | None:
    """Bring a shipped instrument in, published; None where this version of it is there already."""
    told = upload.authored.declaration
    if Edition.objects.filter(instrument__unit=None, instrument__code=told.code, version=told.version).exists():
        return None
    edition = _draft(id=uuid7(), unit=None, upload=upload, by=by, at=at)
    _publish(edition, by=by, at=at)
    return edition


def _hold_draft(edition: Edition) -> None:
    """Let nobody publish it or change its files meanwhile. Raises AlreadyPublished."""
    edition.published_at = Edition.objects.select_for_update().values_list("published_at", flat=True).get(pk=edition.pk)
    _require_draft(edition)


def _require_draft(edition: Edition) -> None:
    if not edition.is_draft:
        raise AlreadyPublished


def _draft(*, id: UUID, unit: Unit | None, upload: Upload, by: User, at: datetime) -> Edition:
    authored, told = upload.authored, upload.authored.declaration
    _require_known(told)
    form = Form.parse(authored.xform)
    instrument, _is_new = Instrument.objects.get_or_create(
        unit=unit, code=slugify(told.code)[:60], defaults={"written_by": by, "written_at": at}
    )
    before = carried_files(instrument, form)
    instrument.editions.filter(version=told.version, published_at=None).delete()  # a draft is drafted anew
    edition = Edition.objects.create(
        id=id,
        instrument=instrument,
        version=told.version,
        title=told.title,
        description=told.description,
        kind=told.kind,
        key=told.key,
        licence=told.licence,
        source=told.source,
        raters=list(told.raters),
        youngest=told.youngest,
        oldest=told.oldest,
        interval_days=told.interval_days,
        clusters=list(told.clusters),
        tags=list(told.tags),
        languages=list(form.languages),
        words=told.words,
        sections=[asdict(section) for section in told.sections],
        warnings=[asdict(finding) for finding in authored.warnings],
        form_id=form.id,
        md5=hashlib.md5(authored.xform, usedforsecurity=False).hexdigest(),  # what OpenRosa compares
        written_by=by,
        written_at=at,
    )
    EditionForm.objects.create(
        edition=edition, source_name=upload.name[:150], source=upload.source, xform=authored.xform.decode()
    )
    name_files(edition, form, authored.named)
    keep_brought(edition, (*before, *upload.files))
    _write_scales(edition, told)
    return edition


def _write_scales(edition: Edition, told: Declaration) -> None:
    scales = {
        one.name: Scale(
            id=uuid7(),
            edition=edition,
            name=one.name,
            title=one.title,
            words=one.words,
            order=order,
            method=Method[one.method.name],
            items=list(one.items),
            reversed_items=sorted(one.reversed_items),
            may_be_blank=one.may_be_blank,
            lowest=one.lowest,
            highest=one.highest,
            direction=Direction[one.direction.name],
            domain=one.domain,
            error=one.error,
            source=one.source,
        )
        for order, one in enumerate(told.scales, 1)
    }
    bands = {
        (one.scale, one.code): Band(
            id=uuid7(),
            scale=scales[one.scale],
            code=one.code,
            title=one.title,
            words=one.words,
            meaning=one.meaning,
            tone=Tone[one.tone.name],
            lowest=one.lowest,
            highest=one.highest,
            source=one.source,
        )
        for one in told.bands
    }
    Scale.objects.bulk_create(scales.values())
    Band.objects.bulk_create(bands.values())
    Suggestion.objects.bulk_create(
        Suggestion(
            id=uuid7(),
            band=bands[one.scale, one.band],
            kind=SuggestionKind[one.kind.name],
            what=one.what,
            reason=one.reason,
        )
        for one in told.suggestions
    )


def _publish(edition: Edition, *, by: User, at: datetime) -> None:
    _hold_draft(edition)
    require_files(edition)
    _require_comparable(edition)
    edition.published_at, edition.published_by = at, by
    edition.save(update_fields=["published_at", "published_by"])


def _require_comparable(edition: Edition) -> None:
    """A scale that was used is frozen: under the same key it is the same."""
    used = Scale.objects.filter(
        edition__instrument=edition.instrument_id, edition__key=edition.key, edition__published_at__isnull=False
    )
    ours = {scale.name: _what_counts(scale) for scale in edition.scales.all()}
    for scale in used.filter(pk__in=Score.objects.filter(scale__in=used).values("scale")):
        if ours.get(scale.name, _what_counts(scale)) != _what_counts(scale):
            raise ScaleIsFrozen(ScaleIsFrozen.message % {"scale": scale.title})


def _what_counts(scale: Scale) -> tuple[object, ...]:
    return (
        scale.method,
        tuple(scale.items),
        tuple(sorted(scale.reversed_items)),
        scale.may_be_blank,
        scale.lowest,
        scale.highest,
        scale.direction,
    )


def _require_known(told: Declaration) -> None:
    """The words of the sheet «instrumen» that only this room knows the lists of. Raises UnknownWord."""
    lists: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("jenis", [told.kind] if told.kind else [], Kind.values),
        ("penilai", [*told.raters, *(rater for section in told.sections for rater in section.raters)], Rater.values),
        ("klaster", told.clusters, [one.code for one in clusters()]),
        ("tanda", [*told.tags, *(tag for section in told.sections for tag in section.tags)], AreaTag.values),
    )
    for name, said, known in lists:
        if unknown := sorted(set(said) - set(known)):
            raise UnknownWord(
                _("Lembar «instrumen», baris «%(name)s»: %(said)s tidak dikenal. Pilihannya: %(known)s.")
                % {"name": name, "said": ", ".join(unknown), "known": ", ".join(known)}
            )
