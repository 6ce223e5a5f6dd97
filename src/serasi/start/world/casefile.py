"""A case as the people working on it move through it: each verb is one operation, and time goes on between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from serasi.access.models import Unit, User
from serasi.cases.enums import (
    Aim,
    Approach,
    Decision,
    Domain,
    GoalResult,
    NoteKind,
    Phase,
    ReferralKind,
    Risk,
    SignedFor,
    Signing,
    SpmNeed,
    TeamPart,
    TracingResult,
    Urgency,
)
from serasi.cases.models import (
    AftercareVisit,
    Approval,
    Case,
    Goal,
    HandOver,
    Plan,
    Referral,
    Report,
    ServiceLine,
    Stage,
    Task,
)
from serasi.cases.operations.aftercare import hold_visit, plan_visit
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.approach import start_approach
from serasi.cases.operations.approval import decide
from serasi.cases.operations.assessment import answer_spm, start_assessment
from serasi.cases.operations.case import open_case
from serasi.cases.operations.conference import DecisionMade, Seat, hold_conference
from serasi.cases.operations.delivery import record_delivery
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.letter import issue_letter
from serasi.cases.operations.monitoring import Judgement, hold_monitoring
from serasi.cases.operations.note import write_note
from serasi.cases.operations.plan import add_goal, add_line, start_plan, submit_plan
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.referral import submit_referral, write_referral
from serasi.cases.operations.risk import rate_risk
from serasi.cases.operations.stage import move
from serasi.cases.operations.task import do_task, give_task
from serasi.cases.operations.team import add_member
from serasi.cases.operations.termination import propose_termination, reopen_case
from serasi.cases.operations.tracing import record_tracing
from serasi.people.models import Person
from serasi.start.world.world import JAKARTA, Desk, NotYet, World

CHECK_PAGE = "http://127.0.0.1:8000/periksa/"


@dataclass(frozen=True, slots=True)
class Service:
    """A line of a plan: component, what is done, how often, how many times, and by whom when not by the manager."""

    component: str
    activity: str
    frequency: str = "seminggu sekali"
    count: int = 12
    provider: User | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A goal of a plan with the services that lead to it."""

    aim: Aim
    statement: str
    indicator: str
    baseline: str
    services: Sequence[Service]


@dataclass(frozen=True, slots=True)
class Found:
    """What an assessment found in one domain."""

    findings: str
    strengths: str = ""
    needs: str = ""
    tags: Sequence[str] = ()


