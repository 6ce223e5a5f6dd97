"""The lists people are described with, from the files under version control into the tables records point at."""

from datetime import datetime

from serasi.access.models import User
from serasi.access.operations import operation
from serasi.people import reference
from serasi.people.models import Cluster, PasKind, PpksKind


@operation("people.reference.keep")
def load_reference(*, by: User, at: datetime) -> int:
    """Load clusters, 12-PAS groups and PPKS kinds; loading again changes nothing. Returns the number of rows."""
    clusters, groups, kinds = reference.clusters(), reference.pas_kinds(), reference.ppks_kinds()
    Cluster.objects.bulk_create(
        [
            Cluster(
                code=c.code,
                name=c.name,
                short=c.short,
                is_target=c.is_target,
                position=c.order,
                edition=clusters.edition.code,
            )
            for c in clusters
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "short", "is_target", "position", "edition"],
    )
    PasKind.objects.bulk_create(
        [PasKind(code=g.code, name=g.name, position=g.order, edition=groups.edition.code) for g in groups],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "position", "edition"],
    )
    PpksKind.objects.bulk_create(
        [
            PpksKind(
                code=k.code,
                name=k.name,
                number=k.number,
                cluster_id=k.main_cluster,
                pas_id=reference.pas_for(k.code),
                edition=kinds.edition.code,
            )
            for k in kinds
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "number", "cluster", "pas", "edition"],
    )
    return len(clusters) + len(groups) + len(kinds)
