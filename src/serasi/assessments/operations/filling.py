"""An instrument is filled in a case: begun, answered by several at once, finished, or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, acting
from serasi.assessments.enums import Mode
from serasi.assessments.models import Answer, Assessment, Chapter, Edition, Score
from serasi.assessments.operations.scoring import chapters_from, scores_from
from serasi.assessments.permissions import FILL
from serasi.assessments.queries.filling import answers_of
from serasi.assessments.queries.forms import Place, form_of, places_of
from serasi.assessments.queries.places import evaluated
from serasi.assessments.raters import may_fill
from serasi.cases.models import Case
from serasi.cases.models.part import readable_tags
from serasi.cases.operations.writable import FileState, InTheFuture, file_operation
from serasi.common.identifiers import uuid7
from serasi.xforms.evaluate import Evaluated, Problem, finished
from serasi.xforms.form import Form
from serasi.xforms.instance import NotOfThisForm, compose, require_composable

EVALUATOR: Final = "1"
"""Which reckoning of `serasi.xforms` a score was found by: raised when the same answers may come to something else."""
LONGEST: Final = 50_000
"""Characters of one answer; a repeat is one answer."""
MOST_AT_ONCE: Final = 500
"""Answers in one sending."""


class EditionNotOpen(Refused):
    message = _("Edisi instrumen ini tidak dipakai lagi. Pilih edisi yang berlaku.")


class NotYourInstrument(Refused):
    message = _("Instrumen ini diisi oleh profesi lain. Minta rekan dari profesi itu mengisinya.")


class TagsKeptFromYou(Refused):
    message = _("Hasil instrumen ini hanya dibaca oleh yang berwenang atas bidangnya, dan Anda tidak.")


class FillingEnded(Refused):
    message = _("Pengisian ini sudah selesai atau dibatalkan. Jawaban tidak berubah lagi.")


class Unanswered(Refused):
    """What is missing or wrong, question by question."""

    message = _("Pengisian belum selesai: masih ada jawaban yang kurang atau tidak sesuai.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


class Unsettled(Refused):
    message = _("Masih ada jawaban yang diketik berbeda oleh dua orang. Putuskan dahulu mana yang berlaku.")


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer as it was typed: what the typist saw there, what they put, and which difference that settles."""

    id: UUID
    path: str
    before: str
    value: str
    typed_at: datetime | None = None
    settles: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the answers of one sending."""

    taken: tuple[UUID, ...]
    refused: tuple[tuple[Typed, str], ...]


@file_operation(FILL, creates=Assessment)
def start_filling(
    *,
    id: UUID,
    case: Case,
    edition: Edition,
    mode: str,
    by: User,
    at: datetime,
    assessed_on: date | None = None,
    replaces: Assessment | None = None,
) -> Assessment:
    """Begin to fill an edition; ``assessed_on`` is a day of the unit, today when left out.

    ``replaces`` is a finished one of the same instrument that is filled again because it was wrong: its answers are
    where this one begins. Raises EditionNotOpen, NotYourInstrument, TagsKeptFromYou, InTheFuture.
    """
    today = case.unit.day_at(at)
    assessed_on = assessed_on or today
    if assessed_on > today:
        raise InTheFuture(field="assessed_on")
    if not edition.is_open:
        raise EditionNotOpen
    require_fillable(edition, mode, by)
    if replaces is not None:
        require_replaceable(replaces, case)
    filling = Assessment.objects.create(
        id=id,
        case=case,
        edition=edition,
        tags=edition.tags,
        mode=mode,
        assessed_on=assessed_on,
        replaces=replaces,
        written_by=by,
        written_at=at,
    )
    if replaces is not None and replaces.edition_id == edition.pk:
        rows = carried_over(filling, replaces, at=at)
        Answer.objects.bulk_create(rows)
        filling.answer_count = len(rows)
        filling.save(update_fields=["answer_count"])
    return filling


def require_fillable(edition: Edition, mode: str, by: User) -> None:
    """Whether this user may fill anything of this edition. Raises NotYourInstrument, TagsKeptFromYou, Refused."""
    if mode not in Mode.values:
        raise Refused(_("Pilih kata siapa jawaban ini."), field="mode")
    if set(edition.tags) - set(readable_tags(by)):
        raise TagsKeptFromYou
    if not any(may_fill(by, raters) for raters in [edition.raters, *(one["raters"] for one in edition.sections)]):
        raise NotYourInstrument


def require_replaceable(replaced: Assessment, case: Case) -> None:
    """Whether a finished filling may be filled again in this case. Raises Refused."""
    if replaced.case_id != case.pk or not replaced.is_finished:
        raise Refused(_("Yang diisi ulang harus pengisian yang selesai dalam kasus ini."))
    if Assessment.objects.filter(replaces=replaced).exists():
        raise Refused(_("Pengisian ini sudah diisi ulang. Mulailah pengisian baru."))


def carried_over(filling: Assessment, replaced: Assessment, *, at: datetime) -> list[Answer]:
    """What was answered then as the first answers of a new filling, parts included that the user may not read."""
    with acting(User.objects.system(), "assessments.carry_over"):
        answers = list(replaced.answers.current())
    return [
        Answer(
            id=uuid7(),
            assessment=filling,
            number=number,
            path=one.path,
            tags=one.tags,
            value=one.value,
            stands=True,
            typed_by_id=one.typed_by_id,
            typed_at=at,
        )
        for number, one in enumerate(answers, 1)
    ]


@file_operation(FILL, of="assessment.case", state=FileState.EITHER, rewrites=True)
def keep_answers(*, assessment: Assessment, typed: Sequence[Typed], by: User, at: datetime) -> Kept:
    """Keep what was typed, each answer for itself: one that cannot be kept says why and keeps nobody else's back.

    The same answer sent again is taken once. An answer that somebody else changed meanwhile is kept beside theirs and
    does not stand until the difference is settled. Raises FillingEnded.
    """
    if len(typed) > MOST_AT_ONCE:
        raise Refused(_("Terlalu banyak jawaban sekaligus. Kirim paling banyak %d.") % MOST_AT_ONCE)
    hold_open(assessment)
    return keep_typed(assessment, typed, by=by, at=at)


def keep_typed(assessment: Assessment, typed: Sequence[Typed], *, by: User, at: datetime) -> Kept:
    """As `keep_answers`, for an open filling that the caller holds."""
    places, form = places_of(assessment.edition), form_of(assessment.edition_id)
    known = dict(Answer.objects.filter(pk__in=[one.id for one in typed]).values_list("pk", "assessment_id"))
    current = answers_of(assessment, paths={one.path for one in typed})
    differences = dict(assessment.answers.differences().values_list("pk", "path"))
    taken: list[UUID] = []
    refused: list[tuple[Typed, str]] = []
    rows: list[Answer] = []
    for one in typed:
        if known.get(one.id) == assessment.pk:
            taken.append(one.id)
            continue
        place = places.get(one.path)
        why = refusal_of(one, place, form, by)
        if one.id in known:
            why = gettext("Kiriman ini tidak terbaca. Muat ulang halaman.")
        if one.settles is not None and differences.pop(one.settles, None) != one.path:
            why = gettext("Perbedaan ini sudah diputuskan. Muat ulang halaman.")
        if why or place is None:
            refused.append((one, why))
            continue
        known[one.id] = assessment.pk
        taken.append(one.id)
        if one.settles is None and current.get(one.path) == one.value:
            continue
        stands = one.settles is not None or current.get(one.path, one.before) == one.before
        rows.append(
            Answer(
                id=one.id,
                assessment=assessment,
                number=assessment.answer_count + len(rows) + 1,
                path=one.path,
                tags=list(place.tags),
                before=one.before,
                value=one.value,
                stands=stands,
                settles_id=one.settles,
                typed_by=by,
                typed_at=min(one.typed_at or at, at),
            )
        )
        if stands:
            current[one.path] = one.value
    Answer.objects.bulk_create(rows)
    if rows:
        Assessment.objects.filter(pk=assessment.pk).update(answer_count=rows[-1].number)
    return Kept(tuple(taken), tuple(refused))


@file_operation(FILL, of="assessment.case", state=FileState.EITHER)
def finish_filling(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Evaluate what was answered and write down what it came to. Raises FillingEnded, Unsettled, Unanswered."""
    hold_open(assessment)
    form = form_of(assessment.edition_id)
    with acting(User.objects.system(), "assessments.finish"):  # parts included that ``by`` may not read
        differ = assessment.answers.differences().exists()
        answers = answers_of(assessment)
    if differ:
        raise Unsettled
    found = worked_out(assessment, form, answers, at=at)
    if found.problems:
        raise Unanswered(found.problems)
    mark_finished(assessment, by=by, at=at)
    assessment.save(update_fields=["evaluator", "finished_at", "finished_by"])
    write_results(assessment, form, found)
    return assessment


