"""Letters: issuing and revoking them in a file, and the check page for whoever holds the paper."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from serasi.access.acting import answer
from serasi.access.middleware import signed_in
from serasi.cases.forms.letter import CompareForm, LetterForm
from serasi.cases.operations.letter import issue_letter, revoke_letter
from serasi.cases.queries.letter import is_the_issued_file, letter_with, letters_of
from serasi.cases.views.loading import button_of, load_file
from serasi.cases.views.writing import sent


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The letters of a file, and the form that issues the next one."""
    file = load_file(request, case_id, _("Melihat surat"))
    form = LetterForm(request.POST or None)
    if led_on := sent(
        request,
        file,
        form,
        issue_letter,
        done=lambda letter: _("Surat %(number)s diterbitkan.") % {"number": letter.number},
        leads_to=request.path,
        case=file.case,
        check_page=request.build_absolute_uri(reverse("cases:check")),
    ):
        return led_on
    context = file.context(letters=letters_of(file.case), can_issue=file.may_do(issue_letter))
    return answer(request, "cases/letter/list.html", context, form)


@button_of(revoke_letter)
def revoke(request: HttpRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mencabut surat"))
    letter = get_object_or_404(letters_of(file.case), pk=letter_id)
    revoke_letter(letter=letter, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Surat %(number)s dicabut.") % {"number": letter.number})
    return redirect("cases:letters", case_id=case_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Is this paper genuine? Number, date, signer and fingerprint; nothing about the person."""
    letter = letter_with(code)
    if letter is None:
        raise Http404
    form = CompareForm(request.POST or None, request.FILES or None)
    matches = None
    if request.method == "POST" and form.is_valid():
        matches = is_the_issued_file(letter, form.cleaned_data["file"].read())
    context = {"letter": letter, "form": form, "matches": matches}
    return render(request, "cases/letter/check.html", context, status=422 if form.errors else 200)
