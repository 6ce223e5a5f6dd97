"""Errors that Django hands to a view of ours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: said plainly, nothing written."""
    return render(request, "403.html", status=403)
