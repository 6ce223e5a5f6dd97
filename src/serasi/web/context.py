"""What the shell around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from serasi.access.models import User
from serasi.common.private_words import is_answered_by_part
from serasi.web.navigation import navigation_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of `common/base.html`. Costs no query beyond the user's postings, which every page reads anyway."""
    about = {
        "serasi_version": settings.SERASI_VERSION,
        "is_demo": settings.SERASI_DEMO,
        "set_language_url": reverse("set_language"),
    }
    if is_answered_by_part(request):
        return about | {"skeleton": "common/main_alone.html"}
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return about
    posts = user.scope.posts
    return about | {
        "navigation": navigation_for(request, user),
        "unit_name": posts[0].unit_name if posts else "",
        "search_url": reverse("people:list") if user.scope.has("people.person.search") else "",
        "account_url": reverse("access:account"),
        "sign_out_url": reverse("access:sign_out"),
        "idle_seconds": settings.SERASI_IDLE_MINUTES * 60,
    }
