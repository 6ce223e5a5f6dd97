"""A file in somebody's hands: time goes on, people join, stages pass, and no sentence is written twice."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from serasi.access.models import Unit, User
from serasi.cases.enums import Approach, Decision, Phase, TeamPart
from serasi.cases.models import Approval, Case, Goal, Referral, Report, ServiceLine, Stage, Task
from serasi.cases.operations.approach import start_approach
from serasi.cases.operations.approval import decide
from serasi.cases.operations.case import open_case
from serasi.cases.operations.document import file_document
from serasi.cases.operations.letter import issue_letter
from serasi.cases.operations.referral import accept_referral
from serasi.cases.operations.stage import move
from serasi.cases.operations.team import add_member
from serasi.people.models import Person
from serasi.people.operations import set_photo
from serasi.start.world.pictures import portrait
from serasi.start.world.world import JAKARTA, Desk, NotYet, World

CHECK_PAGE = "http://127.0.0.1:8000/periksa/"
AN_HOUR = timedelta(hours=1)
"""From the report to the file: so long after a story begins its case is opened, so that numbers follow beginnings."""


class FileAtWork:
    """The file of one case, at a moment that only goes forward and never beyond the present."""

    def __init__(self, world: World, story: str, desk: Desk, manager: User, at: datetime) -> None:
        self.world, self.story, self.desk, self.manager = world, story, desk, manager
        self.dice: Random = world.dice(f"{story}:file")
        self.begun_at = self.at = at
        self.case: Case
        self.goals: list[Goal] = []
        self.lines: list[ServiceLine] = []
        self.tasks: list[Task] = []
        self.team: set[User] = {manager}
        self.goes_out_on = self.day
        """The day on which agreement or plan runs out."""
        self._current_approach = Approach.RESIDENTIAL
        self._said: set[str] = set()

    # --- Time and words ------------------------------------------------------------------------------------

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

    def wait_until(self, days_ago: int) -> None:
        """Go on to a working hour so many days before today, unless that is past."""
        if (days := (self.world.today - self.day).days - days_ago) > 0:
            self.wait(days)

    @property
    def day(self) -> date:
        return self.at.astimezone(JAKARTA).date()

    def say(self, *pools: Sequence[str]) -> str:
        """One of these sentences that the file does not hold yet; the first pool goes first, and nothing is left when
        all is said.
        """
        for pool in pools:
            if new := [sentence for sentence in pool if sentence not in self._said]:
                sentence = self.dice.choice(new)
                self._said.add(sentence)
                return sentence
        return ""

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
        self.at = max(self.at, self.begun_at + AN_HOUR)
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

    def accept(self, referral: Referral, reason: str) -> Referral:
        """Take in someone whom another unit sends; the acceptance opens the case here."""
        self.at += AN_HOUR
        case_id = self.world.id(self.story, self.at)
        accepted = accept_referral(referral=referral, case_id=case_id, reason=reason, by=self.manager, at=self.at)
        with self.world.looking():
            self.case = Case.objects.select_related("unit", "stage", "person", "report").get(pk=case_id)
        return accepted

    def join(self, user: User, *, part: TeamPart = TeamPart.MEMBER, profession: str = "") -> None:
        self.team.add(user)
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

    def photograph(self) -> None:
        """A photo on the person's record: drawn, of nobody."""
        with self.world.looking():
            person = Person.objects.get(pk=self.case.person_id)
        photo = portrait(
            self.world.dice(f"{self.story}:portrait"),
            sex=person.sex,
            age=self.day.year - (person.birth_year_from or 1980),
            may_cover_hair=person.religion == "islam",
        )
        set_photo(person=person, revision=person.revision, photo=photo, by=self.manager, at=self.at)

    def put_in(self, title: str, content: bytes, *, tags: Sequence[str] = ()) -> None:
        """Put a paper that somebody brought into the file."""
        file_document(
            id=self.world.id(self.story, self.at),
            case=self.case,
            title=title,
            content=content,
            tags=tags,
            by=self.manager,
            at=self.at,
        )

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

    def decide(
        self, approval: Approval, decision: Decision = Decision.APPROVED, note: str = "", *, by: User | None = None
    ) -> None:
        """By the supervisor, unless another is named."""
        decide(approval=approval, decision=decision, note=note, by=by or self.desk.supervisor, at=self.at)
