"""Referrals on both ends: what was sent, what came in, where silence grew, and what the package says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from serasi.access.models import Unit, User
from serasi.cases.enums import Confidentiality, DisclosedPart, ReferralAnswer
from serasi.cases.models import Case, Referral
from serasi.common.initials import Veil

ANSWER = "cases.referral.answer"
APPROVE = "cases.approval.decide"


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """A dated or titled text within a part."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One disclosed part, in the words and with the values of the day it was frozen."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    entries: tuple[PackageEntry, ...] = ()

    @property
    def title(self) -> str:
        return str(DisclosedPart(self.code).label)

    def under(self, veil: Veil) -> "PackagePart":
        """Who the person and the family are stays closed; the rest is read without the name."""
        cover = Veil(is_closed=True) if self.code in {DisclosedPart.IDENTITY, DisclosedPart.FAMILY} else veil
        return PackagePart(
            self.code,
            facts=tuple((term, cover.over(value)) for term, value in self.facts),
            entries=tuple(PackageEntry(cover.over(entry.title), cover.over(entry.text)) for entry in self.entries),
        )


@dataclass(frozen=True, slots=True)
class PackageDocument:
    id: UUID
    title: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Package:
    """What a referral discloses. Stored as JSON in `Referral.package`, read only through this."""

    name: str = ""
    initials: str = ""
    parts: tuple[PackagePart, ...] = ()
    documents: tuple[PackageDocument, ...] = ()

    def under(self, veil: Veil) -> "Package":
        """As it is read on the sender's side by someone from whom the person's name is kept back."""
        if not veil.is_drawn:
            return self
        return Package(
            initials=self.initials,
            parts=tuple(part.under(veil) for part in self.parts),
            documents=tuple(replace(document, title=veil.over(document.title)) for document in self.documents),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "version": 1,
            "name": self.name,
            "initials": self.initials,
            "parts": [
                {
                    "code": part.code,
                    "facts": [list(fact) for fact in part.facts],
                    "entries": [[entry.title, entry.text] for entry in part.entries],
                }
                for part in self.parts
            ],
            "documents": [[str(d.id), d.title, d.media_type, d.size] for d in self.documents],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Package":
        return cls(
            name=stored.get("name", ""),
            initials=stored.get("initials", ""),
            parts=tuple(
                PackagePart(
                    code=part["code"],
                    facts=tuple((term, value) for term, value in part["facts"]),
                    entries=tuple(PackageEntry(title, text) for title, text in part["entries"]),
                )
                for part in stored.get("parts", ())
            ),
            documents=tuple(
                PackageDocument(UUID(found), title, media_type, size)
                for found, title, media_type, size in stored.get("documents", ())
            ),
        )


def package_for_receiver(referral: Referral) -> Package | None:
    """The package, while the receiver still has a need of it: not after a refusal or a withdrawal."""
    if referral.withdrawn_at or referral.answer == ReferralAnswer.REFUSED:
        return None
    return Package.from_json(referral.package)


def name_for_list(referral: Referral) -> str:
    """How a referral names its person in a list of the receiver: a court child by initials, a sealed one not at all."""
    package = package_for_receiver(referral)
    if package is None or referral.confidentiality == Confidentiality.SEALED:
        return ""
    return package.initials if referral.confidentiality == Confidentiality.SPPA else package.name


def incoming(actor: User) -> QuerySet[Referral]:
    """What was sent to the units where this user may answer, the unanswered and the most urgent day first."""
    return (
        Referral.objects.addressed_to(actor)
        .select_related("from_unit", "to_unit")
        .order_by("answered_at", "withdrawn_at", "answer_due_at")
    )


def outgoing(actor: User) -> QuerySet[Referral]:
    """What left the files this user may open."""
    return (
        Referral.objects.filter(case__in=Case.objects.visible_to(actor))
        .select_related("case", "case__person", "from_unit", "to_unit")
        .order_by("-written_at")
    )


def escalated(actor: User) -> QuerySet[Referral]:
    """Referrals nobody answered in time, for the supervisors and heads of either unit."""
    units = Unit.objects.reached_by(actor, APPROVE)
    return (
        Referral.objects.visible_to(actor)
        .unanswered()
        .filter(Q(from_unit__in=units) | Q(to_unit__in=units), escalated_at__isnull=False)
        .select_related("from_unit", "to_unit")
        .order_by("answer_due_at")
    )


def disclosed_documents(referral: Referral) -> Sequence[PackageDocument]:
    package = package_for_receiver(referral)
    return package.documents if package else ()
