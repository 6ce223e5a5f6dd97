"""What an import has come to, in numbers, and which of its rows were met before."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from serasi.access.models import Unit
from serasi.interop.enums import Outcome
from serasi.interop.models import RosterImport, RosterRow


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an import by what becomes of them."""

    rows: int = 0
    new: int = 0
    known: int = 0
    waiting: int = 0
    faulty: int = 0
    skipped: int = 0
    saved: int = 0
    saved_new: int = 0
    warned: int = 0

    @property
    def good(self) -> int:
        return self.new + self.known

    @property
    def people(self) -> int:
        """Rows that are about a person."""
        return self.rows - self.skipped


def counts_of(roster: RosterImport) -> Counts:
    """One query."""
    of = {outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome}
    found = RosterRow.objects.filter(roster=roster).aggregate(
        rows=Count("pk"),
        saved=Count("pk", filter=Q(saved_at__isnull=False)),
        saved_new=Count("pk", filter=Q(saved_at__isnull=False, outcome=Outcome.NEW)),
        warned=Count("pk", filter=~Q(problems=[]) & ~Q(outcome__in=[Outcome.FAULTY, Outcome.SKIPPED])),
        **of,
    )
    return Counts(**found)


def known_fingerprints(unit: Unit, fingerprints: Iterable[bytes]) -> dict[bytes, UUID]:
    """The people that rows saying the same became in this unit. One query; needs the sight of the system's user."""
    rows = RosterRow.objects.filter(
        roster__unit=unit, fingerprint__in=list(fingerprints), person__isnull=False, saved_at__isnull=False
    ).order_by("saved_at")
    return {bytes(mark): person for mark, person in rows.values_list("fingerprint", "person_id") if mark and person}
