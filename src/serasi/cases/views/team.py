"""Who works on a case, and their tasks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from serasi.access.models import User
from serasi.access.registry import permission
from serasi.cases.forms.team import HandOverForm, MemberForm
from serasi.cases.models import Case, Task, TeamMember
from serasi.cases.operations.task import do_task, give_task
from serasi.cases.operations.team import add_member, end_member, hand_over
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.views.loading import LoadedFile, button_of, form_of, load_file
from serasi.cases.views.writing import Section

TEAM = Section(gettext_lazy("Tim dan tugas"), "cases:team")


def _candidates(case: Case) -> "object":
    """Staff of the case's unit, and of the units above and below it, who may read files."""
    root = case.unit.path.split("/")[0]
    return (
        User.objects.filter(
            is_active=True,
            postings__role__in=list(permission(OPEN_CASE_FILE).held_by),
            postings__period__contains=timezone.localdate(),
            postings__unit__path__startswith=f"{root}/",
        )
        .distinct()
        .order_by("full_name")
    )


@require_safe
def team(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Melihat tim dan tugas"))
    now = timezone.now()
    members = list(TeamMember.objects.filter(case=file.case).select_related("user").order_by("part", "period"))
    tasks = list(Task.objects.filter(case=file.case).select_related("owner", "written_by").order_by("due_date"))
    may_walk, may_do_own = file.may_do(add_member), file.may_do(do_task)
    touched = [(task, may_walk or (may_do_own and task.owner_id == file.reader.pk)) for task in tasks]
    return render(
        request,
        "cases/task/team.html",
        file.context(
            members=[member for member in members if member.period.upper is None or member.period.upper > now],
            former=[member for member in members if member.period.upper is not None and member.period.upper <= now],
            todo=[(task, may) for task, may in touched if task.done_at is None],
            done=[(task, may) for task, may in touched if task.done_at is not None],
            can_walk=may_walk,
            can_give=file.may_do(give_task),
            today=timezone.localdate(),
        ),
    )


@form_of(add_member)
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title, purpose = _("Tambah anggota tim"), _("Menambah anggota tim")
    page = TEAM.form(request, case_id, title, purpose=purpose, crumb=_("Tambah anggota"))
    return page.answer(
        MemberForm(request.POST or None, users=_candidates(page.case)),
        lead=_("Anggota tim dapat membaca seluruh berkas ini, kecuali bagian yang dijaga khusus."),
        done=lambda made: _("%(name)s kini dalam tim.") % {"name": made.user.full_name},
        case=page.case,
    )


@form_of(hand_over)
def manager(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title, purpose = _("Alihkan manajer kasus"), _("Mengalihkan manajer kasus")
    page = TEAM.form(request, case_id, title, purpose=purpose, crumb=_("Alih manajer"))
    return page.answer(
        HandOverForm(request.POST or None, users=_candidates(page.case)),
        done=lambda made: _("%(name)s kini manajer kasus.") % {"name": made.user.full_name},
        leads_to=lambda _made: _where_still_read(page.file),
        case=page.case,
    )


@button_of(end_member)
def end(request: HttpRequest, case_id: UUID, member_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mengakhiri keanggotaan tim"))
    member = get_object_or_404(TeamMember.objects.select_related("user"), pk=member_id, case=file.case)
    member.case = file.case
    end_member(member=member, by=file.reader, at=timezone.now())
    messages.success(request, _("%(name)s tidak lagi dalam tim.") % {"name": member.user.full_name})
    return redirect(_where_still_read(file))


def _where_still_read(file: LoadedFile) -> str:
    """Back to the team, unless whoever changed it has put themselves out of the file."""
    still = Case.objects.visible_to(file.reader).filter(pk=file.case.pk).exists()
    return reverse("cases:team", args=[file.case.pk]) if still else reverse("cases:list")
