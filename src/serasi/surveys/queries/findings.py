"""The findings that are kept of a survey, with what was decided about them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from serasi.access.models import User
from serasi.surveys.models import Finding, Interview, Survey, Verdict
from serasi.surveys.querysets import FindingQuerySet

ALL = "semua"


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, what was decided about it, and the interviews it is compared with."""

    finding: Finding
    verdict: Verdict | None
    others: Sequence[Interview]


def findings_in(
    survey: Survey, reader: User, *, kind: str = "", decided: str = "", village: str = "", enumerator: str = ""
) -> FindingQuerySet:
    """The latest interview first. Undecided ones, or those ``decided`` so; `ALL` are both."""
    found = Finding.objects.visible_to(reader).filter(survey=survey).with_outcome()
    if decided != ALL:
        found = found.filter(Q(outcome=decided) if decided else Q(outcome=None))
    chosen = {"kind": kind, "village": village, "enumerator": enumerator}
    narrowed = found.filter(**{name: value for name, value in chosen.items() if value})
    return narrowed.select_related("interview__enumerator", "interview__village").defer("interview__instance")


def judged(findings: Iterable[Finding]) -> list[Judged]:
    """Each with its verdict and the others (2 queries)."""
    rows = list(findings)
    verdicts = {
        (one.interview_id, one.kind, one.about): one
        for one in Verdict.objects.filter(interview__in={one.interview_id for one in rows}).select_related("decided_by")
    }
    others = Interview.objects.defer("instance", "problems").select_related("enumerator")
    known: Mapping[UUID, Interview] = others.in_bulk({pk for one in rows for pk in one.others})
    return [
        Judged(
            one,
            verdicts.get((one.interview_id, one.kind, one.about)),
            [known[pk] for pk in one.others if pk in known],
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Overview:
    """How many findings wait, by check and enumerator, and how many of each check were decided."""

    waiting: Mapping[tuple[str, str], int]
    decided: Mapping[str, int]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _enumerator in self.waiting) | frozenset(self.decided)


def overview_of(survey: Survey, reader: User) -> Overview:
    """1 query."""
    rows = Finding.objects.visible_to(reader).filter(survey=survey).with_outcome().order_by()
    waiting, decided = Counter[tuple[str, str]](), Counter[str]()
    grouped = rows.values("kind", "enumerator").annotate(
        open=Count("pk", filter=Q(outcome=None)), done=Count("pk", filter=Q(outcome__isnull=False))
    )
    for row in grouped:
        if row["open"]:
            waiting[row["kind"], str(row["enumerator"])] = row["open"]
        if row["done"]:
            decided[row["kind"]] += row["done"]
    return Overview(waiting, decided)
