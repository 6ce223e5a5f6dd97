"""An edit that waits: what was sent first, what the desk made of it, what the edit says."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from serasi.access.models import User
from serasi.assessments.models import Answer, Assessment, SentFilling
from serasi.assessments.queries.forms import form_of, language_of, places_of
from serasi.cases.models.part import readable_tags
from serasi.fieldwork.enums import Waiting
from serasi.fieldwork.models import Submission
from serasi.fieldwork.queries.served import KASUS
from serasi.xforms.form import Form
from serasi.xforms.instance import NotOfThisForm, answers_of
from serasi.xforms.parts import Control, ControlKind
from serasi.xforms.safe_xml import child_elements, local_name, parse


@dataclass(frozen=True, slots=True)
class EditedAnswer:
    """A question whose three answers are not all the same, in words."""

    question: str
    base: str
    desk: str
    device: str


def edited_answers(submission: Submission, reader: User) -> list[EditedAnswer]:
    """The questions that differ, of the parts this reader may read; none where nothing of it is theirs to read."""
    if submission.waits_for != Waiting.DESK or submission.replaces is None or submission.edition is None:
        return []
    standing = standing_of(submission.replaces, reader)
    form, tags = form_of(submission.edition.pk), set(readable_tags(reader))
    base, device = _answers(form, submission.replaces), _answers(form, submission)
    desk: Mapping[str, str] = {}
    if standing is not None:
        rows = Answer.objects.visible_to(reader).filter(assessment=standing).current()
        desk = dict(rows.values_list("path", "value"))
    return [
        EditedAnswer(
            _question(form, path),
            *(_said(form, path, answers.get(path, "")) for answers in (base, desk, device)),
        )
        for path, place in places_of(submission.edition).items()
        if set(place.tags) <= tags and len({base.get(path, ""), desk.get(path, ""), device.get(path, "")}) > 1
    ]


def standing_of(submission: Submission, reader: User) -> Assessment | None:
    """What stands now of what a submission became, as far as the reader sees it; None where it was given up."""
    sent_filling = (
        SentFilling.objects.visible_to(reader).filter(pk=submission.pk).select_related("assessment__edition").first()
    )
    standing = sent_filling.assessment if sent_filling else None
    while standing is not None:
        later = Assessment.objects.filter(replaces=standing, voided_at=None).select_related("edition").first()
        if later is None:
            break
        standing = later
    return None if standing is None or standing.voided_at is not None else standing


def _answers(form: Form, submission: Submission) -> dict[str, str]:
    root = parse(bytes(submission.xml or b"<data/>"))
    for child in child_elements(root):
        if local_name(child) == KASUS:
            root.remove(child)
    try:
        return answers_of(form, etree.tostring(root))
    except NotOfThisForm:
        return {}


def _question(form: Form, path: str) -> str:
    asked = form.controls.get(path) or form.repeats.get(path)
    return (asked.label.said(language_of(form)) if asked else "") or path.rpartition("/")[2]


def _said(form: Form, path: str, value: str) -> str:
    """An answer in words: chosen ones by their labels, rows of a repeat by what is written in them."""
    asked = form.controls.get(path)
    if isinstance(asked, Control) and asked.kind in {ControlKind.SELECT, ControlKind.SELECT_ONE, ControlKind.RANK}:
        labels = {one.value: one.label.said(language_of(form)) for one in form.choices(path)}
        return ", ".join(labels.get(code, code) for code in value.split())
    if path in form.repeats and value:
        rows = child_elements(parse(f"<rows>{value}</rows>".encode()))
        return "; ".join(" ".join(text for text in row.itertext() if text.strip()) for row in rows)
    return value
