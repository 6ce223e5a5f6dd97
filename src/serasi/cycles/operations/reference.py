"""Bringing the domains of the files into the tables."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.models import User
from serasi.access.operations import operation
from serasi.cycles import reference
from serasi.cycles.models import Domain, DomainSet
from serasi.cycles.permissions import KEEP_REFERENCE


@operation(KEEP_REFERENCE)
def load_reference(*, by: User, at: datetime) -> None:
    """Repeating it changes nothing; a domain that left its file stays in its table: ratings stand on it."""
    for code, listing in reference.domain_sets().items():
        edition = listing.edition
        DomainSet.objects.update_or_create(
            edition=edition.code,
            defaults={
                "code": code,
                "name": edition.name,
                "period": DateRange(edition.valid_from, edition.valid_until, "[]"),
                "source": edition.source[:200],
            },
        )
        Domain.objects.bulk_create(
            [
                Domain(
                    id=f"{edition.code}.{domain.code}",
                    domain_set_id=edition.code,
                    code=domain.code,
                    order=domain.order,
                    name=domain.name,
                    question=domain.question,
                    anchors=[anchor.text for anchor in domain.anchors],
                )
                for domain in listing
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["order", "name", "question", "anchors"],
        )
