"""Tasks of a case: given, done, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.cases.forms.team import DoneForm, TaskForm
from serasi.cases.models import Task
from serasi.cases.operations.task import do_task, give_task, undo_task
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.agreement import team_users
from serasi.cases.views.loading import button_of, form_of, load_file
from serasi.common.components import Link


def _crumbs(case_id: UUID, name: str) -> tuple[Link, ...]:
    return Link(_("Tim dan tugas"), reverse("cases:team", args=[case_id])), Link(name)


@form_of(give_task)
def give(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Memberi tugas"), tab="cases:team", crumbs=_crumbs(case_id, _("Tugas baru")))
    form = TaskForm(request.POST or None, users=team_users(file.case), initial={"owner": file.reader.pk})
    if request.method == "POST":
        made = attempt(
            form,
            lambda: give_task(
                id=form.record_id,
                case=file.case,
                title=form.cleaned_data["title"],
                owner=form.cleaned_data["owner"],
                due_date=form.cleaned_data["due_date"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("Tugas diberikan."))
            return redirect("cases:team", case_id=case_id)
    back = reverse("cases:team", args=[case_id])
    return answer(request, "cases/case/form.html", file.context(title=_("Beri tugas"), back=back), form)


@form_of(do_task)
def done(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    file = load_file(
        request, case_id, _("Menyelesaikan tugas"), tab="cases:team", crumbs=_crumbs(case_id, _("Selesaikan"))
    )
    task = get_object_or_404(Task.objects.select_related("owner"), pk=task_id, case=file.case)
    task.case = file.case
    form = DoneForm(request.POST or None, initial={"revision": task.revision})
    if request.method == "POST":
        finished = attempt(
            form,
            lambda: do_task(
                task=task,
                revision=form.revision,
                done_note=form.cleaned_data["done_note"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if finished is not None:
            messages.success(request, _("Tugas selesai."))
            return redirect("cases:team", case_id=case_id)
    back = reverse("cases:team", args=[case_id])
    return answer(
        request,
        "cases/case/form.html",
        file.context(title=_("Tugas selesai"), lead=file.veil.over(task.title), back=back),
        form,
    )


@button_of(undo_task)
def undo(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membatalkan selesainya tugas"))
    task = get_object_or_404(Task, pk=task_id, case=file.case)
    task.case = file.case
    undo_task(task=task, by=file.reader, at=timezone.now())
    messages.success(request, _("Tugas dibuka kembali."))
    return redirect("cases:team", case_id=case_id)
