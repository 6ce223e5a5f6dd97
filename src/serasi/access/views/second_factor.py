"""The second factors one has, and the way to more; the first page of whoever must have one and has none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from serasi.access.middleware import signed_in
from serasi.access.second_factors import factors_of
from serasi.access.sign_in import needs_second_factor


def overview(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    factors = factors_of(user)
    wanted = request.GET.get("next", "")
    if wanted and factors.any and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return redirect(wanted)
    is_missing = needs_second_factor(user) and not factors.any
    return render(
        request,
        "mfa/index.html",
        {"factors": factors, "is_missing": is_missing, "is_needed": needs_second_factor(user)},
    )
