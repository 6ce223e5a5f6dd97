"""What was filled away from a desk becomes a filling of the case, once, however often it is sent.

Everything that a form came with is settled before anything is written: whose parts it answers, whether its scores are
ours, which files its answers name. It is finished where nothing is missing. Where something is, it stays open for a
desk to complete; and where colleagues are filling the same edition already, it joins theirs, so that two who differ
both stand there (`filling.keep_answers`).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, acting
from serasi.assessments.models import Answer, AnswerFile, Assessment, Edition, SentFilling
from serasi.assessments.operations.files import store
from serasi.assessments.operations.filling import (
    EditionNotOpen,
    FillingEnded,
    Typed,
    carried_over,
    hold_open,
    keep_typed,
    mark_finished,
    refusal_of,
    require_fillable,
    require_replaceable,
    worked_out,
    write_results,
)
from serasi.assessments.operations.scoring import number_of
from serasi.assessments.permissions import FILL
from serasi.assessments.queries.forms import Place, form_of, language_of, places_of
from serasi.cases.models import Case
from serasi.cases.operations.writable import CaseClosed, FileState, file_operation, hold
from serasi.common.identifiers import uuid7
from serasi.xforms.evaluate import Evaluated
from serasi.xforms.form import Form
from serasi.xforms.instance import NotOfThisForm, answers_of, compose, files_of, noted_of
from serasi.xforms.order import Tangled
from serasi.xforms.safe_xml import UnsafeXml
from serasi.xforms.xpath import TooMuchWork

LONGEST_NAME: Final = 100
_NOT_IN_NAMES: Final = re.compile(r'[/\\\x00-\x1f\x7f"<>|:*?]|\.\.')
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a device sent it; what it claims to be is not believed."""

    name: str
    media_type: str
    content: bytes


class ScoresDiffer(Refused):
    """What a device computed is not what the server finds; nothing was kept."""

    message = _(
        "Skor «%(scale)s» dari perangkat (%(theirs)s) berbeda dari hitungan Serasi (%(ours)s). Isian tetap di"
        " perangkat. Perbarui formulirnya, buka isian ini, lalu kirim lagi."
    )


class AnotherUnderThisId(Refused):
    message = _(
        "Isian dengan nomor kiriman ini sudah diterima dengan jawaban lain. Kirim perubahan sebagai perbaikan isian"
        " itu, bukan sebagai kiriman yang sama."
    )


