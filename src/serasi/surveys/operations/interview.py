"""An interview arrives, whole, from the page or from a phone; it is corrected by another, or voided with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import connection
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.assessments.models import Edition
from serasi.assessments.operations import AnotherUnderThisId, SentFile
from serasi.assessments.operations.files import LARGEST, made_safe
from serasi.assessments.operations.receiving import BeyondThisForm, Brought, require_names, require_our_scores
from serasi.assessments.queries import evaluated, form_of
from serasi.common.identifiers import uuid7
from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Region
from serasi.surveys.answers import first_point
from serasi.surveys.models import Interview, InterviewFile, Survey
from serasi.surveys.operations.reading import bring_back, read_in, take_out
from serasi.surveys.permissions import INTERVIEW, JUDGE
from serasi.surveys.recognising import VILLAGE, meanings_of
from serasi.xforms.evaluate import Evaluated, finished
from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from serasi.xforms.order import Tangled
from serasi.xforms.xpath import TooMuchWork

EVALUATOR: Final = "1"
"""Which reckoning of `serasi.xforms` the calculates were found by."""
MOST_FILES: Final = 60


class NotTaken(Refused):
    """The survey takes no interview that began then."""

    message = _("Survei ini belum dibuka, atau sudah ditutup sebelum wawancara ini dimulai.")


class NotAnEnumerator(Refused):
    message = _("Anda bukan pewawancara survei ini pada hari wawancara. Hubungi penanggung jawab survei.")


class NotItsForm(Refused):
    message = _("Formulir ini bukan formulir survei ini.")


@dataclass(frozen=True, slots=True)
class Read:
    """What arrived, held against its form: answers, what they come to, and when it was held.

    ``claimed_at`` is its beginning by the clock of the device.
    """

    form: Form
    brought: Brought
    found: Evaluated
    started_at: datetime
    ended_at: datetime | None
    claimed_at: datetime


@operation(INTERVIEW)
def keep_interview(
    *,
    id: UUID,
    survey: Survey,
    edition: Edition,
    instance: bytes,
    files: Sequence[SentFile],
    by: User,
    at: datetime,
    replaces: Interview | None = None,
) -> Interview:
    """An answered form becomes an interview, once: the same id with the same answers is what is there.

    Files that come later with the same answers are added. Answers that are missing or do not fit are kept beside it,
    for the supervisor: what was said in the field is not sent back there. Raises NotAnEnumerator, NotTaken,
    NotItsForm, AnotherUnderThisId, ScoresDiffer.
    """
    _alone(id)
    one = read_instance(id=id, survey=survey, edition=edition, instance=instance, at=at)
    kept = Interview.objects.filter(pk=id).first()
    if kept is not None:
        if kept.survey_id != survey.pk or kept.enumerator_id != by.pk or kept.digest != one.brought.digest:
            raise AnotherUnderThisId
    else:
        kept = write(id=id, survey=survey, edition=edition, one=one, replaces=replaces, enumerator=by, at=at)
    add_files(kept, files, at=at)
    return kept


@operation(JUDGE)
def take_interview(
    *,
    id: UUID,
    survey: Survey,
    edition: Edition,
    instance: bytes,
    files: Sequence[SentFile],
    enumerator: User,
    by: User,
    at: datetime,
    replaces: Interview | None = None,
) -> Interview:
    """What an enumerator sent whose device, posting or account had ended by then, taken in by who judges the survey. It
    stays theirs: they were an enumerator on the day they held it. Raises as `keep_interview`.
    """
    require(by, JUDGE, on=survey)
    _alone(id)
    one = read_instance(id=id, survey=survey, edition=edition, instance=instance, at=at)
    kept = write(id=id, survey=survey, edition=edition, one=one, replaces=replaces, enumerator=enumerator, at=at)
    add_files(kept, files, at=at)
    return kept


@operation(INTERVIEW)
def keep_files(*, interview: Interview, files: Sequence[SentFile], by: User, at: datetime) -> None:
    """Files of an interview that arrived before them; one that is there already is passed over."""
    if interview.enumerator_id != by.pk:
        raise NotAllowed
    add_files(interview, files, at=at)


@operation(JUDGE)
def void_interview(*, interview: Interview, reason: str, by: User, at: datetime) -> Interview:
    """It counts no longer and stays readable. One that was replaced is voided by voiding what replaced it."""
    require(by, JUDGE, on=interview.survey)
    if not reason.strip():
        raise Refused(_("Tulis mengapa wawancara ini dibatalkan."), field="reason")
    hold(interview)
    if not Interview.objects.standing().filter(pk=interview.pk).exists():
        raise Refused(_("Wawancara ini sudah dibatalkan atau diganti."))
    Interview.objects.filter(pk=interview.pk).update(voided_at=at, voided_by=by, void_reason=reason.strip())
    interview.voided_at, interview.voided_by, interview.void_reason = at, by, reason.strip()
    take_out(interview)
    if interview.replaces is not None:
        bring_back(interview.replaces)
    return interview


def read_instance(*, id: UUID, survey: Survey, edition: Edition, instance: bytes, at: datetime) -> Read:
    """Raises NotItsForm, Refused, ScoresDiffer."""
    if edition.instrument_id != survey.edition.instrument_id:
        raise NotItsForm
    form = form_of(edition.pk)
    zone = ZoneInfo(survey.unit.time_zone)
    brought = Brought.read(form, instance)
    began, ended = brought.began_at, brought.ended_at
    try:
        whole = compose(form, brought.answers, instance_id=id, started_at=began, ended_at=ended)
        found = evaluated(form, whole, now=(ended or began or at).astimezone(zone))
    except (TooMuchWork, Tangled) as fault:
        raise BeyondThisForm from fault
    require_our_scores(edition, form, brought, found)
    return Read(form, brought, found, *_by_our_clock(survey, began, ended, at=at), claimed_at=began or at)


def write(
    *, id: UUID, survey: Survey, edition: Edition, one: Read, replaces: Interview | None, enumerator: User, at: datetime
) -> Interview:
    """The row of an interview that was read, for who may have held it."""
    unit = survey.unit
    held_on, today = unit.day_at(one.started_at), unit.day_at(at)
    require_enumerator(survey, enumerator, (held_on, today))
    if not survey.takes_from(one.claimed_at):
        raise NotTaken
    if replaces is not None:
        require_replaceable(replaces, survey, enumerator)
    point = first_point(one.form, one.brought.answers)
    kept = Interview.objects.create(
        id=id,
        survey=survey,
        edition=edition,
        enumerator=enumerator,
        instance=finished(one.form, one.found).decode(),
        digest=one.brought.digest,
        problems=[{"path": each.path, "message": each.message.said()} for each in one.found.problems],
        evaluator=EVALUATOR,
        village=_village(one.form, one.brought.answers),
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        accuracy=point.accuracy if point else None,
        started_at=one.started_at,
        ended_at=one.ended_at,
        held_on=held_on,
        arrived_at=at,
        replaces=replaces,
    )
    read_in(kept)
    return kept


def hold(interview: Interview) -> None:
    """Nobody else replaces or voids this interview until the transaction ends."""
    list(Interview.objects.select_for_update(no_key=True).order_by().filter(pk=interview.pk).values_list("pk"))


def _by_our_clock(
    survey: Survey, began: datetime | None, ended: datetime | None, *, at: datetime
) -> tuple[datetime, datetime | None]:
    """When it began and ended. A clock that says a day to come, or one before the survey, is wrong: it lasted as long
    as the device says, and ended when it arrived."""
    if began is None:
        return at, None
    if ended is not None and ended < began:
        ended = None
    if began <= at and survey.unit.day_at(began) >= survey.begins_on:
        return began, ended
    return (at, None) if ended is None else (at - (ended - began), at)


def _alone(id: UUID) -> None:
    """Nobody else writes this interview until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [id.int & 0x7FFF_FFFF_FFFF_FFFF])


