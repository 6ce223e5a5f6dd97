"""Every free text of a file names the child; every page of the file keeps the name from who is not on the team."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from serasi.access.models import User
from serasi.access.tests.pages import browser
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case, Referral
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.referral import accept_referral, submit_referral
from serasi.cases.tests.factories import World, as_user, decide_to_open, make_case, make_person, make_report, now
from serasi.cases.tests.views.test_names_kept_back import names_rudi
from serasi.cases.tests.whole_file import addresses, make_whole_file, propose_end
from serasi.cases.tests.work_factories import make_conference, make_note, make_plan, make_referral, make_sent_referral
from serasi.common.identifiers import uuid7

NAME: Final = "Rudi Hartanto"
BACKWARDS: Final = {"report": "cases", "triage": "report__cases", "groupsession": "deliveries__case"}
"""What belongs to a file without pointing at it."""
NO_TEXT: Final = {
    "agreement.text_version",
    "case.number",
    "case.cluster",
    "document.media_type",
    "document.sha256",
    "document.file",
    "domainassessment.domain",
    "letter.code",
    "letter.number",
    "letter.sha256",
    "letter.signer_name",
    "letter.signer_role",
    "referral.reason_code",
    "referral.answer_code",
    "report.channel",
    "termination.reason",
    "termination.outcome",
}
"""Codes of lists, numbers, and who signed: nobody types into them."""


def way_to_case(model: Any) -> str:
    """The lookup from a model to its case; empty for what belongs to no file."""
    name = model._meta.model_name
    if name in BACKWARDS or model is Case:
        return BACKWARDS.get(name, "pk")
    ways = {field.name: field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey)}
    if ways.get("case") is Case:
        return "case"
    for field, other in ways.items():
        if other._meta.app_label == "cases" and other is not model and (way := way_to_case(other)) not in {"", "pk"}:
            return f"{field}__{way}"
    return ""


def free_texts() -> Iterator[tuple[Any, str, str]]:
    """Every field of every model of casework that people type into: model, its way to the case, the field."""
    for model in apps.get_app_config("cases").get_models():
        for field in model._meta.fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            key = f"{model._meta.model_name}.{field.name}"
            if is_text and not field.primary_key and key not in NO_TEXT and (way := way_to_case(model)):
                yield model, way, field.name


def name_the_child_everywhere(case: Case) -> set[str]:
    """Write the name into every free text of the file; returns the fields that found no row to stand in."""
    empty = set()
    with as_user(User.objects.system()):
        for model, way, field in free_texts():
            rows = model._default_manager.filter(pk__in=model._default_manager.filter(**{way: case.pk}).values("pk"))
            text = NAME[: model._meta.get_field(field).max_length]
            try:
                with transaction.atomic():
                    written = rows.update(**{field: text})
            except IntegrityError:  # it stands only beside other facts
                written = rows.exclude(**{field: ""}).update(**{field: text})
            if not written:
                empty.add(f"{model._meta.model_name}.{field}")
    return empty


def names(client: Any, address: str) -> bool:
    """Whether any word of the name stands on the page, seen or not."""
    page = client.get(address)
    assert page.status_code < 500, address
    return names_rudi((page.getvalue() if page.streaming else page.content).decode(errors="replace"))


@pytest.fixture
def child(world: World) -> Case:
    """A whole file of a child in court."""
    report = make_report(world)
    decide_to_open(world, report)
    person = make_person(world, NAME)
    case = make_case(world, report=report, person=person, team=(world.psychologist,))
    with as_user(world.owner):
        case.refresh_from_db()
    classify(case=case, confidentiality=Confidentiality.SPPA, tags=[], by=world.owner, at=now(), revision=case.revision)
    with as_user(world.owner):
        case = Case.objects.select_related("stage", "unit", "person").get(pk=case.pk)
    make_whole_file(world, case)
    return case


READERS: Final = ("head", "supervisor")


def pages_that_name(world: World, case: Case, who: str, *, only: tuple[str, ...] = ()) -> set[str]:
    client = browser(getattr(world, who))
    return {
        name
        for name, address in addresses(world, case)
        if (not only or name.removeprefix("cases:") in only) and names(client, address)
    }


@pytest.mark.slow
def test_no_page_of_the_file_names_the_child_to_who_is_not_on_the_team(world: World, child: Case) -> None:
    assert name_the_child_everywhere(child) == set()

    assert {who: pages_that_name(world, child, who) for who in READERS} == {who: set() for who in READERS}
    assert {who: lists_that_name(world, child, who) for who in READERS} == {who: set() for who in READERS}
    assert pages_that_name(world, child, "owner") >= {f"cases:{name}" for name in READ_BY_THE_TEAM}

    put_before_the_supervisor(world, child)
    name_the_child_everywhere(child)
    asked = ("approval", "closure", "case_referral", "plans")
    assert {who: pages_that_name(world, child, who, only=asked) for who in READERS} == {who: set() for who in READERS}
    assert pages_that_name(world, child, "owner", only=asked) == {f"cases:{name}" for name in asked}


def lists_that_name(world: World, case: Case, who: str) -> set[str]:
    """What tells of many files at once."""
    client = browser(getattr(world, who))
    with as_user(world.owner):
        session = case.deliverys.exclude(session=None).values_list("session", flat=True).first()
    lists = [reverse(f"cases:{name}") for name in ("list", "reports", "approvals", "referrals", "sessions")]
    lists += [reverse("cases:referrals") + f"?lihat={which}" for which in ("keluar", "senyap")]
    lists += [reverse("cases:hold_session"), reverse("cases:hold_session") + f"?seperti={session}", "/"]
    return {address for address in lists if names(client, address)}


def put_before_the_supervisor(world: World, case: Case) -> None:
    """An end is proposed again, and the referral that discloses everything waits for its approval."""
    by = world.owner
    propose_end(case, by)
    with as_user(by):
        draft = Referral.objects.select_related("case", "case__unit", "case__person").get(case=case, submitted_at=None)
    submit_referral(referral=draft, revision=draft.revision, by=by, at=now())


READ_BY_THE_TEAM: Final = (
    "agreements",
    "aftercare",
    "approval",
    "assessment",
    "assessments",
    "case",
    "case_referral",
    "change_goal",
    "change_plan",
    "closure",
    "conference",
    "conferences",
    "correct_note",
    "documents",
    "homecoming",
    "monitor",
    "monitoring",
    "notes",
    "plans",
    "print",
    "print_agreement",
    "referral",
    "services",
    "session",
    "team",
)


def test_who_reads_initials_rewrites_no_text(world: World) -> None:
    case = make_case(world, person=make_person(world, NAME), confidentiality=Confidentiality.SPPA)
    conference = make_conference(case, world.owner, minutes=NAME)
    plan = make_plan(case, world.owner, summary=NAME)
    note = make_note(case, world.supervisor, text=NAME)
    referral = make_referral(world, case, reason=NAME)
    with as_user(world.owner):
        goal, line = plan.goals.get(), plan.lines.get()
    head, owner = browser(world.head), browser(world.owner)

    for name, record in (
        ("change_plan", plan),
        ("change_goal", goal),
        ("change_line", line),
        ("correct_note", note),
        ("change_referral", referral),
    ):
        url = reverse(f"cases:{name}", args=[case.pk, record.pk])
        refused = [head.get(url), head.post(url, {"id": str(uuid7()), "revision": "1"})]
        assert [answer.status_code for answer in refused] == [403, 403], name
        assert "hanya diubah oleh tim" in refused[0].content.decode(), name
        assert all(url not in head.get(shown).content.decode() for shown in lists_of(case, referral)), name
        assert owner.get(url).status_code == (403 if name == "correct_note" else 200), name

    url = reverse("cases:conference", args=[case.pk, conference.pk])
    assert "Perbaiki notula" not in head.get(url).content.decode()
    assert head.post(url, {"revision": "1", "question": "Q", "minutes": "R. H."}).status_code == 403
    with as_user(world.owner):
        conference.refresh_from_db()
    assert conference.minutes == NAME


def lists_of(case: Case, referral: Referral) -> list[str]:
    return [
        reverse("cases:plans", args=[case.pk]),
        reverse("cases:notes", args=[case.pk]),
        reverse("cases:case_referral", args=[case.pk, referral.pk]),
    ]


def test_a_referral_of_a_child_in_court_is_read_whole_by_who_may_answer_and_then_by_the_teams(world: World) -> None:
    case = make_case(world, person=make_person(world, NAME), confidentiality=Confidentiality.SPPA)
    sent = make_sent_referral(world, case, reason=f"{NAME} perlu pelatihan menjahit.")
    url = reverse("cases:referral", args=[sent.pk])
    of = ("owner", "head", "outsider", "other_head")

    def read_by() -> list[str]:
        return [who for who in of if names(browser(getattr(world, who)), url)]

    assert read_by() == ["owner", "outsider", "other_head"]
    with as_user(world.outsider):
        received = Referral.objects.select_related("to_unit").get(pk=sent.pk)
    accept_referral(referral=received, case_id=uuid7(), by=world.outsider, at=now())
    assert read_by() == ["owner", "outsider"]
