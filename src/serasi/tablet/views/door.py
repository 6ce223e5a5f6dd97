"""The door on a tablet: number tag and PIN; and out again, for the next one."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from serasi.access.acting import answer
from serasi.access.enums import SignInKind
from serasi.access.models import User
from serasi.access.operations.sign_ins import record_sign_in
from serasi.access.sign_in import browser_of
from serasi.tablet import operations
from serasi.tablet.forms import EnterForm
from serasi.tablet.views.device import SECONDS, tablet_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    tablet = tablet_of(request)
    if tablet is None:
        raise Http404
    form = EnterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = operations.enter(tablet=tablet, at=timezone.now(), **form.cleaned_data)
        if found is not None:
            _let_in(request, found)
            return redirect("tablet:own")
        form.add_error(None, _("Nomor tanda atau PIN tidak cocok. Sesudah lima kali salah, tunggu seperempat jam."))
    return answer(request, "tablet/door.html", {"tablet": tablet}, form)


def _let_in(request: HttpRequest, user: User) -> None:
    login(request, user, backend=BACKEND)
    request.session.set_expiry(SECONDS)
    _note(request, user, SignInKind.IN)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Nothing of this person stays on the tablet; the tablet stays one."""
    if isinstance(request.user, User):
        _note(request, request.user, SignInKind.OUT)
    request.session.flush()
    response = redirect("tablet:door")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _note(request: HttpRequest, user: User, kind: SignInKind) -> None:
    record_sign_in(
        user=user,
        kind=kind,
        method="tablet",
        address=request.META["REMOTE_ADDR"],
        browser=browser_of(request.headers.get("User-Agent", "")),
        at=timezone.now(),
    )
