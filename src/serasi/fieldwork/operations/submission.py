"""The one way in: a form that was filled outside is read, held against the form it names, and lands once.

1. The id of an instance is a lock: the same sent twice at once is one submission, and the second sees the first.
2. The same XML again is the same answer, and may bring files that were missing; another XML under that id is refused.
3. Landing is part of the same transaction: what is refused leaves no trace, and the device keeps what it has.
4. What comes from a device, a posting or an account that has ended is taken in sealed and changes nothing until the
   head of the unit takes it; so is an edit of what the desk has changed meanwhile.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from lxml import etree

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, acting, operation
from serasi.assessments.models import Answer, Assessment, SentFilling
from serasi.assessments.operations import SentFile, receive_files, receive_filling
from serasi.cases.models import Case, Report
from serasi.common.identifiers import uuid7
from serasi.fieldwork.enums import Purpose, Waiting
from serasi.fieldwork.models import Device, Submission, SubmissionFile
from serasi.fieldwork.operations.change import land_changes
from serasi.fieldwork.operations.found import drawn_anew, keep_photo, land_found, unit_for_report
from serasi.fieldwork.permissions import MANAGE_DEVICES, USE_DEVICE
from serasi.fieldwork.queries.edits import standing_of
from serasi.fieldwork.queries.served import KASUS, NotServed, Served, mode_of, named_to
from serasi.surveys.models import Interview
from serasi.surveys.operations import keep_files, keep_interview, take_interview
from serasi.xforms.evaluate import DEFAULTS, evaluate, finished
from serasi.xforms.form import Form
from serasi.xforms.instance import NotOfThisForm, Submitted, read_submission
from serasi.xforms.instance import SubmissionRefused as NotReadable
from serasi.xforms.parts import ControlKind
from serasi.xforms.safe_xml import child_elements, local_name

MOST_WAITING: Final = 200
"""Sendings of one person that wait at once."""
LARGEST_FILE: Final = 15 * 1024 * 1024
_NAMESPACE: Final = UUID("8c5b1f5e-2f57-4d0e-9a54-6f1f0c7a1d17")
"""For instances whose id is no UUID."""
_AUDIT: Final = "audit.csv"
_NAME: Final = re.compile(r"[^/\\\x00-\x1f\x7f]{1,100}")


class Unreadable(Refused):
    """Not XML, or nothing that names its form and itself."""


class UnknownForm(Refused):
    """There is no such form, or not in that version."""


class NotYourForm(NotAllowed):
    """The form is there, and this user does not fill it."""


class OutsideCaseload(NotAllowed):
    message = _(
        "Kasus ini tidak ada dalam daftar kasus Anda. Perbarui daftar di perangkat; isian tetap tersimpan di sana."
    )


class OtherContent(Refused):
    message = _("Kiriman dengan nomor ini sudah diterima dengan isi lain. Kirim perubahan sebagai perbaikan isian.")


class NotCurrent(Refused):
    message = _("Yang diperbaiki bukan kiriman terakhir, atau tidak ada di sini. Perbaiki kiriman yang terakhir.")


class NotEdited(Refused):
    message = _("Laporan ini sudah diterima di unit. Perbaiki di meja, atau buat isian baru.")


class BadFileName(Refused):
    message = _("Nama berkas dalam isian ini tidak dapat dipakai. Ambil ulang foto atau rekamannya.")


class TooMuchWaits(Refused):
    message = _("Terlalu banyak kiriman Anda yang menunggu keputusan kepala unit. Hubungi kepala unit Anda.")


class NoLongerWaits(Refused):
    message = _("Kiriman ini sudah diputuskan orang lain. Muat ulang halaman.")


def receive(
    *, xml: bytes, files: Sequence[SentFile], by: User, at: datetime, device: Device | None = None
) -> Submission:
    """Take in what somebody filled outside. ``files`` may come in parts, each with the same ``xml``.

    No permission of its own, for who has none any more is received too: as something that waits. Raises Unreadable,
    UnknownForm, NotYourForm, OutsideCaseload, OtherContent, NotCurrent, NotEdited, BadFileName, TooMuchWaits,
    `ScoresDiffer`, and what else the room refuses where it lands; then nothing was kept.
    """
    try:
        sent = read_submission(xml)
    except NotReadable as refused:
        raise Unreadable(refused.message) from refused
    submission_id, digest = id_of(sent.instance_id), hashlib.sha256(xml).hexdigest()
    with acting(by, "fieldwork.submission.receive"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission_id.int & 0x7FFF_FFFF_FFFF_FFFF])
        known = Submission.objects.filter(pk=submission_id, user=by).first()
        if known is not None:
            if known.digest != digest:
                raise OtherContent
            _bring_files(known, files, at=at)
            return known
        has_ended = not by.scope.has(USE_DEVICE) or (device is not None and not device.is_open)
        served = _served(User.objects.system() if has_ended else by, sent)
        submission = Submission(
            id=submission_id,
            instance=sent.instance_id,
            digest=digest,
            device=device,
            user=by,
            unit=_unit(by, device),
            purpose=served.purpose,
            title=served.title,
            form_id=sent.form_id,
            version=sent.version,
            edition=served.edition,
            xml=xml,
            started_at=_started_at(served.form, sent.root),
            received_at=at,
        )
        _take_in(submission, served, sent, files, has_ended=has_ended, by=by, at=at)
        return submission


@operation(USE_DEVICE)
def take_submission(*, submission: Submission, by: User, at: datetime) -> Submission:
    """What waited lands after all, as the act of whoever decides. Raises NoLongerWaits, and as `receive`."""
    held = _held(submission, by)
    sent = read_submission(bytes(held.xml or b""))
    served = _served(User.objects.system(), sent)
    files = _kept_files(held)
    held.settled_by, held.settled_at, held.landed_at = by, at, at
    held.save(update_fields=["settled_by", "settled_at", "landed_at"])
    replaced = standing_of(held.replaces, by) if held.replaces else None
    _land(held, served, sent, files, replaced=replaced, by=by, at=at)
    _let_go(held, served)
    return held


@operation(USE_DEVICE)
def drop_submission(*, submission: Submission, by: User, at: datetime) -> Submission:
    """What waited is not wanted: that it came stays known, its content goes. Raises NoLongerWaits, NotAllowed."""
    held = _held(submission, by)
    held.settled_by, held.settled_at, held.is_dropped, held.xml = by, at, True, None
    held.save(update_fields=["settled_by", "settled_at", "is_dropped", "xml"])
    for file in held.files.exclude(file=""):
        _forget(file)
    return held


def id_of(instance: str) -> UUID:
    """The id of a submission: the UUID in the instanceID, or one that follows from it."""
    try:
        return UUID(instance.removeprefix("uuid:"))
    except ValueError:
        return uuid5(_NAMESPACE, instance)


def _take_in(
    submission: Submission,
    served: Served,
    sent: Submitted,
    files: Sequence[SentFile],
    *,
    has_ended: bool,
    by: User,
    at: datetime,
) -> None:
    submission.case = _case_of(served, sent, None if has_ended else by)
    replaced: Assessment | None = None
    if sent.deprecated_id:
        submission.replaces = _replaced(sent.deprecated_id, by)
        if served.purpose is Purpose.FOUND:
            raise NotEdited
        replaced = _assessment_of(submission.replaces)
        if replaced is not None and _is_changed_at_desk(replaced, by):
            submission.waits_for = Waiting.DESK
    if has_ended:
        submission.waits_for = Waiting.ENDED
    if submission.waits_for:
        if Submission.objects.filter(user=by).waiting().count() >= MOST_WAITING:
            raise TooMuchWaits
    else:
        submission.landed_at = at
    try:
        submission.save(force_insert=True)
    except IntegrityError:
        raise OtherContent from None
    names = _names_of_files(served.form, sent.root)
    SubmissionFile.objects.bulk_create(SubmissionFile(id=uuid7(), submission=submission, name=name) for name in names)
    if submission.waits_for:
        _bring_files(submission, files, at=at)
        return
    wanted = _wanted(submission, files)
    _land(submission, served, sent, wanted, replaced=replaced, by=by, at=at)
    _mark_arrived(submission, served, wanted, at=at)


# --- where it lands


def _land(
    submission: Submission,
    served: Served,
    sent: Submitted,
    files: Sequence[SentFile],
    *,
    replaced: Assessment | None,
    by: User,
    at: datetime,
) -> None:
    instance = _without_case(sent.root)
    match served.purpose:
        case Purpose.ASSESSMENT:
            assert submission.case is not None and served.edition is not None  # noqa: PT018, S101  (as `_case_of` left it)
            receive_filling(
                id=submission.pk,
                case=submission.case,
                edition=served.edition,
                instance=instance,
                files=files,
                mode=mode_of(served.edition),
                assessed_on=_day_of(submission, submission.case),
                replaces=replaced,
                by=by,
                at=at,
            )
        case Purpose.INTERVIEW:
            assert served.survey is not None and served.edition is not None  # noqa: PT018, S101  (as `named_to` says)
            facts: dict[str, Any] = {
                "id": submission.pk,
                "survey": served.survey,
                "edition": served.edition,
                "instance": instance,
                "files": files,
                "replaces": _interview_of(submission.replaces),
            }
            if by.pk == submission.user_id:
                keep_interview(**facts, by=by, at=at)
            else:
                take_interview(**facts, enumerator=submission.user, by=by, at=at)
        case Purpose.FOUND:
            report = land_found(
                id=submission.pk,
                form=served.form,
                instance=_whole(served.form, instance, at),
                unit=unit_for_report(by, submission.unit),
                started_at=submission.started_at,
                by=by,
                at=at,
            )
            for file in files:
                keep_photo(report=report, photo=drawn_anew(file.content), at=at)
        case Purpose.CHANGE:
            assert submission.case is not None  # noqa: S101  (as above)
            land_changes(submission=submission, case=submission.case, form=served.form, by=by, at=at)


def _whole(form: Form, instance: bytes, at: datetime) -> bytes:
    """The instance without what was not asked. No device is believed to have asked all that its form asks: raises
    Refused with the first question."""
    try:
        found = evaluate(form, instance, now=at)
    except NotOfThisForm as fault:
        raise Refused(fault.message) from fault
    for one in found.problems:
        control = form.controls.get(re.sub(r"\[\d+\]", "", one.path))
        label = control.label.said() if control else one.path
        raise Refused(f"«{label}»: {one.message.said() or DEFAULTS.get(one.kind, '')}")
    return finished(form, found)


def _day_of(submission: Submission, case: Case) -> date:
    return case.unit.day_at(submission.started_at or submission.received_at)


# --- what a submission says of itself


def _served(user: User, sent: Submitted) -> Served:
    try:
        return named_to(user, sent.form_id, sent.version)
    except NotServed as refused:
        raise (NotYourForm if refused.is_known else UnknownForm)(refused.message) from refused


def _unit(by: User, device: Device | None) -> Unit:
    if device is not None:
        return device.unit
    unit = Unit.objects.reached_by(by, USE_DEVICE).order_by("path").first()
    if unit is None:
        raise NotAllowed
    return unit


def _case_of(served: Served, sent: Submitted, by: User | None) -> Case | None:
    """The case that a form about a person names: of the caseload of ``by``, or any where nobody answers for it yet."""
    if not served.asks_for_case:
        return None
    first = next((one for one in child_elements(sent.root) if local_name(one) == KASUS), None)
    try:
        named = UUID((first.text or "").strip()) if first is not None else None
    except ValueError:
        named = None
    if named is None:
        raise OutsideCaseload
    reader = by or User.objects.system()
    with acting(reader, "fieldwork.submission.case"):
        cases = Case.objects.visible_to(reader)
        if by is not None:
            cases = cases.of_team_member(by)
        found = cases.select_related("unit", "person").filter(pk=named).first()
    if found is None:
        raise OutsideCaseload
    return found


def _without_case(root: etree._Element) -> bytes:
    """The instance as the author's form knows it."""
    copy = etree.fromstring(etree.tostring(root))
    for child in child_elements(copy):
        if local_name(child) == KASUS:
            copy.remove(child)
    return etree.tostring(copy, encoding="utf-8")