def require_enumerator(survey: Survey, by: User, days: tuple[date, date]) -> None:
    """On the day of the interview, or, since clocks of phones are wrong, on the day it arrived."""
    rows = survey.enumerators.filter(user=by)
    if not any(rows.on(day).exists() for day in dict.fromkeys(days)):
        raise NotAnEnumerator


def require_replaceable(replaced: Interview, survey: Survey, by: User) -> None:
    if replaced.survey_id != survey.pk or replaced.enumerator_id != by.pk:
        raise Refused(_("Hanya wawancara Anda sendiri dalam survei ini yang dapat Anda perbaiki."))
    hold(replaced)
    if not Interview.objects.standing().filter(pk=replaced.pk).exists():
        raise Refused(_("Wawancara yang diperbaiki sudah dibatalkan atau sudah diganti."))
    if Interview.objects.filter(replaces=replaced).exists():
        raise Refused(_("Wawancara ini sudah diperbaiki sekali dan perbaikannya dibatalkan. Buat wawancara baru."))


def _village(form: Form, answers: Mapping[str, str]) -> Region | None:
    """The village that the answers claim: the first question that asks for one and holds a code we know."""
    codes = [answers[path] for path, meaning in meanings_of(form).items() if meaning == VILLAGE and answers.get(path)]
    known = {each.pk: each for each in Region.objects.filter(pk__in=codes, level=RegionLevel.VILLAGE)} if codes else {}
    return next((known[code] for code in codes if code in known), None)


def add_files(interview: Interview, files: Sequence[SentFile], *, at: datetime) -> None:
    """Those that are not there yet. Raises UnknownContent, Refused."""
    require_names(files)
    there = set(interview.files.values_list("name", flat=True)) if files else set()
    if len(there | {each.name for each in files}) > MOST_FILES:
        raise Refused(_("Terlalu banyak berkas dalam satu wawancara."))
    for each in files:
        if each.name in there:
            continue
        if len(each.content) > LARGEST:
            raise Refused(_("Berkas lebih besar dari 15 MB. Perkecil dahulu."), field="file")
        content, media_type, ending = made_safe(each.content)
        row = InterviewFile(
            id=uuid7(),
            interview=interview,
            name=each.name,
            media_type=media_type,
            size=len(content),
            arrived_at=at,
        )
        row.file.save(f"{row.pk}.{ending}", ContentFile(content), save=False)
        row.save(force_insert=True)
        there.add(each.name)
