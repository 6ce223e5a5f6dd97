"""Suggestions of places while someone types."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

from serasi.institutions.queries import places_like


def suggestions(request: HttpRequest) -> HttpResponse:
    """`?name=<field>&<field>=<typed>` → the options of a datalist: code and full name."""
    typed = request.GET.get(request.GET.get("name", ""), "") or request.GET.get("q", "")
    options = ((f"{code} {name}",) for code, name in places_like(typed[:80]))
    return HttpResponse(format_html("{}", format_html_join("", '<option value="{}"></option>', options)))
