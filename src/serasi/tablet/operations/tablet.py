"""A device becomes a tablet of a house, and stops being one."""

from datetime import datetime
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.access.operations import operation, require
from serasi.tablet.models import Tablet
from serasi.tablet.permissions import MANAGE_TABLETS


@operation(MANAGE_TABLETS, creates=Tablet)
def open_tablet(*, id: UUID, unit: Unit, name: str, token_hash: str, by: User, at: datetime) -> Tablet:
    """This device is a tablet of the house from now on; whoever holds its token is asked for tag and PIN."""
    require(by, MANAGE_TABLETS, on=unit)
    return Tablet.objects.create(id=id, unit=unit, name=name.strip(), token_hash=token_hash, opened_by=by, opened_at=at)


@operation(MANAGE_TABLETS)
def close_tablet(*, tablet: Tablet, by: User, at: datetime) -> Tablet:
    """The device is a tablet of the house no longer: lost, broken, or given to another. Doing it again changes
    nothing."""
    require(by, MANAGE_TABLETS, on=tablet.unit)
    Tablet.objects.filter(pk=tablet.pk, closed_at=None).update(closed_at=at, closed_by=by)
    tablet.refresh_from_db()
    return tablet
