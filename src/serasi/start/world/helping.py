"""Helping: the plan and its approval, services, notes, tasks, and looks at how it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from serasi.access.models import User
from serasi.cases.enums import Aim, Approach, GoalResult, NoteKind
from serasi.cases.models import Approval, Plan, ServiceLine, Task
from serasi.cases.operations.delivery import record_delivery
from serasi.cases.operations.monitoring import Judgement, hold_monitoring
from serasi.cases.operations.note import write_note
from serasi.cases.operations.plan import add_goal, add_line, start_plan, submit_plan
from serasi.cases.operations.task import do_task, give_task
from serasi.start.world.file_at_work import FileAtWork


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


class Helping(FileAtWork):
    """A plan, and what is done after it."""

    def draft(self, summary: str, wishes: Sequence[Wish], *, months: int = 6) -> Plan:
        """Write a plan that nobody has seen yet."""
        plan = self._begin_plan(summary, months)
        ends_on = self.goes_out_on
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

    def _begin_plan(self, summary: str, months: int) -> Plan:
        self.goes_out_on = self.day + timedelta(days=30 * months)
        return start_plan(
            id=self.world.id(self.story, self.at),
            case=self.case,
            starts_on=self.day,
            ends_on=self.goes_out_on,
            summary=summary,
            by=self.manager,
            at=self.at,
        )

    def submit(self, plan: Plan) -> Approval:
        return submit_plan(plan=plan, revision=plan.revision, by=self.manager, at=self.at)

    def plan(self, summary: str, wishes: Sequence[Wish], *, months: int = 6, decided_after: float = 2) -> None:
        """A plan from draft to approval."""
        self._approve(self.draft(summary, wishes, months=months), decided_after)

    def renew_plan(self, summary: str, *, months: int = 12) -> None:
        """The next version of the plan, with goals and services of the one in force."""
        plan = self._begin_plan(summary, months)
        with self.world.looking():
            self.goals = list(plan.goals.order_by("order"))
            lines = ServiceLine.objects.filter(goal__plan=plan).select_related("component", "goal", "provider")
            self.lines = list(lines.order_by("goal__order", "activity"))
        self._approve(plan, 2)

    def _approve(self, plan: Plan, decided_after: float) -> None:
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

    # --- Tasks ---------------------------------------------------------------------------------------------

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
                do_task(task=task, done_note="Sudah dikerjakan.", by=self.world.known(task.owner), at=self.at)

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
            do_task(task=task, done_note="Sudah dikerjakan.", by=self.world.known(task.owner), at=done_at)
