"""Opening a survey, an interview or what is being typed: the one way every page comes by them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage
from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.access.permissions import may
from serasi.common.components import Link, Tab
from serasi.surveys.models import Draft, Interview, Survey
from serasi.surveys.permissions import INTERVIEW, JUDGE, RELEASE, SEE_INTERVIEW, SETTLE


@dataclass(frozen=True)
class Loaded:
    """A survey this reader may see."""

    survey: Survey
    reader: User

    def may(self, code: str, /) -> bool:
        return may(self.reader, code, on=self.survey)

    def require(self, code: str) -> None:
        """A page that is nothing but a form is for those who may send it."""
        if not self.may(code):
            raise NotAllowed

    @cached_property
    def sees_persons(self) -> bool:
        """Whether the reader may read every interview of it, not their own alone."""
        unit = self.survey.unit
        reached = self.reader.scope.reached(SEE_INTERVIEW)
        return unit.pk in reached.unit_ids or any(unit.path.startswith(tree) for tree in reached.trees)

    @cached_property
    def interviews_today(self) -> bool:
        """Whether the reader may begin an interview now."""
        today = self.today
        return (
            self.survey.is_running
            and self.survey.begins_on <= today <= self.survey.ends_on
            and self.reader.scope.has(INTERVIEW)
            and self.survey.enumerators.filter(user=self.reader).on(today).exists()
        )

    @property
    def today(self) -> date:
        return self.survey.unit.day_at(timezone.now())

    @property
    def url(self) -> str:
        return self.part("survey")

    def part(self, name: str) -> str:
        """The address of a page below this survey."""
        return reverse(f"surveys:{name}", args=[self.survey.pk])

    def trail(self, *more: Link) -> list[Link]:
        here = Link(self.survey.name, self.url if more else "")
        return [Link(_("Survei"), reverse("surveys:surveys")), here, *more]

    def form_page(self, title: str, *, button: str = "", back: str = "", lead: str = "") -> FormPage:
        return FormPage(
            title,
            button or _("Simpan"),
            back or self.url,
            lead,
            caption=self.survey.name,
            trail=self.trail(Link(title)),
        )

    def tabs(self, current: str) -> list[Tab]:
        """The parts of a survey that this reader may open."""
        parts = [
            ("survey", _("Kemajuan"), True),
            ("interviews", _("Wawancara"), self.reader.scope.has(SEE_INTERVIEW)),
            ("checks", _("Pemeriksaan"), self.sees_persons and self.may(JUDGE)),
            ("results", _("Hasil"), self.sees_persons or not self.survey.is_interviewed_by(self.reader)),
            ("people", _("Orang dan keluarga"), self.sees_persons and self.may(SETTLE)),
            ("releases", _("Data tanpa identitas"), self.sees_persons and self.may(RELEASE)),
        ]
        return [Tab(label, self.part(name), current=name == current) for name, label, is_shown in parts if is_shown]


def load_survey(request: HttpRequest, survey_id: UUID) -> Loaded:
    """A 404 that does not say why for whoever may not see it."""
    reader = signed_in(request)
    found = Survey.objects.visible_to(reader).select_related("unit", "region", "edition__instrument")
    return Loaded(get_object_or_404(found, pk=survey_id), reader)


def load_interview(request: HttpRequest, interview_id: UUID, purpose: str = "") -> tuple[Loaded, Interview]:
    """With a ``purpose`` what was said is read, and reading it is logged; a page that shows none of it gives none."""
    reader = signed_in(request)
    found = Interview.objects.visible_to(reader).select_related(
        "survey__unit", "survey__region", "survey__edition__instrument", "edition", "enumerator", "village", "voided_by"
    )
    one = get_object_or_404(found, pk=interview_id)
    if purpose and request.method == "GET":
        unit = one.survey.unit_id
        log_look(by=reader, subject=Subject.INTERVIEW, subject_id=one.pk, purpose=purpose, unit_id=unit)
    return Loaded(one.survey, reader), one


def load_draft(request: HttpRequest, draft_id: UUID) -> tuple[Loaded, Draft]:
    reader = signed_in(request)
    found = Draft.objects.visible_to(reader).select_related(
        "survey__unit", "survey__region", "survey__edition", "edition"
    )
    one = get_object_or_404(found, pk=draft_id)
    return Loaded(one.survey, reader), one
