"""Who may what: the registry as a page, the same for everyone who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from serasi.access.enums import Role
from serasi.access.middleware import signed_in
from serasi.access.permission_table import groups


def who_may_what(request: HttpRequest) -> HttpResponse:
    """The rights of one role, by default one's own; every role is a link."""
    wanted = request.GET.get("peran", "")
    own = [post.role for post in signed_in(request).scope.posts]
    role = Role(wanted) if wanted in Role.values else (own[0] if own else None)
    return render(
        request,
        "access/permissions.html",
        {
            "roles": [(r.value, r.label, r == role, r in own) for r in Role],
            "role": role,
            "groups": groups(role),
        },
    )
