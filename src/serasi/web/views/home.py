"""What must I do today: the first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from serasi.access.middleware import signed_in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", {"user": signed_in(request)})
