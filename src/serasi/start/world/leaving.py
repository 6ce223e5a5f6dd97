"""Leaving: home or to another unit, with hand-over, end, and the visits after it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from serasi.access.models import Unit, User
from serasi.cases.enums import ReferralKind, TracingResult, Urgency
from serasi.cases.models import AftercareVisit, Approval, HandOver, Referral
from serasi.cases.operations.aftercare import hold_visit, plan_visit
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.referral import submit_referral, write_referral
from serasi.cases.operations.termination import propose_termination, reopen_case
from serasi.cases.operations.tracing import record_tracing
from serasi.start.world.file_at_work import FileAtWork
from serasi.start.world.world import JAKARTA


class Leaving(FileAtWork):
    """What leads out of a case, and what follows it."""

    def trace(self, method: str, contact: str, result: TracingResult, account: str, *, region: str = "") -> None:
        record_tracing(
            id=self.world.id(self.story, self.at),
            case=self.case,
            taken_on=self.day,
            method=method,
            region=self.world.region(region) if region else None,
            contact=contact,
            result=result,
            account=account,
            by=self.manager,
            at=self.at,
        )

    def ready(self, scores: tuple[int, int, int], account: str, *, is_ready: bool = True) -> None:
        person, family, place = scores
        check_readiness(
            id=self.world.id(self.story, self.at),
            case=self.case,
            held_on=self.day,
            person=person,  # type: ignore[arg-type]
            family=family,  # type: ignore[arg-type]
            place=place,  # type: ignore[arg-type]
            is_ready=is_ready,
            account=account,
            by=self.manager,
            at=self.at,
        )

    def hand_over(
        self,
        receiver: str,
        relation: str,
        condition: str,
        *,
        items: str = "",
        witness: str = "",
        referral: Referral | None = None,
    ) -> HandOver:
        return record_handover(
            id=self.world.id(self.story, self.at),
            case=self.case,
            handed_at=self.at,
            receiver_name=receiver,
            receiver_relation=relation,
            condition=condition,
            items=items,
            witness_name=witness,
            referral=referral,
            by=self.manager,
            at=self.at,
        )

    def propose_end(self, reason: str, outcome: str, account: str, *, visits_by: User | None = None) -> Approval:
        """Put a termination before the supervisor."""
        propose_termination(
            id=self.world.id(self.story, self.at),
            case=self.case,
            reason=reason,
            outcome=outcome,
            account=account,
            ends_on=self.day,
            aftercare_owner=visits_by,
            by=self.manager,
            at=self.at,
        )
        with self.world.looking():
            return (
                Approval.objects.select_related("case__unit", "case__stage")
                .filter(case=self.case, decided_at=None)
                .latest("written_at")
            )

    def end(self, reason: str, outcome: str, account: str, *, visits_by: User | None = None, wait: float = 0) -> None:
        """End the service: proposed, approved by the head on the same day unless said otherwise, closed."""
        approval = self.propose_end(reason, outcome, account, visits_by=visits_by)
        if wait:
            self.wait(wait)
        else:
            self.at += timedelta(minutes=25)
        self.decide(approval, by=self.desk.head)
        self.refresh()

    def reopen(self, reason: str) -> None:
        reopen_case(id=self.world.id(self.story, self.at), case=self.case, reason=reason, by=self.manager, at=self.at)
        self.refresh()

    def promise_visit(self, due: date, owner: User, month: int | None = None) -> None:
        plan_visit(
            id=self.world.id(self.story, self.at),
            case=self.case,
            due_date=due,
            owner=owner,
            month=month,
            by=self.manager,
            at=self.at,
        )

    def visits(self) -> list[AftercareVisit]:
        """The visits that are still to be held, earliest first."""
        with self.world.looking():
            return list(
                AftercareVisit.objects.filter(case=self.case, held_on=None, cancelled_at=None)
                .select_related("case__unit", "owner")
                .order_by("due_date")
            )

    def visit(
        self,
        visit: AftercareVisit,
        *,
        on: date,
        with_whom: str,
        scores: tuple[int, int, int],
        account: str,
        stable: bool = True,
    ) -> None:
        """Hold a visit on a day that has come."""
        moment = datetime(on.year, on.month, on.day, 14, 30, tzinfo=JAKARTA)
        self.at = max(self.at, min(moment, self.world.now - timedelta(minutes=3)))
        needs, roles, problems = scores
        hold_visit(
            visit=visit,
            held_on=on,
            with_whom=with_whom,
            needs_score=needs,  # type: ignore[arg-type]
            roles_score=roles,  # type: ignore[arg-type]
            problems_score=problems,  # type: ignore[arg-type]
            account=account,
            is_stable=stable,
            by=self.world.known(visit.owner),
            at=self.at,
        )

    def refer(
        self,
        to: Unit,
        reason_code: str,
        reason: str,
        *,
        kind: ReferralKind = ReferralKind.REFERRAL,
        urgency: Urgency = Urgency.URGENT,
        disclosed: Sequence[str] = ("identity", "family", "assessment", "plan", "progress"),
        approved: bool = True,
    ) -> Referral:
        """Write a referral, put it before the supervisor and, unless told otherwise, send it."""
        referral = write_referral(
            id=self.world.id(self.story, self.at),
            case=self.case,
            kind=kind,
            to_unit=to,
            urgency=urgency,
            reason_code=reason_code,
            reason=reason,
            disclosed=disclosed,
            by=self.manager,
            at=self.at,
        )
        approval = submit_referral(
            referral=referral,
            revision=referral.revision,
            decides_to_disclose=self.case.is_sealed,
            by=self.manager,
            at=self.at,
        )
        if approved:
            self.at += timedelta(minutes=40)
            self.decide(approval)
            with self.world.looking():
                referral = Referral.objects.select_related("case__unit", "to_unit", "from_unit").get(pk=referral.pk)
        return referral
