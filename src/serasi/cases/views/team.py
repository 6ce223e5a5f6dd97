"""Who works on a case, and their tasks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.models import User
from serasi.access.registry import permission
from serasi.cases.forms.team import HandOverForm, MemberForm
from serasi.cases.models import Case, Task, TeamMember
from serasi.cases.operations.task import do_task, give_task
from serasi.cases.operations.team import add_member, end_member, hand_over
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.loading import button_of, form_of, load_file
from serasi.common.components import Link


def _crumbs(case_id: UUID, name: str) -> tuple[Link, ...]:
    return Link(_("Tim dan tugas"), reverse("cases:team", args=[case_id])), Link(name)


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
    file = load_file(
        request, case_id, _("Menambah anggota tim"), tab="cases:team", crumbs=_crumbs(case_id, _("Tambah anggota"))
    )
    form = MemberForm(request.POST or None, users=_candidates(file.case))
    if request.method == "POST":
        made = attempt(
            form,
            lambda: add_member(
                id=form.record_id,
                case=file.case,
                user=form.cleaned_data["user"],
                part=form.cleaned_data["part"],
                profession=form.cleaned_data["profession"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("%(name)s kini dalam tim.") % {"name": made.user.full_name})
            return redirect("cases:team", case_id=case_id)
    lead = _("Anggota tim dapat membaca seluruh berkas ini, kecuali bagian yang dijaga khusus.")
    back = reverse("cases:team", args=[case_id])
    return answer(
        request, "cases/case/form.html", file.context(title=_("Tambah anggota tim"), lead=lead, back=back), form
    )


@form_of(hand_over)
def manager(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(
        request, case_id, _("Mengalihkan manajer kasus"), tab="cases:team", crumbs=_crumbs(case_id, _("Alih manajer"))
    )
    form = HandOverForm(request.POST or None, users=_candidates(file.case))
    if request.method == "POST":
        made = attempt(
            form,
            lambda: hand_over(
                id=form.record_id,
                case=file.case,
                to=form.cleaned_data["to"],
                stays=form.cleaned_data["stays"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("%(name)s kini manajer kasus.") % {"name": made.user.full_name})
            still = Case.objects.visible_to(file.reader).filter(pk=case_id).exists()
            return redirect("cases:team", case_id=case_id) if still else redirect("cases:list")
    back = reverse("cases:team", args=[case_id])
    return answer(request, "cases/case/form.html", file.context(title=_("Alihkan manajer kasus"), back=back), form)


@button_of(end_member)
def end(request: HttpRequest, case_id: UUID, member_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mengakhiri keanggotaan tim"))
    member = get_object_or_404(TeamMember.objects.select_related("user"), pk=member_id, case=file.case)
    member.case = file.case
    end_member(member=member, by=file.reader, at=timezone.now())
    messages.success(request, _("%(name)s tidak lagi dalam tim.") % {"name": member.user.full_name})
    still = Case.objects.visible_to(file.reader).filter(pk=case_id).exists()
    return redirect("cases:team", case_id=case_id) if still else redirect("cases:list")
