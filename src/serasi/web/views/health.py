"""Is the site well? For a machine that watches it."""

import shutil
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LITTLE_DISK = 500 * 1024 * 1024


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Parts of the site by name, each `ok` or what is wrong; 503 when the database is away. Tells nothing of data."""
    parts: dict[str, Any] = {"version": settings.SERASI_VERSION, "database": _database(), "disk": _disk()}
    return JsonResponse(parts, status=200 if parts["database"] == "ok" else 503)


health.needs_no_database = True  # type: ignore[attr-defined]  # it must answer when there is none


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return "away"
    return "ok"


def _disk() -> str:
    return "ok" if shutil.disk_usage(settings.SERASI_HOME).free > LITTLE_DISK else "little room"
