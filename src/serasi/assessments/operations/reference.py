"""Bringing the instruments that are shipped into the tables."""

from collections.abc import Iterable
from datetime import datetime

from serasi.access.models import User
from serasi.access.operations import operation
from serasi.assessments.models import Edition, EditionForm
from serasi.assessments.operations.instrument import Upload, keep_shipped
from serasi.assessments.permissions import KEEP_REFERENCE
from serasi.assessments.shipped import Shipped, shipped
from serasi.xforms.authoring.publish import author


@operation(KEEP_REFERENCE)
def load_reference(*, by: User, at: datetime, only: Iterable[Shipped] | None = None) -> list[Edition]:
    """Repeating it changes nothing; a new version becomes a new edition, the older ones stay. Says what came in."""
    files = EditionForm.objects.filter(edition__instrument__unit=None).values_list("source_name", "source")
    known = {(name, bytes(source)) for name, source in files}
    brought = []
    for one in shipped() if only is None else only:
        if (one.name, one.source) not in known:
            upload = Upload(author(one.source, one.name), one.source, one.name)
            brought.append(keep_shipped(upload=upload, by=by, at=at))
    return [edition for edition in brought if edition is not None]
