"""Tasks of a case: given, done, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.cases.forms.team import DoneForm, TaskForm
from serasi.cases.models import Case, Task
from serasi.cases.operations.task import do_task, give_task, undo_task
from serasi.cases.views.agreement import team_users
from serasi.cases.views.loading import button_of, form_of, load_file
from serasi.cases.views.team import TEAM


@form_of(give_task)
def give(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = TEAM.form(request, case_id, _("Beri tugas"), purpose=_("Memberi tugas"), crumb=_("Tugas baru"))
    form = TaskForm(request.POST or None, users=team_users(page.case), initial={"owner": page.file.reader.pk})
    return page.answer(form, done=_("Tugas diberikan."), case=page.case)


@form_of(do_task)
def done(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    page = TEAM.form(request, case_id, _("Tugas selesai"), purpose=_("Menyelesaikan tugas"), crumb=_("Selesaikan"))
    task = _task(page.case, task_id)
    form = DoneForm(request.POST or None, initial={"revision": task.revision})
    return page.answer(form, lead=page.file.veil.over(task.title), done=_("Tugas selesai."), task=task)


@button_of(undo_task)
def undo(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membatalkan selesainya tugas"))
    undo_task(task=_task(file.case, task_id), by=file.reader, at=timezone.now())
    messages.success(request, _("Tugas dibuka kembali."))
    return redirect("cases:team", case_id=case_id)


def _task(case: Case, task_id: UUID) -> Task:
    task = get_object_or_404(Task.objects.select_related("owner"), pk=task_id, case=case)
    task.case = case
    return task