def worked_out(assessment: Assessment, form: Form, answers: Mapping[str, str], *, at: datetime) -> Evaluated:
    """What these answers come to at a moment, by the clock of the unit."""
    instance = compose(form, answers, instance_id=assessment.instance_id)
    return evaluated(form, instance, now=at.astimezone(ZoneInfo(assessment.case.unit.time_zone)))


def mark_finished(assessment: Assessment, *, by: User, at: datetime) -> None:
    assessment.evaluator = EVALUATOR
    assessment.finished_at, assessment.finished_by = at, by


def write_results(assessment: Assessment, form: Form, found: Evaluated) -> None:
    """The chapters and scores of a finished filling."""
    places = places_of(assessment.edition)
    Chapter.objects.bulk_create(chapters_from(assessment, form, places, finished(form, found)))
    Score.objects.bulk_create(scores_from(assessment, form, places, found))


@file_operation(FILL, of="assessment.case", state=FileState.EITHER)
def void_filling(*, assessment: Assessment, reason: str, by: User, at: datetime) -> Assessment:
    """It was begun by mistake, or is about someone else: it counts no longer and stays readable."""
    if not reason.strip():
        raise Refused(_("Tulis mengapa pengisian ini dibatalkan."), field="reason")
    standing = Assessment.objects.filter(pk=assessment.pk, voided_at=None)
    if not standing.update(voided_at=at, voided_by=by, void_reason=reason.strip()):
        raise FillingEnded
    assessment.voided_at, assessment.voided_by, assessment.void_reason = at, by, reason.strip()
    return assessment


