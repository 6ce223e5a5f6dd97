"""Coming to know a person: agreement, assessment by domain, risk, conference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from serasi.access.models import User
from serasi.cases.enums import Domain, Risk, SignedFor, Signing, SpmNeed
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.assessment import answer_spm, start_assessment
from serasi.cases.operations.conference import DecisionMade, Seat, hold_conference
from serasi.cases.operations.risk import rate_risk
from serasi.start.world.file_at_work import FileAtWork


@dataclass(frozen=True, slots=True)
class Found:
    """What an assessment found in one domain."""

    findings: str
    strengths: str = ""
    needs: str = ""
    tags: Sequence[str] = ()


class Understanding(FileAtWork):
    """What comes before a plan."""

    def agree(
        self,
        *,
        guardian: str = "",
        relation: str = "",
        signing: Signing = Signing.SIGNATURE,
        witness: str = "",
        months: int = 12,
        promises: str = "",
        consents: Sequence[str] = ("care",),
    ) -> None:
        sign_agreement(
            id=self.world.id(self.story, self.at),
            case=self.case,
            explained_by=self.manager,
            signed_for=SignedFor.GUARDIAN if guardian else SignedFor.SELF,
            guardian_name=guardian,
            guardian_relation=relation,
            signing=signing,
            witness_name=witness,
            signed_at=self.at,
            starts_on=self.day,
            ends_on=self.day + timedelta(days=round(30.4 * months)),
            promises=promises,
            consents=consents,
            by=self.manager,
            at=self.at,
        )

    def assess(self, found: Mapping[Domain, Found], *, apart: float = 1) -> None:
        """Each domain by its profession: psychology by the psychologist of the team, the rest by the manager."""
        for domain, what in found.items():
            is_psychologists = domain == Domain.PSYCHOLOGICAL and self.desk.psychologist in self.team
            author = self.desk.psychologist if is_psychologists else self.manager
            start_assessment(
                id=self.world.id(self.story, self.at),
                case=self.case,
                domain=domain,
                findings=what.findings,
                strengths=what.strengths,
                needs=what.needs,
                tags=what.tags,
                is_final=True,
                by=author,
                at=self.at,
            )
            if apart:
                self.wait(apart)

    def answer_spm(self, need: SpmNeed, reason: str) -> None:
        answer_spm(
            id=self.world.id(self.story, self.at), case=self.case, need=need, reason=reason, by=self.manager, at=self.at
        )

    def rate(self, risk: Risk, reason: str) -> None:
        rate_risk(
            id=self.world.id(self.story, self.at),
            case=self.case,
            risk=risk,
            reason=reason,
            by=self.manager,
            at=self.at,
        )

    def confer(
        self,
        question: str,
        minutes: str,
        decisions: Sequence[tuple[str, User, int]] = (),
        *,
        seats: Sequence[Seat] = (),
    ) -> None:
        """Hold a conference; decisions are (what, by whom, within how many days)."""
        owners = {owner.pk: owner for _, owner, _ in decisions} | {self.manager.pk: self.manager}
        owners |= {self.desk.supervisor.pk: self.desk.supervisor}
        hold_conference(
            id=self.world.id(self.story, self.at),
            case=self.case,
            held_at=self.at,
            question=question,
            minutes=minutes,
            seats=[*(Seat(user=user) for user in owners.values()), *seats],
            decisions=[DecisionMade(title, owner, self.day + timedelta(days=days)) for title, owner, days in decisions],
            by=self.manager,
            at=self.at,
        )
