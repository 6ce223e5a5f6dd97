"""Leaving, so that a shared computer keeps nothing."""

from allauth.account.internal.flows.logout import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from serasi.access.enums import SignInKind
from serasi.access.middleware import signed_in
from serasi.access.operations.sign_ins import record_sign_in
from serasi.access.sign_in import browser_of

LEFT = "/masuk/?keluar=1"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asked by a link, it asks back; sent by a form, it ends the session and has the browser forget."""
    if request.method != "POST":
        return render(request, "account/logout.html") if request.user.is_authenticated else redirect(LEFT)
    if request.user.is_authenticated:
        record_sign_in(
            user=signed_in(request),
            kind=SignInKind.OUT,
            method="",
            address=request.META["REMOTE_ADDR"],
            browser=browser_of(request.headers.get("User-Agent", "")),
            at=timezone.now(),
        )
    logout(request, show_message=False)
    request.session.flush()
    response = redirect(LEFT)
    # Not "storage": it would take the outbox along, the drafts written without a network that are not sent yet
    # (IndexedDB "serasi-outbox"). Whatever else a page has stored, script clears on the page that follows
    # (`leaving.js`); without script nothing was stored.
    response.headers["Clear-Site-Data"] = '"cache", "cookies"'
    return response
