"""What the shell around a page needs to lock itself."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def lock(_request: HttpRequest) -> dict[str, Any]:
    return {"lock_url": reverse("access:lock")}
