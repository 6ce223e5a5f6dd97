"""What the shell around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"serasi_version": settings.SERASI_VERSION, "is_demo": settings.SERASI_DEMO}
