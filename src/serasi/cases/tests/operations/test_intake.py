"""Reports and the decision on them."""

from typing import Any

import pytest

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.cases.enums import Urgency
from serasi.cases.models import Report, Triage
from serasi.cases.operations import complete_report, receive_report, triage
from serasi.cases.operations.report import NO, UNKNOWN, YES, ReportIsDecided
from serasi.cases.operations.triage import AlreadyDecided, ReportIsUnfinished
from serasi.cases.reference import report_channels
from serasi.cases.tests.factories import World, as_user, decide_to_open, make_report, now, screened
from serasi.common.identifiers import uuid7


@pytest.mark.parametrize("channel", report_channels().codes)
def test_a_report_comes_by_every_channel(world: World, channel: str) -> None:
    report = make_report(world, channel=channel, reporter_name="Satpol PP")
    assert report.channel == channel


def test_a_channel_with_a_reporter_asks_who_it_is_except_in_a_crisis(world: World) -> None:
    with pytest.raises(Refused) as refused:
        make_report(world, channel="razia")
    assert refused.value.field == "reporter_name"
    assert make_report(world, channel="razia", is_complete=False).completed_at is None


@pytest.mark.parametrize(
    ("danger", "chosen", "kept"),
    [
        ({"medis_darurat": YES}, Urgency.ORDINARY, Urgency.EMERGENCY),
        ({"menular": YES}, Urgency.ORDINARY, Urgency.URGENT),
        ({"menular": NO}, Urgency.EMERGENCY, Urgency.EMERGENCY),
        ({"medis_darurat": UNKNOWN}, Urgency.URGENT, Urgency.URGENT),
        ({}, Urgency.ORDINARY, Urgency.ORDINARY),
    ],
)
def test_danger_raises_the_urgency_and_never_lowers_it(
    world: World, danger: dict[str, str], chosen: str, kept: str
) -> None:
    assert make_report(world, danger=danger, urgency=chosen).urgency == kept


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"channel": "burung"}, "channel"),
        ({"subject_description": "  "}, "subject_description"),
        ({"danger": {"apa": YES}}, "danger"),
        ({"danger": {"menular": "mungkin"}}, "danger"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(world: World, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_report(world, **facts)
    assert refused.value.field == field


def test_a_carer_takes_a_report_and_reads_their_own(world: World) -> None:
    mine = make_report(world, by=world.carer)
    make_report(world)
    with as_user(world.carer):
        assert list(Report.objects.all()) == [mine]


def test_nobody_takes_a_report_for_another_unit(world: World) -> None:
    with pytest.raises(NotAllowed):
        make_report(world, by=world.outsider)


def test_of_two_who_complete_at_once_the_second_is_shown_the_first(world: World) -> None:
    report = make_report(world, is_complete=False, danger={})
    complete_report(report=report, revision=1, narrative="Lengkap", danger=screened(), by=world.owner, at=now())
    assert report.completed_at is not None
    with pytest.raises(Conflict):
        complete_report(report=report, revision=1, narrative="Lain", by=world.colleague, at=now())


def test_a_decided_report_is_changed_only_until_it_is_whole(world: World) -> None:
    report = make_report(world, is_complete=False, danger={})
    decide_to_open(world, report)
    complete_report(report=report, revision=1, danger=screened(), by=world.owner, at=now())
    with pytest.raises(ReportIsDecided):
        complete_report(report=report, revision=2, narrative="Diubah", by=world.owner, at=now())


def test_a_report_is_decided_once(world: World) -> None:
    report = make_report(world)
    decide_to_open(world, report)
    with pytest.raises(AlreadyDecided):
        decide_to_open(world, report, by=world.colleague)
    with as_user(world.owner):
        assert Triage.objects.count() == 1


@pytest.mark.parametrize("outcome", ["serve_once", "duplicate", "unfounded"])
def test_without_a_case_there_is_a_reason(world: World, outcome: str) -> None:
    report = make_report(world)
    with pytest.raises(Refused) as refused:
        decide_to_open(world, report, outcome=outcome)
    assert refused.value.field == "reason"
    assert decide_to_open(world, report, outcome=outcome, reason="Sudah dilayani").outcome == outcome


def test_an_unfinished_report_becomes_a_case_and_nothing_else(world: World) -> None:
    report = make_report(world, is_complete=False)
    with pytest.raises(ReportIsUnfinished):
        decide_to_open(world, report, outcome="unfounded", reason="Tidak ditemukan")
    decide_to_open(world, report)


def test_a_report_sent_on_arrives_in_the_same_words(world: World) -> None:
    report = make_report(world, danger={**screened(), "tanpa_makan_tempat": YES})
    with pytest.raises(Refused):
        decide_to_open(world, report, outcome="refer", reason="Lain wilayah")
    with pytest.raises(Refused):
        decide_to_open(world, report, outcome="refer", reason="Lain wilayah", referred_to=world.panti)
    decide_to_open(world, report, outcome="refer", reason="Lain wilayah", referred_to=world.other)
    with as_user(world.outsider):
        arrived = Report.objects.get(unit=world.other)
        assert arrived.subject_description == report.subject_description
        assert arrived.urgency == Urgency.URGENT
        assert "Lain wilayah" in arrived.narrative
        assert not Report.objects.filter(pk=report.pk).exists()


def test_who_only_receives_does_not_decide(world: World) -> None:
    report = make_report(world, by=world.carer)
    with pytest.raises(NotAllowed):
        triage(id=uuid7(), report=report, urgency="ordinary", outcome="open_case", by=world.carer, at=now())


def test_the_same_report_sent_fifty_times_is_one(world: World) -> None:
    id_, at = uuid7(), now()
    for _ in range(50):
        receive_report(
            id=id_,
            unit=world.panti,
            channel="diri_sendiri",
            received_at=at,
            subject_description="Ibu Warti",
            urgency="ordinary",
            danger={},
            by=world.owner,
            at=at,
        )
    with as_user(world.owner):
        assert Report.objects.count() == 1