def hold_open(assessment: Assessment) -> None:
    """Let nobody else write in it until the transaction ends. Raises FillingEnded."""
    held = (
        Assessment.objects.select_for_update(no_key=True)
        .only("finished_at", "voided_at", "answer_count")
        .get(pk=assessment.pk)
    )
    assessment.finished_at, assessment.voided_at = held.finished_at, held.voided_at
    assessment.answer_count = held.answer_count
    if not held.is_open:
        raise FillingEnded


def refusal_of(one: Typed, place: Place | None, form: Form, by: User) -> str:
    """Why this answer cannot be kept; "" where it can."""
    if place is None:
        return gettext("Pertanyaan ini tidak ada dalam edisi yang sedang diisi.")
    if not may_fill(by, place.raters):
        return gettext("Bagian ini diisi oleh profesi lain.")
    if set(place.tags) - set(readable_tags(by)):
        return gettext("Bagian ini hanya dibaca dan diisi oleh yang berwenang atas bidangnya.")
    if len(one.value) > LONGEST or "\x00" in one.value + one.before:
        return gettext("Jawaban ini terlalu panjang atau memuat tanda yang tidak dapat disimpan.")
    try:
        require_composable(form, one.path, one.value)
    except NotOfThisForm as refused:
        return gettext(refused.message)
    return ""
