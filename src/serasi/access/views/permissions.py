"""Who may what: the registry as a page, the same for everyone who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from serasi.access.enums import Role
from serasi.access.middleware import signed_in
from serasi.access.permission_table import Group, groups
from serasi.common.components import Column, Table


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
            "groups": [(group.title, _table(group)) for group in groups(role)],
        },
    )


def _table(group: Group) -> Table:
    return Table(
        columns=[Column(_("Kewenangan")), Column(_("Sejauh mana"))],
        rows=[[line.meaning, ", ".join(str(reach.label) for reach, _roles in line.by_reach)] for line in group.lines],
    )