class CaseFile:
    """The file of one case, at a moment that only goes forward and never beyond the present."""

    def __init__(self, world: World, story: str, desk: Desk, manager: User, at: datetime) -> None:
        self.world, self.story, self.desk, self.manager = world, story, desk, manager
        self.dice: Random = world.dice(f"{story}:file")
        self.at = at
        self.case: Case
        self.goals: list[Goal] = []
        self.lines: list[ServiceLine] = []
        self.tasks: list[Task] = []
        self._current_approach = Approach.RESIDENTIAL

    # --- Time ----------------------------------------------------------------------------------------------

    def wait(self, days: float, spread: float = 0.0) -> None:
        """Go on to a working hour some days later. Raises `NotYet` when that is still ahead."""
        later = self.at + timedelta(days=days * (1 + self.dice.uniform(-spread, spread)))
        local = later.astimezone(JAKARTA)
        if local.weekday() == 6 and days >= 2:
            local += timedelta(days=1)
        moved = local.replace(hour=self.dice.randint(8, 15), minute=self.dice.randrange(60), second=0, microsecond=0)
        self.at = max(moved, self.at + timedelta(minutes=self.dice.randint(10, 50)))
        if self.at >= self.world.now:
            raise NotYet

    @property
    def day(self) -> date:
        return self.at.astimezone(JAKARTA).date()

    # --- Beginning -----------------------------------------------------------------------------------------

    def open(
        self,
        person: Person,
        *,
        report: Report | None = None,
        approach: Approach = Approach.RESIDENTIAL,
        team: Sequence[User] = (),
        **facts: object,
    ) -> Case:
        """Open the case with the manager as its opener, and put the team on it."""
        self._current_approach = approach
        self.case = open_case(
            id=self.world.id(self.story, self.at),
            person=person,
            unit=self.desk.unit,
            report=report,
            approach=approach,
            by=self.manager,
            at=self.at,
            **facts,  # type: ignore[arg-type]
        )
        for user in team:
            self.join(user)
        return self.case

    def take_over(self, case: Case) -> None:
        """Go on with a case that an operation opened (an accepted referral)."""
        self.case = case

    def join(self, user: User, *, part: TeamPart = TeamPart.MEMBER, profession: str = "") -> None:
        add_member(
            id=self.world.id(self.story, self.at),
            case=self.case,
            user=user,
            part=part,
            profession=profession,
            by=self.manager,
            at=self.at,
        )

    def approach(self, approach: Approach, reason: str, *, agent: Unit | None = None, instead: bool = True) -> None:
        self._current_approach = approach
        start_approach(
            id=self.world.id(self.story, self.at),
            case=self.case,
            approach=approach,
            reason=reason,
            agent=agent or self.desk.unit,
            instead=instead,
            by=self.manager,
            at=self.at,
        )

    # --- The way -------------------------------------------------------------------------------------------

    def advance(self, *, phase: Phase | None = None) -> None:
        """Go on to the next stage of the set; with ``phase`` only when that is what comes next."""
        ahead = [self.world.stages[code] for code in self.case.stage.leads_to]
        way = next((stage for stage in ahead if stage.phase not in {Phase.TERMINATION, Phase.AFTERCARE}), None)
        if way is not None and (phase is None or way.phase == phase):
            self._move(way)

    def into_aftercare(self) -> None:
        """After closing: the stage of after-care, where the set has one."""
        for code in self.case.stage.leads_to:
            if self.world.stages[code].phase == Phase.AFTERCARE:
                self._move(self.world.stages[code])

    def step_back(self, code: str, reason: str) -> None:
        self._move(self.world.stages[f"{self.case.stage.stage_set_id}.{code}"], reason=reason)

    def _move(self, to: Stage, reason: str = "") -> None:
        move(id=self.world.id(self.story, self.at), case=self.case, to=to, reason=reason, by=self.manager, at=self.at)

    def refresh(self) -> Case:
        """Read the case anew, after something else than this file changed it."""
        with self.world.looking():
            self.case = Case.objects.select_related("unit", "stage", "person", "report").get(pk=self.case.pk)
        return self.case

    # --- Agreement and assessment --------------------------------------------------------------------------

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
        """Each domain by its profession: psychology by the psychologist, the rest by the manager."""
        for domain, what in found.items():
            is_psychologists = domain == Domain.PSYCHOLOGICAL and self.desk.psychologist != self.desk.supervisor
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

    def rate(self, level: Risk, reason: str) -> None:
        rate_risk(
            id=self.world.id(self.story, self.at),
            case=self.case,
            level=level,
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

    def ask(self, title: str, owner: User, due: date) -> Task:
        """Give someone a task with a due day."""
        task = give_task(
            id=self.world.id(self.story, self.at),
            case=self.case,
            title=title,
            owner=owner,
            due_date=due,
            by=self.manager,
            at=self.at,
        )
        self.tasks.append(task)
        return task

    def settle_tasks(self, share: float = 1.0) -> None:
        """Do the tasks that are due by now, but for a share that was left lying."""
        with self.world.looking():
            due = list(
                Task.objects.filter(case=self.case, done_at=None, due_date__lte=self.day)
                .select_related("case__unit", "owner")
                .order_by("due_date", "title")
            )
        for task in due:
            if self.dice.random() < share:
                do_task(task=task, done_note="Sudah dikerjakan.", by=self.world_user(task.owner), at=self.at)

    def keep_up(self, *, but_for: timedelta = timedelta(days=14)) -> None:
        """What fell due long before today was done the day after; only the last days leave something lying."""
        with self.world.looking():
            due = list(
                Task.objects.filter(case=self.case, done_at=None, due_date__lt=self.world.today - but_for)
                .select_related("case__unit", "owner")
                .order_by("due_date", "title")
            )
        for task in due:
            done_at = max(self.at, self.at + (task.due_date - self.day) + timedelta(days=1))
            do_task(task=task, done_note="Sudah dikerjakan.", by=self.world_user(task.owner), at=done_at)

    def world_user(self, user: User) -> User:
        """The same user with the scope that was read already."""
        return next((known for known in self.world.users.values() if known.pk == user.pk), user)

    # --- Plan and services ---------------------------------------------------------------------------------

    def draft(self, summary: str, wishes: Sequence[Wish], *, months: int = 6) -> Plan:
        """Write a plan that nobody has seen yet."""
        ends_on = self.day + timedelta(days=30 * months)
        plan = start_plan(
            id=self.world.id(self.story, self.at),
            case=self.case,
            starts_on=self.day,
            ends_on=ends_on,
            summary=summary,
            by=self.manager,
            at=self.at,
        )
        self.goals, self.lines = [], []
        for wish in wishes:
            goal = add_goal(
                id=self.world.id(self.story, self.at),
                plan=plan,
                aim=wish.aim,
                statement=wish.statement,
                indicator=wish.indicator,
                baseline=wish.baseline,
                target_date=ends_on,
                by=self.manager,
                at=self.at,
            )
            self.goals.append(goal)
            for service in wish.services:
                self.lines.append(
                    add_line(
                        id=self.world.id(self.story, self.at),
                        goal=goal,
                        component=self.world.components[service.component],
                        activity=service.activity,
                        approach=self._current_approach,
                        provider=service.provider or self.manager,
                        provider_unit=None,
                        frequency=service.frequency,
                        planned_count=service.count,
                        starts_on=self.day,
                        ends_on=ends_on,
                        by=self.manager,
                        at=self.at,
                    )
                )
        return plan

    def submit(self, plan: Plan) -> Approval:
        return submit_plan(plan=plan, revision=plan.revision, by=self.manager, at=self.at)

    def decide(self, approval: Approval, decision: Decision = Decision.APPROVED, note: str = "") -> None:
        decide(approval=approval, decision=decision, note=note, by=self.desk.supervisor, at=self.at)

    def plan(self, summary: str, wishes: Sequence[Wish], *, months: int = 6, decided_after: float = 2) -> None:
        """A plan from draft to approval."""
        plan = self.draft(summary, wishes, months=months)
        self.wait(1)
        approval = self.submit(plan)
        self.wait(decided_after)
        self.decide(approval)
        plan.approved_at, plan.submitted_at = self.at, self.at
        for line in self.lines:
            line.plan = plan
            plan.case = self.case

    def deliver(self, number: int = 0, *, note: str = "", minutes: int | None = 60, by: User | None = None) -> None:
        """Give the service of one line of the plan."""
        line = self.lines[number % len(self.lines)]
        provider = by or self.manager
        record_delivery(
            id=self.world.id(self.story, self.at),
            case=self.case,
            component=line.component,
            activity=line.activity,
            approach=Approach(line.approach),
            delivered_at=self.at,
            provider_name=provider.full_name,
            minutes=minutes,
            note=note,
            line=line,
            by=provider,
            at=self.at,
        )

    def aid(self, component: str, activity: str, *, note: str = "", quantity: int = 1) -> None:
        """Give something beside the plan: food, clothes, a night's shelter."""
        record_delivery(
            id=self.world.id(self.story, self.at),
            case=self.case,
            component=self.world.components[component],
            activity=activity,
            approach=self._current_approach,
            delivered_at=self.at,
            provider_name=self.manager.full_name,
            quantity=quantity,
            note=note,
            by=self.manager,
            at=self.at,
        )

    def note(
        self, text: str, kind: NoteKind = NoteKind.PROGRESS, *, tags: Sequence[str] = (), by: User | None = None
    ) -> None:
        author = by or (self.desk.supervisor if kind == NoteKind.SUPERVISION else self.manager)
        write_note(
            id=self.world.id(self.story, self.at),
            case=self.case,
            kind=kind,
            happened_at=self.at - timedelta(minutes=20),
            text=text,
            tags=tags,
            by=author,
            at=self.at,
        )

    def monitor(
        self,
        scores: tuple[int, int, int],
        summary: str,
        *,
        voice: str = "",
        results: Sequence[GoalResult] = (GoalResult.PARTLY,),
        next_in: int | None = 60,
    ) -> None:
        """Judge every goal of the plan, and how the person lives."""
        needs, roles, problems = scores
        hold_monitoring(
            id=self.world.id(self.story, self.at),
            case=self.case,
            held_on=self.day,
            needs_score=needs,
            roles_score=roles,
            problems_score=problems,
            summary=summary,
            voice=voice,
            next_on=self.day + timedelta(days=next_in) if next_in else None,
            judgements=[Judgement(goal, results[number % len(results)]) for number, goal in enumerate(self.goals)],
            by=self.manager,
            at=self.at,
        )

    # --- Home ----------------------------------------------------------------------------------------------

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
        """End the service: proposed, approved on the same day unless said otherwise, closed."""
        approval = self.propose_end(reason, outcome, account, visits_by=visits_by)
        if wait:
            self.wait(wait)
        else:
            self.at += timedelta(minutes=25)
        self.decide(approval)
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
            by=self.world_user(visit.owner),
            at=self.at,
        )

    # --- To others -----------------------------------------------------------------------------------------

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

    def letter(self, kind: str) -> None:
        """Issue a letter as a PDF into the file; the slowest thing a story can do."""
        issue_letter(
            id=self.world.id(self.story, self.at),
            case=self.case,
            kind=kind,
            check_page=CHECK_PAGE,
            by=self.manager,
            at=self.at,
        )
