"""Opening an import or one of its rows: the one way every page comes by it."""

from uuid import UUID

from django.http import Http404, HttpRequest

from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.permissions import IMPORT_ROSTER


def importer(request: HttpRequest) -> User:
    """The signed-in user, who may import somewhere; raises NotAllowed."""
    user = signed_in(request)
    if not user.is_authenticated or not user.scope.has(IMPORT_ROSTER):
        raise NotAllowed
    return user


def load_roster(request: HttpRequest, pk: UUID) -> RosterImport:
    """The import, if it is the reader's to see; otherwise a 404 that does not say why."""
    found = (
        RosterImport.objects.visible_to(importer(request))
        .select_related("unit", "uploaded_by", "reading", "saving")
        .defer("content")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def load_row(request: HttpRequest, pk: UUID) -> RosterRow:
    found = (
        RosterRow.objects.visible_to(importer(request))
        .select_related("roster__unit", "roster__reading", "roster__saving")
        .defer("roster__content")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found
