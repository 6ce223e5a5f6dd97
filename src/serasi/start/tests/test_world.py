"""A small demonstration world: made the same way twice, left alone once it stands, and seen by each as it should be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F
from django.test import Client
from django.utils import timezone

from serasi.access.enums import Role
from serasi.access.models import EmergencyAccess, TrailEntry, Unit, User
from serasi.access.operations import acting
from serasi.assessments.models import Assessment, Opinion, Score
from serasi.assessments.operations import load_reference as load_instruments
from serasi.assessments.shipped import shipped
from serasi.capacity.queries import could_live_outside, waiting_list
from serasi.cases.models import (
    AftercareVisit,
    Approval,
    Case,
    Document,
    Letter,
    Note,
    Referral,
    Report,
    Stage,
    Task,
)
from serasi.cases.operations.reference import load_reference as load_case_reference
from serasi.cycles.models import GoalOutcome, Review
from serasi.cycles.operations import load_reference as load_cycle_reference
from serasi.daily.models import Dose, RollCall, Round, ShiftHandover, TimetableEntry, Visit, VitalSigns
from serasi.foyer.models import Agreement, Step
from serasi.institutions.operations import load_institutions
from serasi.people.models import Consent, Merge, Person, PersonKind
from serasi.people.operations import load_reference as load_people_reference
from serasi.people.reference import ppks_kinds
from serasi.residence.models import Bed, BedOutage, Movement, Occupancy, Reservation, Room, Stay, Ward
from serasi.residence.permissions import SEE_BOARD
from serasi.residence.queries import Census, board, census, occupancy_by_ward
from serasi.safety.models import Concern, Incident, Restraint
from serasi.shelters.models import Arrival, Gathering
from serasi.start.world import drawing, homes, living, making, measuring, satria, surveying
from serasi.start.world.making import make_world
from serasi.start.world.staff import HANDS, PASSWORD

PEOPLE = 26
SIGN_INS = (
    "peksos",
    "rekan",
    "peksos.dki",
    "kepala",
    "psbr.kepala",
    "keputih.kepala",
    "keputih.pengasuh",
    "psikolog",
    "pendamping",
    "pengasuh",
    "instruktur",
    "dinsos",
    "kemensos",
    "lks",
    "mitra",
    "mahasiswa",
    "warga",
    "admin",
)

pytestmark = pytest.mark.slow


class Made:
    """The world after it was made twice, with what the first looked like."""

    def __init__(self, now: datetime, first: dict[str, Any], report: making.WorldReport) -> None:
        self.now, self.first, self.report = now, first, report

    def user(self, key: str) -> User:
        return User.objects.get(email=f"{key}@demo")


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """One world for all tests of this module, taken back at the end. A quick hasher spares the passwords their time."""
    now = timezone.now()
    before = settings.PASSWORD_HASHERS, settings.MEDIA_ROOT
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = Path(tmp_path_factory.mktemp("uploads"))
    with django_db_blocker.unblock(), transaction.atomic():
        system = User.objects.system()
        load_people_reference(by=system, at=now)
        load_case_reference(by=system, at=now)
        load_cycle_reference(by=system, at=now)
        load_institutions(by=system, at=now)
        filled = [one for one in shipped() if one.name.removesuffix(".md") in measuring.FILLED | {surveying.FORM}]
        load_instruments(by=system, at=now, only=filled)
        once = transaction.savepoint()
        make_world(now=now, people=PEOPLE)
        first = picture()
        transaction.savepoint_rollback(once)
        report = make_world(now=now, people=PEOPLE)
        yield Made(now, first, report)
        transaction.set_rollback(True)
    settings.PASSWORD_HASHERS, settings.MEDIA_ROOT = before


def picture() -> dict[str, Any]:
    """What two worlds of the same seed must have in common."""
    with acting(User.objects.system(), "test.look"):
        return {
            "people": list(Person.objects.order_by("pk").values_list("pk", "full_name", "nik_hash", "merged_into")),
            "cases": list(
                Case.objects.order_by("number").values_list("number", "person", "stage", "opened_at", "closed_at")
            ),
            "tasks": sorted(Task.objects.values_list("case__number", "title", "due_date", "owner__email")),
            "letters": sorted(Letter.objects.values_list("number", flat=True)),
            "reports": Report.objects.count(),
            "approvals": sorted(Approval.objects.values_list("subject").annotate(Count("pk"))),
            "notes": sorted(Note.objects.values_list("case__number", "text")),
            "photos": sorted(Person.objects.exclude(photo="").values_list("full_name", flat=True)),
            "stays": sorted(
                map(
                    str,
                    Stay.objects.values_list("unit__code", "tag", "person__full_name", "person__description", "period"),
                )
            ),
            "places": sorted(
                map(
                    str,
                    Occupancy.objects.values_list(
                        "unit__code", "tag", "state", "ward__name", "room__name", "bed__label", "period"
                    ),
                )
            ),
            "came": sorted(
                Arrival.objects.values_list("gathering__place", "tag", "person__full_name").order_by("pk"), key=str
            ),
            "scores": sorted(
                map(
                    str,
                    Score.objects.values_list("assessment__case__number", "assessment__assessed_on", "scale", "value"),
                )
            ),
            "steps": sorted(
                map(str, Step.objects.values_list("agreement__case__number", "kind", "to_phase__order", "written_at"))
            ),
            "reviews": sorted(
                map(str, Review.objects.values_list("cycle__case__number", "kind", "due_on", "meetings__held_on"))
            ),
            "doses": sorted(map(str, Dose.objects.values_list("stay__tag", "due_at", "outcome"))),
            "incidents": sorted(map(str, Incident.objects.values_list("number", "kind", "happened_at"))),
            "uploads": sorted(Document.objects.filter(kind="upload").values_list("case__number", "title", "sha256")),
        }


def seen_by(user: User) -> set[Any]:
    """Cases that the database shows this user, whatever is asked."""
    with acting(user, "test.look"):
        return set(Case.objects.values_list("number", flat=True))


def numbers(**wanted: Any) -> set[Any]:
    with acting(User.objects.system(), "test.look"):
        return set(Case.objects.filter(**wanted).values_list("number", flat=True))


def managed_by(user: User) -> set[Any]:
    return numbers(teammembers__user=user, teammembers__period__endswith=None)


def test_the_same_seed_on_the_same_day_makes_the_same_world(made: Made) -> None:
    assert picture() == made.first


def test_every_story_was_told_and_a_second_run_tells_none(made: Made) -> None:
    drawn = sum(max(1, round(PEOPLE * house.share / 590)) for house in drawing.HOUSES)
    arrived = TrailEntry.objects.filter(operation="residence.stay.admit_many", table_name="residence_movement")
    with acting(User.objects.system(), "test.look"):
        moments = arrived.filter(action="insert").values("after__stay_id").distinct().count()
    told = len(making.NAMED) + len(making.LIVED_IN) + len(making.WAITING) + drawn + len(living.GROUPS)
    assert made.report.told == made.report.stories
    assert told < made.report.stories <= told + moments

    again = make_world(now=made.now + timedelta(days=1), people=PEOPLE)

    assert again == making.WorldReport(made.report.stories, 0)


def test_the_sign_ins_are_exactly_those_agreed(made: Made) -> None:
    with_password = {
        user.email for user in User.objects.filter(email__endswith="@demo") if check_password(PASSWORD, user.password)
    }

    assert with_password == {f"{key}@demo" for key in SIGN_INS}
    assert User.objects.filter(email__endswith="@demo").count() == len(HANDS) + 1


def test_every_sign_in_opens_the_site(made: Made) -> None:
    for key in SIGN_INS:
        answer = Client().post("/masuk/", {"login": f"{key}@demo", "password": PASSWORD})

        assert answer.status_code == 302, f"{key}: {answer.status_code}"


def test_an_address_of_the_demonstration_passes_where_people_type_it(made: Made) -> None:
    form = Client().get("/masuk/").context["form"]

    assert form.fields["login"].clean("peksos@demo") == "peksos@demo"


def test_a_social_worker_sees_the_cases_of_her_teams_and_no_others(made: Made) -> None:
    owner, colleague = made.user("peksos"), made.user("rekan")

    assert seen_by(owner) == managed_by(owner)
    assert {"Bagas Saputra", "Rizki Ramadani", "Wahyu Santosa"} <= names_in(managed_by(owner))
    assert not names_in(managed_by(colleague)) & {
        "Bagas Saputra",
        "Rizki Ramadani",
        "Wahyu Santosa",
        "Melati Anggraeni",
    }


def names_in(case_numbers: set[Any]) -> set[str]:
    with acting(User.objects.system(), "test.look"):
        return set(Case.objects.filter(number__in=case_numbers).values_list("person__full_name", flat=True))


def test_a_colleague_sees_what_he_opened_in_an_emergency_and_the_head_is_asked(made: Made) -> None:
    colleague, head = made.user("rekan"), made.user("kepala")

    assert names_in(seen_by(colleague) - managed_by(colleague)) == {"Bagas Saputra"}
    with acting(head, "test.look"):
        waiting = EmergencyAccess.objects.visible_to(head).awaiting_review()
        assert [access.user for access in waiting] == [colleague]


def test_the_head_sees_the_whole_unit_but_what_is_sealed(made: Made) -> None:
    head = made.user("kepala")

    assert seen_by(head) == numbers(unit__code="ST-PANGUDI-LUHUR") - numbers(confidentiality="sealed")


def test_a_sealed_case_is_there_for_its_team_alone(made: Made) -> None:
    sealed = numbers(confidentiality="sealed")

    assert names_in(sealed) == {"Melati Anggraeni"}
    assert {user.email for user in User.objects.all() if not user.scope.is_system and sealed & seen_by(user)} == {
        "wulan@demo",
        "psikolog@demo",
        "supervisor@demo",
    }


@pytest.mark.parametrize("key", ["kemensos", "mitra", "admin"])
def test_who_reads_no_names_sees_no_person_and_no_case(made: Made, key: str) -> None:
    user = made.user(key)

    with acting(user, "test.look"):
        assert (Person.objects.count(), Case.objects.count(), Report.objects.count()) == (0, 0, 0)


def test_a_resident_sees_his_own_record(made: Made) -> None:
    user = made.user("warga")

    with acting(user, "test.look"):
        assert [person.full_name for person in Person.objects.all()] == ["Rizki Ramadani"]


def test_a_student_sees_the_case_she_was_put_on(made: Made) -> None:
    assert names_in(seen_by(made.user("mahasiswa"))) == {"Bagas Saputra"}


def test_something_is_due_for_the_social_worker_today(made: Made) -> None:
    owner, today = made.user("peksos"), timezone.localdate(made.now)
    with acting(owner, "test.look"):
        due = Task.objects.filter(owner=owner, done_at=None)
        assert due.filter(due_date__lt=today).exists()
        assert due.filter(due_date=today).exists()
        assert due.filter(due_date__gt=today).exists()
        assert [visit.month for visit in AftercareVisit.objects.filter(owner=owner, held_on=None, due_date=today)] == [
            12
        ]


def test_referrals_went_every_way_they_can_go(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        answers = sorted((r.kind, r.answer, r.sent_at is None, r.escalated_at is None) for r in Referral.objects.all())
        result = Referral.objects.exclude(result="").get()

    assert answers == [
        ("referral", "", False, False),
        ("referral", "", False, True),
        ("referral", "", True, True),
        ("referral", "accepted", False, True),
        ("referral", "refused", False, True),
        ("transfer", "accepted", False, True),
    ]
    assert (result.from_unit.code, result.to_unit.code) == ("DINSOS-SURABAYA", "ST-PANGUDI-LUHUR")


def test_one_merge_stands_and_one_was_undone(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        merges = {merge.kept.full_name: merge.undone_at is not None for merge in Merge.objects.all()}

    assert merges == {"Muhammad Sukirman": True, "Karsinah": False}


def test_both_stage_sets_are_walked(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        walked = set(Case.objects.values_list("stage__stage_set", flat=True))

    assert walked == set(Stage.objects.values_list("stage_set", flat=True))


def test_whoever_asked_did_not_decide_and_nothing_has_happened_in_the_future(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        assert not Approval.objects.filter(by_own_grant=True).exists()
        assert not Case.objects.filter(opened_at__gt=made.now).exists()
        assert not Report.objects.filter(received_at__gt=made.now).exists()


def test_case_numbers_of_a_unit_and_year_follow_the_days_of_opening(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        cases = Case.objects.values_list("number", "opened_at")
        by_series: dict[str, list[tuple[int, datetime]]] = {}
        for number, opened_at in cases:
            series, _, latest = number.rpartition("/")
            by_series.setdefault(series, []).append((int(latest), opened_at))

    for numbered in by_series.values():
        assert [latest for latest, _ in sorted(numbered)] == list(range(1, len(numbered) + 1))
        assert sorted(numbered) == sorted(numbered, key=lambda one: one[1])


def test_histories_lie_within_the_last_two_years_and_reach_far_back(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        registered = list(Person.objects.values_list("registered_at", flat=True))

    assert made.now - timedelta(days=732) < min(registered) < made.now - timedelta(days=500)


def test_what_is_approved_was_decided_by_supervisors_and_by_heads(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        decided = Approval.objects.exclude(decided_by=None)
        roles = set(decided.values_list("subject", "decided_by__postings__role"))

        assert roles == {("plan", "supervisor"), ("referral", "supervisor"), ("closure", "head")}
        assert not decided.filter(decided_by=F("written_by")).exists()


def test_some_have_a_photo_and_some_files_a_paper_that_was_brought(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        photographed = set(Person.objects.exclude(photo="").values_list("full_name", flat=True))
        papers = Document.objects.filter(kind="upload")

        assert {"Bagas Saputra", "Rizki Ramadani"} <= photographed
        assert {"application/pdf", "image/jpeg"} == set(papers.values_list("media_type", flat=True))


def test_no_photo_is_taken_of_whom_nobody_asked(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        asked = Consent.objects.filter(purpose="photo").values("person")

        assert not Person.objects.exclude(photo="").exclude(pk__in=asked).exists()


def test_no_file_holds_the_same_note_twice(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        twice = Note.objects.values("case", "text").annotate(count=Count("pk")).filter(count__gt=1)

        assert not twice.exists()


def test_people_came_at_an_age_and_of_a_sex_that_their_kind_allows(made: Made) -> None:
    kinds = ppks_kinds()
    with acting(User.objects.system(), "test.look"):
        for given in PersonKind.objects.select_related("person"):
            kind, person = kinds[given.kind_id], given.person
            came = person.registered_at.year
            assert kind.sex in {"any", person.sex}, (person, kind)
            assert came - (person.birth_year_from or came) >= (kind.age_min or 0), (person, kind)
            assert came - (person.birth_year_to or came) <= (kind.age_max or 120) + 1, (person, kind)


def test_the_trail_names_the_operations_and_those_who_acted(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        told = TrailEntry.objects.filter(table_name="cases_termination", action="insert")
        assert {entry.operation for entry in told} == {
            "cases.termination.propose_termination",
            "cases.referral.accept_referral",
        }
        assert (
            not told.filter(actor_id=User.objects.system().pk)
            .exclude(operation="cases.referral.accept_referral")
            .exists()
        )


def count(made: Made, code: str) -> Census:
    """Who lived in a house at the moment at which the world was made."""
    with acting(User.objects.system(), "test.look"):
        return census(unit=Unit.objects.get(code=code), at=made.now)


def test_every_house_has_people_in_its_wards_and_none_lives_nowhere(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        for code in homes.PLANS:
            now = board(unit=Unit.objects.get(code=code), at=made.now, reader=User.objects.system())
            in_beds = sum(bed.occupant is not None for ward in now.wards for bed in ward.beds)
            on_floor = sum(len(ward.floor) for ward in now.wards)
            assert in_beds > 0, code
            assert in_beds + on_floor + len(now.without_place) == count(made, code).total, code


def test_more_live_in_keputih_than_it_has_beds_and_the_others_lie_on_mats(made: Made) -> None:
    found = count(made, "SBY-KEPUTIH")
    with acting(User.objects.system(), "test.look"):
        wards = occupancy_by_ward(unit=Unit.objects.get(code="SBY-KEPUTIH"), at=made.now)

    assert found.on_floor > 0
    assert found.total > sum(one.beds for one in wards)
    assert sum(one.over for one in wards) > 0


def test_the_four_graded_homes_are_a_chain_that_people_have_walked(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        walked = set(
            Stay.objects.exclude(came_from=None)
            .exclude(unit=F("came_from__unit"))
            .values_list("came_from__unit__code", "unit__code")
        )
        expected = Reservation.objects.open().filter(unit__code__startswith="DKI-PSBL-HS").count()
        grades = dict(Ward.objects.filter(unit__code__startswith="DKI-PSBL").values_list("unit__code", "grade"))

    assert {("DKI-PSBL-HS1", "DKI-PSBL-HS2"), ("DKI-PSBL-HS2", "DKI-PSBL-HS3")} <= walked
    assert expected > 0
    assert grades == {
        "DKI-PSBL-HS1": "severe",
        "DKI-PSBL-HS2": "medium",
        "DKI-PSBL-HS3": "mild",
        "DKI-PSBL-HS4": "skilled",
    }


def test_the_transit_home_has_its_ceilings_and_the_elders_their_ground_floor(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        ceilings = set(Ward.objects.filter(unit__code="DKI-PSBIBD1").values_list("ceiling_days", flat=True))
        elders = Room.objects.filter(ward__unit__code="SBY-GRIYA-WREDA")

        assert ceilings == {21, 30}
        assert elders.exists()
        assert not elders.exclude(properties__contains=["ground_floor"]).exists()
        assert Bed.objects.filter(room__in=elders, properties__contains=["low"]).exists()


def test_people_came_went_out_came_back_and_left_over_two_years(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        kinds = set(Movement.objects.values_list("kind", flat=True))
        outages = BedOutage.objects.at(made.now).count()
        keputih = Unit.objects.get(code="SBY-KEPUTIH")
        counted = [census(unit=keputih, at=made.now - timedelta(days=days)).total for days in (700, 350, 0)]

    assert {"arrived", "leave", "hospital", "absconded", "returned", "ended"} <= kinds
    assert outages >= len(homes.PLANS)
    assert all(counted)


@pytest.mark.parametrize(
    ("key", "houses"),
    [
        ("pengasuh", 1),
        ("kepala", 1),
        ("psbr.kepala", 1),
        ("keputih.kepala", 1),
        ("keputih.pengasuh", 1),
        ("peksos", 1),
        ("peksos.dki", 1),
        ("dinsos", 7),
    ],
)
def test_whoever_works_with_houses_finds_theirs_at_once(made: Made, key: str, houses: int) -> None:
    user = made.user(key)

    with acting(user, "test.look"):
        reached = Unit.objects.reached_by(user, SEE_BOARD)

        assert Ward.objects.visible_to(user).values("unit").distinct().order_by().count() == houses
        assert reached.filter(wards__isnull=False).distinct().count() == houses


def test_those_whom_a_story_tells_of_live_where_it_says(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        open_stays = Stay.objects.open().filter(unit__code="ST-PANGUDI-LUHUR")
        bagas = open_stays.get(person__full_name="Bagas Saputra")
        painem = open_stays.get(person__nickname="Mbah Painem?")
        states = dict(Occupancy.objects.at(made.now).filter(stay=bagas).values_list("stay", "state"))
        told = list(painem.movements.order_by("happened_at").values_list("kind", flat=True))

    assert states == {bagas.pk: "absconded"}
    assert told == ["arrived", "hospital", "returned"]
    assert "ground_floor" in painem.needs


def test_a_hall_was_closed_with_everyone_accounted_for_and_another_is_open(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        hall, pos = Gathering.objects.order_by("opened_at")
        arrivals = Arrival.objects.filter(gathering=hall)
        admitted = Stay.objects.open().filter(unit=hall.unit, person__in=arrivals.values("person"))

        assert hall.closed_at is not None
        assert arrivals.count() == 34
        assert not arrivals.here().exists()
        assert admitted.count() == 9
        assert pos.closed_at is None
        assert Arrival.objects.filter(gathering=pos).here().count() == 5


def test_satria_went_up_and_back_and_up_and_his_last_step_waits_for_the_head(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        steps = list(Step.objects.filter(agreement__person__full_name=satria.NAME).order_by("written_at"))
        others = Agreement.objects.exclude(person__full_name=satria.NAME)

        assert [step.kind for step in steps] == ["start", "up", "up", "back", "up", "up"]
        assert [step.is_pending for step in steps] == [False] * 5 + [True]
        assert others.exists()


def test_satria_has_turned_three_times_and_carried_goals_over(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        closed = Review.objects.filter(
            cycle__case__person__full_name=satria.NAME, kind="closing", meetings__isnull=False
        )
        outcomes = GoalOutcome.objects.filter(meeting__review__in=closed)

        assert closed.count() == 3
        assert {"achieved", "partly"} <= set(outcomes.values_list("result", flat=True))
        assert outcomes.filter(carries_over=True).exists()


def test_the_last_two_days_of_the_sentra_are_written_and_its_carer_has_something_to_do(made: Made) -> None:
    carer = made.user("pengasuh")
    with acting(carer, "test.look"):
        written = [
            model.objects.filter(written_at__gt=made.now - timedelta(days=3)) for model in (RollCall, Round, Dose)
        ]

        assert all(rows.exists() for rows in written)
        assert ShiftHandover.objects.unread().exists()


def test_an_incident_is_open_another_closed_a_restraint_over_and_a_concern_with_the_dinas(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        with_clock: Any = Incident.objects.open().with_clock()
        assert with_clock.filter(notice_due_at__isnull=False).count() == 1
        assert Incident.objects.exclude(pk__in=Incident.objects.open()).exists()
        assert [restraint.is_running for restraint in Restraint.objects.all()] == [False]
        assert [concern.goes_to.code for concern in Concern.objects.all()] == ["DINSOS-DKI"]


def test_people_wait_for_keputih_in_an_order_with_reasons_and_some_there_could_live_outside(made: Made) -> None:
    head, keputih = made.user("keputih.kepala"), Unit.objects.get(code="SBY-KEPUTIH")
    with acting(head, "test.look"):
        line = waiting_list(keputih, reader=head, at=made.now)
        outside = could_live_outside(keputih, reader=head, at=made.now)

    assert len(line) == 5
    assert line[0].case.person.full_name == "Tukiran Brajamusti"
    assert all(one.reasons for one in line)
    assert {"Jumadi Sastrowirya", "Rukmini Padmasari"} <= {one.case.person.full_name for one in outside}


@pytest.mark.django_db
def test_the_command_refuses_where_no_demonstration_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SERASI_DEMO", False)

    with pytest.raises(CommandError, match="SERASI_DEMO"):
        call_command("demo")

    assert not User.objects.filter(email__endswith="@demo").exists()


def test_each_role_has_someone(made: Made) -> None:
    assert {hand.role for hand in HANDS} | {Role.ADMINISTRATOR} == set(Role)
    assert datetime.now(UTC) >= made.now


def test_a_day_has_its_hours_somebody_is_expected_and_a_fever_was_seen_to(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        assert TimetableEntry.objects.filter(stay=None).exists()
        assert Visit.objects.expected().exists()
        assert Visit.objects.kept().exists()
        assert VitalSigns.objects.beyond_limits().exists()
        assert not VitalSigns.objects.waiting().exists()


def test_a_boy_waits_for_the_psychologist_and_an_elder_was_assessed_by_three_professions(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        waiting = Assessment.objects.open().get(case__person__full_name="Bagas Saputra")
        whole = Assessment.objects.finished().get(edition__title="Asesmen komprehensif lanjut usia")
        said = Opinion.objects.get(score__assessment=whole)

        assert not waiting.answers.filter(path__contains="/psikologis/").exists()
        assert whole.answers.values("typed_by").distinct().order_by().count() == 3
        assert (said.score.band.code, said.band.code) == ("sangat_terganggu", "terganggu")  # type: ignore[union-attr]


def test_an_elder_fell_between_four_reviews_and_satria_grew_ready_to_live_out(made: Made) -> None:
    with acting(User.objects.system(), "test.look"):
        daily = Assessment.objects.finished().filter(edition__title="Skala kegiatan sehari-hari")
        fallen = daily.annotate(said=Count("scores__opinions")).get(said=1).case
        curve = list(
            Score.objects.filter(assessment__case=fallen, scale__name="kemandirian")
            .order_by("assessment__assessed_on")
            .values_list("value", flat=True)
        )
        ready = Score.objects.filter(assessment__case__person__full_name=satria.NAME, scale__name="kesiapan")
        bands = list(ready.order_by("assessment__assessed_on").values_list("band__code", flat=True))

    assert curve == [34, None, 19, 29]
    assert (bands[0], bands[-1]) == ("belum_siap", "siap")