def _names_of_files(form: Form, root: etree._Element) -> list[str]:
    """The files that answers of this form name, and the log of a client that keeps one. Raises BadFileName."""
    uploads = {path for path, control in form.controls.items() if control.kind is ControlKind.UPLOAD}
    names = set()
    for element in root.iter(etree.Element):
        text = (element.text or "").strip()
        ways = [local_name(element), *(local_name(one) for one in element.iterancestors())]
        path = "/" + "/".join(reversed(ways))
        if text and (path in uploads or (path.endswith("/meta/audit") and text == _AUDIT)):
            names.add(text)
    if any(not _NAME.fullmatch(name) or name.startswith(".") for name in names):
        raise BadFileName
    return sorted(names)


def _started_at(form: Form, root: etree._Element) -> datetime | None:
    """What the clock of the device said when the form was begun, where the form asks for it."""
    paths = [one.path for one in form.questions if (one.preload, one.preload_params) == ("timestamp", "start")]
    texts = [root.findtext("/".join(f"{{*}}{name}" for name in path.split("/")[2:])) for path in paths]
    try:
        moment = datetime.fromisoformat(texts[0] or "") if texts else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None


# --- what it replaces


def _replaced(instance: str, by: User) -> Submission:
    """The submission of which this is an edit: one's own, that has landed, and the last one. Raises NotCurrent."""
    found = Submission.objects.filter(instance=instance, user=by, landed_at__isnull=False).first()
    if found is None or Submission.objects.filter(replaces=found).exists():
        raise NotCurrent
    return found


