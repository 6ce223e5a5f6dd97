"""Institutions: a unit with its description, set up at once; the description, changed later."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.access.operations.units import open_unit
from serasi.institutions.models import Institution, Region
from serasi.institutions.permissions import DESCRIBE_INSTITUTION, SET_UP_INSTITUTION


class AddressOfSafeHouse(Refused):
    message = _("Alamat rumah aman tidak disimpan di sini. Kosongkan alamatnya, atau hapus tanda rumah aman.")


@operation("institutions.institution.set_up", creates=Institution)
def set_up_unit(
    *,
    id: UUID,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    owner: str,
    parent: Unit | None,
    by: User,
    at: datetime,
    time_zone: str = "Asia/Jakarta",
    region: Region | None = None,
    functions: Sequence[str] = (),
    address: str = "",
    phone: str = "",
    is_safe_house: bool = False,
    description: str = "",
    source: str = "",
) -> Institution:
    """Open a unit and describe it, both or neither; both have the id that was given.

    Raises AddressOfSafeHouse and whatever `open_unit` raises.
    """
    if parent is not None:
        require(by, SET_UP_INSTITUTION, on=parent)
    _refuse_address(address, is_safe_house=is_safe_house)
    unit = open_unit(
        id=id,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        owner=owner,
        parent=parent,
        time_zone=time_zone,
        by=by,
        at=at,
    )
    return Institution.objects.create(
        id=id,
        unit=unit,
        region=region,
        functions=list(functions),
        address=address,
        phone=phone,
        is_safe_house=is_safe_house,
        description=description,
        source=source,
    )


@operation("institutions.institution.describe")
def describe_institution(
    *,
    institution: Institution,
    region: Region | None,
    functions: Sequence[str],
    address: str,
    phone: str,
    is_safe_house: bool,
    description: str,
    revision: int,
    by: User,
    at: datetime,
) -> Institution:
    """Say anew what an institution is, where it stands and how it is reached. Raises AddressOfSafeHouse, Conflict."""
    require(by, DESCRIBE_INSTITUTION, on=institution)
    _refuse_address(address, is_safe_house=is_safe_house)
    save_changes(
        institution,
        revision=revision,
        region=region,
        functions=list(functions),
        address=address,
        phone=phone,
        is_safe_house=is_safe_house,
        description=description,
    )
    return institution


def _refuse_address(address: str, *, is_safe_house: bool) -> None:
    """The address of a safe house is known to its staff by heart and to nobody through a computer."""
    if is_safe_house and address:
        raise AddressOfSafeHouse(field="address")
