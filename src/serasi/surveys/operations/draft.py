"""An interview is typed on line: begun, kept answer by answer, ended; or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation
from serasi.assessments.operations import SentFile, Unanswered
from serasi.assessments.operations.files import LARGEST, made_safe
from serasi.assessments.queries import form_of, places_of
from serasi.surveys.enums import Outcome
from serasi.surveys.models import Draft, DraftFile, Interview, Survey
from serasi.surveys.operations.interview import (
    MOST_FILES,
    NotTaken,
    add_files,
    read_instance,
    require_enumerator,
    require_replaceable,
    write,
)
from serasi.surveys.permissions import INTERVIEW
from serasi.xforms.instance import NotOfThisForm, answers_of, compose, require_composable

LONGEST: Final = 50_000
"""Characters of one answer; a repeat is one answer."""
MOST_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it was typed, and the id by which the page knows that it was kept."""

    id: UUID
    path: str
    value: str


@operation(INTERVIEW, creates=Draft)
def begin_interview(*, id: UUID, survey: Survey, by: User, at: datetime, replaces: Interview | None = None) -> Draft:
    """An interview begins on line; ``replaces`` is one's own that is corrected, or held again where that was asked for.

    A correction begins with what was answered and keeps the day of the interview. Raises NotAnEnumerator, NotTaken.
    """
    started_at, edition, answers = at, survey.edition, {}
    if replaces is not None:
        require_replaceable(replaces, survey, by)
        is_held_again = replaces.verdicts.filter(outcome=Outcome.AGAIN).exists()
        started_at, edition = (at if is_held_again else replaces.started_at), replaces.edition
        answers = answers_of(form_of(edition.pk), replaces.instance.encode())
    day = survey.unit.day_at(started_at)
    require_enumerator(survey, by, (day, survey.unit.day_at(at)))
    if not survey.takes_from(started_at):
        raise NotTaken
    if replaces is None and not survey.begins_on <= day <= survey.ends_on:
        raise Refused(_("Hari ini di luar masa survei."))
    draft = Draft.objects.create(
        id=id,
        survey=survey,
        edition=edition,
        enumerator=by,
        replaces=replaces,
        answers=answers,
        count=len(answers),
        started_at=started_at,
        saved_at=at,
    )
    for file in replaces.files.all() if replaces is not None else ():
        with file.file.open("rb") as opened:
            _write_file(draft, file.name, file.media_type, opened.read())
    return draft


@operation(INTERVIEW)
def keep_typed(*, draft: Draft, typed: Sequence[Entry], by: User, at: datetime) -> list[tuple[Entry, str]]:
    """Keep what was typed; what has no place in the form is told with the reason, and keeps nothing else back."""
    held = _hold(draft, by)
    if len(typed) > MOST_AT_ONCE:
        raise Refused(_("Terlalu banyak jawaban sekaligus. Kirim paling banyak %d.") % MOST_AT_ONCE)
    form, places = form_of(held.edition_id), places_of(held.edition)
    refused: list[tuple[Entry, str]] = []
    answers = dict(held.answers)
    for one in typed:
        why = "" if one.path in places else gettext("Pertanyaan ini tidak ada dalam formulir.")
        if len(one.value) > LONGEST:
            why = gettext("Jawaban ini terlalu panjang.")
        if not why:
            try:
                require_composable(form, one.path, one.value)
            except NotOfThisForm as fault:
                why = gettext(fault.message)
        if why:
            refused.append((one, why))
        else:
            answers[one.path] = one.value
    held.answers, held.saved_at, held.count = answers, at, held.count + len(typed) - len(refused)
    held.save(update_fields=["answers", "saved_at", "count"])
    return refused


@operation(INTERVIEW)
def keep_draft_file(*, id: UUID, draft: Draft, path: str, content: bytes, by: User, at: datetime) -> DraftFile:
    """A photo or a sound of an answer; the answer then names it. Sent twice it is kept once."""
    held = _hold(draft, by)
    if path not in form_of(held.edition_id).controls:
        raise Refused(_("Pertanyaan ini tidak ada dalam formulir."))
    if len(content) > LARGEST:
        raise Refused(_("Berkas lebih besar dari 15 MB. Perkecil dahulu."), field="file")
    if held.files.count() >= MOST_FILES:
        raise Refused(_("Terlalu banyak berkas dalam satu wawancara."), field="file")
    safe, media_type, ending = made_safe(content)
    there = held.files.filter(name=f"{id}.{ending}").first()
    return there or _write_file(held, f"{id}.{ending}", media_type, safe)


@operation(INTERVIEW)
def finish_interview(*, draft: Draft, by: User, at: datetime) -> Interview:
    """What was typed becomes the interview, whole. Raises Unanswered with what is missing and where."""
    kept = Interview.objects.filter(pk=draft.pk, enumerator=by).first()
    if kept is not None:
        return kept
    held = _hold(draft, by)
    survey = held.survey
    is_corrected = held.replaces is not None and held.started_at == held.replaces.started_at
    ended_at = held.replaces.ended_at if is_corrected and held.replaces is not None else at
    instance = compose(
        form_of(held.edition_id), _asked(held), instance_id=held.pk, started_at=held.started_at, ended_at=ended_at
    )
    one = read_instance(id=held.pk, survey=survey, edition=held.edition, instance=instance, at=at)
    if one.found.problems:
        raise Unanswered(one.found.problems)
    kept = write(id=held.pk, survey=survey, edition=held.edition, one=one, replaces=held.replaces, enumerator=by, at=at)
    add_files(kept, [_sent(file) for file in held.files.all()], at=at)
    held.delete()
    return kept


@operation(INTERVIEW)
def discard_draft(*, draft: Draft, by: User, at: datetime) -> None:
    """What was begun is not wanted."""
    _hold(draft, by).delete()


def _asked(draft: Draft) -> Mapping[str, str]:
    """Answers that the form still has a place for."""
    places = places_of(draft.edition)
    return {path: value for path, value in draft.answers.items() if path in places}


def _sent(file: DraftFile) -> SentFile:
    with file.content.open("rb") as opened:
        return SentFile(file.name, file.media_type, opened.read())


def _hold(draft: Draft, by: User) -> Draft:
    """The draft as it stands, alone until the transaction ends; its own typist's only."""
    held = (
        Draft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("edition", "survey__unit", "survey__edition", "replaces")
        .filter(pk=draft.pk)
        .first()
    )
    if held is None:
        raise Refused(_("Wawancara ini sudah selesai atau dibuang."))
    if held.enumerator_id != by.pk:
        raise NotAllowed
    return held


def _write_file(draft: Draft, name: str, media_type: str, content: bytes) -> DraftFile:
    row = DraftFile(draft=draft, name=name, media_type=media_type)
    row.content.save(str(row.pk), ContentFile(content), save=False)
    row.save(force_insert=True)
    return row