def _assessment_of(submission: Submission | None) -> Assessment | None:
    """What a submission became."""
    if submission is None or submission.purpose != Purpose.ASSESSMENT:
        return None
    sent_filling = SentFilling.objects.filter(pk=submission.pk).select_related("assessment__edition").first()
    return sent_filling.assessment if sent_filling else None


def _interview_of(submission: Submission | None) -> Interview | None:
    if submission is None or submission.purpose != Purpose.INTERVIEW:
        return None
    return Interview.objects.filter(pk=submission.pk).first()


def _is_changed_at_desk(assessment: Assessment, by: User) -> bool:
    """Whether it was voided or filled again, or finished with answers of somebody else, since it came."""
    with acting(User.objects.system(), "fieldwork.submission.look"):  # parts included that ``by`` may not read
        is_followed = Assessment.objects.filter(replaces=assessment, voided_at=None).exists()
        is_finished_by_others = (
            assessment.is_finished and Answer.objects.filter(assessment=assessment).exclude(typed_by=by).exists()
        )
    return assessment.voided_at is not None or is_followed or is_finished_by_others


# --- files


def _wanted(submission: Submission, files: Sequence[SentFile]) -> list[SentFile]:
    """Those that the form names and that have not come yet; the others are passed over. Raises Refused."""
    missing = set(submission.files.missing().values_list("name", flat=True)) if files else set()
    found = [file for file in files if file.name in missing]
    if any(len(file.content) > LARGEST_FILE for file in found):
        raise Refused(_("Berkas lebih besar dari 15 MB. Perkecil dahulu."), field="file")
    return found


