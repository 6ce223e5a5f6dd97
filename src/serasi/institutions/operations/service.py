"""Lines of the service directory."""

from datetime import datetime
from uuid import UUID

from serasi.access.models import User
from serasi.access.operations import operation, require, save_changes
from serasi.institutions.models import Institution, ServiceOffer
from serasi.institutions.permissions import DESCRIBE_INSTITUTION


@operation("institutions.institution.describe", creates=ServiceOffer)
def offer_service(
    *,
    id: UUID,
    institution: Institution,
    name: str,
    component: str,
    cluster: str,
    eligibility: str,
    how_to_apply: str,
    is_open: bool,
    by: User,
    at: datetime,
) -> ServiceOffer:
    """Put a service into the directory. Refused when the institution already offers one of that name."""
    require(by, DESCRIBE_INSTITUTION, on=institution)
    return ServiceOffer.objects.create(
        id=id,
        institution=institution,
        name=name,
        component=component,
        cluster=cluster,
        eligibility=eligibility,
        how_to_apply=how_to_apply,
        is_open=is_open,
    )


@operation("institutions.institution.describe")
def change_service(
    *,
    service: ServiceOffer,
    name: str,
    component: str,
    cluster: str,
    eligibility: str,
    how_to_apply: str,
    is_open: bool,
    revision: int,
    by: User,
    at: datetime,
) -> ServiceOffer:
    """Describe a service anew, or say that it takes nobody for now. Raises Conflict."""
    require(by, DESCRIBE_INSTITUTION, on=service.institution)
    save_changes(
        service,
        revision=revision,
        name=name,
        component=component,
        cluster=cluster,
        eligibility=eligibility,
        how_to_apply=how_to_apply,
        is_open=is_open,
    )
    return service
