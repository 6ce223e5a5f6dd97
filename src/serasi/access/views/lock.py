"""The screen that asks for the password again.

Whoever comes back to a locked session with a form in flight finds it on this page, sealed, and it is sent on as soon as
the password is right; a screen that locked itself leads back to where it was.
"""

import json
import zlib
from base64 import b64decode, b64encode
from typing import cast
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.enums import SignInKind
from serasi.access.forms.sign_in import UnlockForm
from serasi.access.models import User
from serasi.access.operations.sign_ins import record_sign_in
from serasi.access.sign_in import LOCKED, SEEN_AT, browser_of
from serasi.common.encryption import keyring
from serasi.common.keyring import CannotDecrypt

CONTEXT = "access.lock"
MOST_KEPT = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """POST from an idle screen locks; GET asks for the password; POST with a password unlocks."""
    back = _back(request)
    if request.method == "POST" and "idle" in request.POST:
        if not request.session.get(LOCKED):
            request.session[LOCKED] = True
            _record(request)
        return redirect(f"{reverse('access:lock')}?{urlencode({'next': back})}")
    if not request.session.get(LOCKED):
        return redirect(back)
    if request.method != "POST":
        return _page(request, UnlockForm(), back)
    form = UnlockForm(request.POST)
    if _unlocks(request, form):
        return _send_on(request, form.cleaned_data["kept"], back)
    return _page(request, form, back, status=422)


def ask_again(request: HttpRequest) -> HttpResponse:
    """What a locked session gets instead of any page; a form on its way is kept on the page of the lock."""
    if request.headers.get("HX-Request") == "true":
        here = urlsplit(request.headers.get("HX-Current-URL", "/")).path or "/"
        return HttpResponse(
            status=204, headers={"HX-Redirect": f"{reverse('access:lock')}?{urlencode({'next': here})}"}
        )
    if request.method == "POST":
        return _page(request, UnlockForm(initial={"kept": _seal(request)}), request.get_full_path(), status=423)
    return redirect(f"{reverse('access:lock')}?{urlencode({'next': request.get_full_path()})}")


def _page(request: HttpRequest, form: UnlockForm, back: str, *, status: int = 200) -> HttpResponse:
    kept = form.data.get("kept") if form.is_bound else form.initial.get("kept")
    return render(request, "access/lock.html", {"form": form, "next": back, "keeps_a_form": bool(kept)}, status=status)


def _unlocks(request: HttpRequest, form: UnlockForm) -> bool:
    if not form.is_valid():
        return False
    try:
        is_right = get_adapter().reauthenticate(request.user, form.cleaned_data["password"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if not is_right:
        form.add_error("password", _("Kata sandi tidak cocok."))
        return False
    request.session[LOCKED] = False
    request.session[SEEN_AT] = timezone.now().timestamp()
    request.session.cycle_key()
    return True


def _send_on(request: HttpRequest, kept: str, back: str) -> HttpResponse:
    """Lead back, or show what was kept once more as a form that only has to be sent."""
    fields = _unseal(request, kept) if kept else None
    if fields is None:
        return HttpResponseRedirect(back)
    pairs = [(name, value) for name, values in fields.lists() for value in values if name != "csrfmiddlewaretoken"]
    return render(request, "access/unlocked.html", {"next": back, "pairs": pairs})


def _seal(request: HttpRequest) -> str:
    body = request.POST.urlencode()
    if len(body) > MOST_KEPT or request.FILES:
        return ""
    packed = zlib.compress(json.dumps({"user": str(_who(request).pk), "body": body}).encode())
    return b64encode(keyring().seal(b64encode(packed).decode(), context=CONTEXT)).decode()


def _unseal(request: HttpRequest, kept: str) -> QueryDict | None:
    """The form that was on its way; None when it is not this person's, or was tampered with."""
    try:
        content = json.loads(zlib.decompress(b64decode(keyring().open(b64decode(kept), context=CONTEXT))))
    except (CannotDecrypt, ValueError, zlib.error):
        return None
    return QueryDict(content["body"]) if content["user"] == str(_who(request).pk) else None


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or urlsplit(request.headers.get("Referer", "")).path
    is_ours = url_has_allowed_host_and_scheme(wanted or "", {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted and not wanted.startswith(reverse("access:lock")) else "/"


def _record(request: HttpRequest) -> None:
    record_sign_in(
        user=_who(request),
        kind=SignInKind.LOCKED,
        method="",
        address=request.META["REMOTE_ADDR"],
        browser=browser_of(request.headers.get("User-Agent", "")),
        at=timezone.now(),
    )


def _who(request: HttpRequest) -> User:
    return cast("User", request.user)  # the middleware, which has a name for this, stands on this module