def _bring_files(submission: Submission, files: Sequence[SentFile], *, at: datetime) -> None:
    """Files that come after the form, or with a form that waits."""
    wanted = _wanted(submission, files)
    if not wanted or submission.is_dropped:
        return
    served = _served(User.objects.system(), read_submission(bytes(submission.xml or b"")))
    if submission.landed_at is not None:
        _land_files(submission, wanted, at=at)
    _mark_arrived(submission, served, wanted, at=at)


def _land_files(submission: Submission, files: Sequence[SentFile], *, at: datetime) -> None:
    if submission.purpose == Purpose.ASSESSMENT:
        assessment = _assessment_of(submission)
        if assessment is None:
            raise NotAllowed
        receive_files(assessment=assessment, files=files, by=submission.user, at=at)
    elif submission.purpose == Purpose.INTERVIEW:
        keep_files(interview=Interview.objects.get(pk=submission.pk), files=files, by=submission.user, at=at)
    elif submission.purpose == Purpose.FOUND:
        report = Report.objects.get(pk=submission.pk)
        for file in files:
            keep_photo(report=report, photo=drawn_anew(file.content), at=at)


def _mark_arrived(submission: Submission, served: Served, files: Sequence[SentFile], *, at: datetime) -> None:
    """Note that they came; the content stays here where nothing else has taken it."""
    by_name: Mapping[str, SentFile] = {file.name: file for file in files}
    if not by_name:
        return
    for row in submission.files.missing().filter(name__in=by_name):
        sent = by_name[row.name]
        content = drawn_anew(sent.content) if served.purpose is Purpose.FOUND else sent.content
        row.media_type, row.size, row.arrived_at = sent.media_type[:80], len(content), at
        if submission.is_waiting or served.purpose is Purpose.FOUND:
            row.file.save(f"{row.pk}", ContentFile(content), save=False)
        row.save()


def _kept_files(submission: Submission) -> list[SentFile]:
    found = []
    for row in submission.files.exclude(file=""):
        with row.file.open() as file:
            found.append(SentFile(row.name, row.media_type, file.read()))
    return found


def _let_go(submission: Submission, served: Served) -> None:
    """What landed has files of its own; ours go."""
    if served.purpose is not Purpose.FOUND:
        for row in submission.files.exclude(file=""):
            _forget(row)


def _forget(row: SubmissionFile) -> None:
    storage, name = row.file.storage, str(row.file.name)
    row.file = ""
    row.save(update_fields=["file"])
    transaction.on_commit(lambda: storage.delete(name))


def _held(submission: Submission, by: User) -> Submission:
    """The submission, as long as it waits and ``by`` decides on it; nobody else does meanwhile."""
    held = Submission.objects.select_for_update(of=("self",)).select_related("unit", "case__unit", "case__person")
    found = held.get(pk=submission.pk)
    if not found.is_waiting:
        raise NoLongerWaits
    if not may_decide(found, by):
        raise NotAllowed
    return found


def may_decide(submission: Submission, by: User) -> bool:
    """Whether this user takes or drops what waits: the head of the unit, or of an edit whoever sent it."""
    is_own_edit = submission.user_id == by.pk and submission.waits_for == Waiting.DESK
    return is_own_edit or by.scope.allows(MANAGE_DEVICES, submission.guard_for(by))