class BeyondThisForm(Refused):
    message = _("Formulir ini terlalu berat untuk dihitung. Beri tahu penyusunnya.")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an instance says: what somebody answered, what the device found by itself, when it was begun and ended."""

    answers: Mapping[str, str]
    noted: Mapping[str, str]
    began_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def read(cls, form: Form, instance: bytes) -> "Brought":
        """Raises Refused for what is no instance of this form."""
        try:
            untouched = answers_of(form, compose(form, {}, instance_id=UUID(int=0)))
            told, noted = answers_of(form, instance), noted_of(form, instance)
        except (NotOfThisForm, UnsafeXml) as fault:
            raise Refused(gettext(fault.message)) from fault
        return cls(
            {path: value for path, value in told.items() if path in form.fields and untouched.get(path, "") != value},
            noted,
            _moment(form, noted, "start"),
            _moment(form, noted, "end"),
        )

    @property
    def digest(self) -> str:
        return sha256(json.dumps(self.answers, sort_keys=True).encode()).hexdigest()


def _moment(form: Form, noted: Mapping[str, str], which: str) -> datetime | None:
    """What the device's clock said when the form was begun or ended, where the form asks for it."""
    path = next((one.path for one in form.questions if (one.preload, one.preload_params) == ("timestamp", which)), "")
    try:
        found = datetime.fromisoformat(noted.get(path, ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def receive_filling(
    *,
    id: UUID,
    case: Case,
    edition: Edition,
    instance: bytes,
    files: Sequence[SentFile],
    mode: str,
    assessed_on: date,
    by: User,
    at: datetime,
    replaces: Assessment | None = None,
) -> Assessment:
    """A form filled elsewhere as a filling of this case, with its files: finished, or open with what is missing.

    ``id`` is the instanceID: the same answers under it again are the same filling, which may get further files.
    ``replaces`` is the filling that an earlier edition of this sending became: what others typed there, and this one
    says nothing of, stays. A day or a moment that the device's clock puts ahead is today and now. An edition or a case
    that has been closed takes what was begun before.

    Raises ScoresDiffer; AnotherUnderThisId; NotYourInstrument, TagsKeptFromYou, EditionNotOpen, CaseClosed; Refused for
    what is no instance of this form, for a part of another profession, for a file that is none.
    """
    brought = Brought.read(form_of(edition.pk), instance)
    require_names(files)
    with acting(by, "assessments.receiving.receive_filling"):
        sent_filling = _take_in(
            id=id,
            case=case,
            edition=edition,
            brought=brought,
            mode=mode,
            assessed_on=min(assessed_on, case.unit.day_at(at)),
            replaces=replaces,
            by=by,
            at=at,
        )
        if sent_filling.digest != brought.digest:
            raise AnotherUnderThisId
        receive_files(assessment=sent_filling.assessment, files=files, by=by, at=at)
        return sent_filling.assessment


@file_operation(FILL, of="assessment.case", state=FileState.EITHER)
def receive_files(
    *, assessment: Assessment, files: Sequence[SentFile], by: User, at: datetime
) -> tuple[AnswerFile, ...]:
    """Keep files that came with a form or after it: those that answers name, each once; the others are passed over.

    Raises UnknownContent, OtherKind, Refused.
    """
    require_names(files)
    Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    form, places = form_of(assessment.edition_id), places_of(assessment.edition)
    named: dict[str, str] = {}
    for path, value in assessment.answers.values_list("path", "value"):
        named |= files_of(form, {path: value})
    there = set(assessment.files.values_list("name", flat=True))
    kept = []
    for file in files:
        path = named.get(file.name, "")
        if not path or file.name in there:
            continue
        place = places[form.fields[path].outermost_repeat or path]
        _require_part(form, place, place.path, "", by)
        there.add(file.name)
        kind = form.controls[path].attributes.get("mediatype", "")
        try:
            row = store(
                id=uuid7(),
                assessment=assessment,
                place=place,
                content=file.content,
                name=file.name,
                kind=kind,
                by=by,
                at=at,
            )
        except Refused as refused:
            raise Refused(f"«{file.name}»: {refused.message}", field="file") from refused
        kept.append(row)
    return tuple(kept)


@file_operation(FILL, creates=SentFilling, state=FileState.EITHER)
def _take_in(
    *,
    id: UUID,
    case: Case,
    edition: Edition,
    brought: Brought,
    mode: str,
    assessed_on: date,
    replaces: Assessment | None,
    by: User,
    at: datetime,
) -> SentFilling:
    require_fillable(edition, mode, by)
    hold(case)
    _require_begun_in_time(case, edition, brought, assessed_on)
    form = form_of(edition.pk)
    answers = _answers_by(by, form, places_of(edition), brought)
    moment = _moment_of(case, brought, assessed_on, at)
    filling = Assessment(
        id=id,
        case=case,
        edition=edition,
        tags=edition.tags,
        mode=mode,
        assessed_on=assessed_on,
        written_by=by,
        written_at=at,
    )
    found = _evaluated(filling, form, answers, moment)
    require_our_scores(edition, form, brought, found)
    others = replaces if replaces is not None and replaces.is_open else None
    if others is None:
        rows = _rows(filling, replaces, form, answers, typed_at=moment, by=by, at=at)
        told = {row.path: row.value for row in rows}
        found = found if told == answers else _evaluated(filling, form, told, moment)
        others = _held_filling(case, edition) if found.problems else None
    if others is None:
        _write(filling, form, rows, found, by=by, at=at)
    else:
        filling = _join(others, answers, is_correction=others == replaces, typed_at=moment, by=by, at=at)
    return SentFilling.objects.create(id=id, assessment=filling, digest=brought.digest, written_by=by, written_at=at)


def _write(
    filling: Assessment, form: Form, rows: Sequence[Answer], found: Evaluated, *, by: User, at: datetime
) -> None:
    """A filling of its own: finished at once where nothing is missing."""
    filling.answer_count = len(rows)
    if not found.problems:
        mark_finished(filling, by=by, at=at)
    filling.save(force_insert=True)
    Answer.objects.bulk_create(rows)
    if not found.problems:
        write_results(filling, form, found)


def _rows(
    filling: Assessment,
    replaced: Assessment | None,
    form: Form,
    answers: Mapping[str, str],
    *,
    typed_at: datetime,
    by: User,
    at: datetime,
) -> list[Answer]:
    """The answers of a new filling: those that were brought, and those of others that it replaces."""
    rows: list[Answer] = []
    if replaced is not None:
        require_replaceable(replaced, filling.case)
        filling.replaces = replaced
    if replaced is not None and replaced.edition_id == filling.edition_id:
        before = carried_over(filling, replaced, at=at)
        rows = [row for row in before if row.typed_by_id != by.pk and row.path not in answers]
    places = places_of(filling.edition)
    rows += [
        Answer(
            id=uuid7(),
            assessment=filling,
            path=path,
            tags=list(places[path].tags),
            value=value,
            stands=True,
            typed_by=by,
            typed_at=typed_at,
        )
        for path, value in answers.items()
    ]
    for number, row in enumerate(rows, 1):
        row.number = number
    return rows


def _held_filling(case: Case, edition: Edition) -> Assessment | None:
    """The filling of this edition that colleagues have open, held until the transaction ends."""
    found = Assessment.objects.open().filter(case=case, edition=edition).first()
    try:
        if found is not None:
            hold_open(found)
    except FillingEnded:
        return None
    return found


def _join(
    filling: Assessment,
    answers: Mapping[str, str],
    *,
    is_correction: bool,
    typed_at: datetime,
    by: User,
    at: datetime,
) -> Assessment:
    """Write the answers beside those of others. What this person typed there before is what they saw."""
    hold_open(filling)
    own = {one.path: one.value for one in filling.answers.current() if one.typed_by_id == by.pk}
    taken_out = {path: "" for path, value in own.items() if value and path not in answers} if is_correction else {}
    typed = [
        Typed(uuid7(), path, own.get(path, ""), value, typed_at=typed_at)
        for path, value in (dict(answers) | taken_out).items()
    ]
    kept = keep_typed(filling, typed, by=by, at=at)
    for _entry, why in kept.refused:
        raise Refused(why)
    return filling


# --- what is asked before anything is written


def _require_begun_in_time(case: Case, edition: Edition, brought: Brought, assessed_on: date) -> None:
    """What was begun before an edition or a case was closed is still taken. Raises EditionNotOpen, CaseClosed."""
    if edition.published_at is None:
        raise EditionNotOpen
    for closed_at, refusal in ((edition.closed_at, EditionNotOpen), (case.closed_at, CaseClosed)):
        if closed_at is None:
            continue
        begun_on = case.unit.day_at(brought.began_at) if brought.began_at else assessed_on
        if min(begun_on, assessed_on) > case.unit.day_at(closed_at):
            raise refusal


def _moment_of(case: Case, brought: Brought, assessed_on: date, at: datetime) -> datetime:
    """When it was answered: by the form itself, else at noon of its day; never after it came."""
    said = brought.ended_at or brought.began_at
    noon = datetime.combine(assessed_on, time(12), ZoneInfo(case.unit.time_zone))
    return min(said or (at if assessed_on == case.unit.day_at(at) else noon), at)


def _answers_by(by: User, form: Form, places: Mapping[str, Place], brought: Brought) -> dict[str, str]:
    """What this user answered. Raises Refused with the question that is not theirs to answer."""
    answers: dict[str, str] = {}
    for path, value in brought.answers.items():
        place = places.get(path)
        if place is None:
            continue  # a node that nobody is asked for
        if place.is_repeat and not _TAG.sub("", value).strip() and refusal_of(_typed(path, ""), place, form, by):
            continue  # rows that the form laid out by itself in the part of another
        _require_part(form, place, path, value, by)
        answers[path] = value
    return answers


def _require_part(form: Form, place: Place, path: str, value: str, by: User) -> None:
    why = refusal_of(_typed(path, value), place, form, by)
    if why:
        control = form.controls.get(path)
        label = control.label if control else form.repeats[path].label
        raise Refused(f"«{label.said(language_of(form)) or path}»: {why}")


def _typed(path: str, value: str) -> Typed:
    return Typed(uuid7(), path, "", value)


def _evaluated(filling: Assessment, form: Form, answers: Mapping[str, str], at: datetime) -> Evaluated:
    try:
        return worked_out(filling, form, answers, at=at)
    except (TooMuchWork, Tangled) as fault:
        raise BeyondThisForm from fault


def require_our_scores(edition: Edition, form: Form, brought: Brought, found: Evaluated) -> None:
    """Raises ScoresDiffer. A device that has no value is believed to have none."""
    for scale in edition.scales.all():
        path = f"{form.root}/{scale.name}"
        theirs, ours = brought.noted.get(path, ""), found.values.get(path, "")
        if number_of(theirs) is not None and number_of(theirs) != number_of(ours):
            said = {"scale": scale.title, "theirs": theirs, "ours": ours or gettext("belum ada nilai")}
            raise ScoresDiffer(ScoresDiffer.message % said)


def require_names(files: Sequence[SentFile]) -> None:
    """A name is a name, not a way to somewhere else. Raises Refused."""
    for file in files:
        if not file.name or len(file.name) > LONGEST_NAME or file.name[0] == "." or _NOT_IN_NAMES.search(file.name):
            raise Refused(_("Nama berkas yang dikirim tidak dapat dipakai. Ambil ulang foto atau rekamannya."))
