"""Vital signs: what was measured, what lies beyond the unit's limits, and what was done about it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.cases.queries.tasks import due_for
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import Measure
from serasi.daily.models import VitalSigns
from serasi.daily.operations import Reading
from serasi.daily.queries import latest_values, latest_vitals, left_by, residents, vitals_of
from serasi.daily.tests.factories import live_here, measured, takes_vitals
from serasi.residence.tests.factories import House, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def due(world: World, user: Any = None) -> list[str]:
    """What stands on the first page about vital signs."""
    user = user or world.carer
    with as_user(user):
        found = due_for(user, now().date(), kind="vitals")
        return [str(one.source.title(one.text)) for one in found if one.source.title]


def test_many_are_measured_at_once_and_a_page_sent_twice_is_one(world: World, house: House) -> None:
    asep, bejo = live_here(world, house, "Asep", "Bejo")
    one, moment = uuid7(), ago(minutes=20)
    for _ in range(2):
        daily.record_vitals(
            id=one,
            readings=[
                Reading(asep, {Measure.TEMPERATURE: Decimal("36.7")}),
                Reading(bejo, {Measure.SYSTOLIC: Decimal(120), Measure.DIASTOLIC: Decimal(80)}, "duduk"),
            ],
            measured_at=moment,
            by=world.carer,
            at=now(),
        )

    with as_user(world.owner):
        assert set(VitalSigns.objects.values_list("stay__tag", "temperature", "systolic", "remark", "measured_at")) == {
            ("1", Decimal("36.7"), None, "", moment),
            ("2", None, 120, "duduk", moment),
        }


def test_what_lies_beyond_the_limits_waits_until_somebody_writes_what_was_done(world: World, house: House) -> None:
    takes_vitals(world, house)
    asep, bejo = live_here(world, house, "Asep", "Bejo")
    hot = measured(world, asep, temperature="39.1", saturation="98")
    measured(world, bejo, temperature="38.0", systolic="120", diastolic="80")
    assert hot.beyond == ["temperature"]
    assert due(world) == ["#1 · Suhu"]

    daily.respond_to_vitals(id=uuid7(), vital_signs=hot, words="Ke puskesmas", by=world.carer, at=now())

    assert due(world) == []


def test_limits_are_the_units_own_and_hold_for_what_is_measured_from_now_on(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    assert measured(world, asep, temperature="39.1", measured_at=ago(hours=3)).beyond == []
    takes_vitals(world, house, limits={"temperature_high": Decimal("37.4"), "saturation_low": None})
    assert measured(world, asep, temperature="37.5", saturation="80", measured_at=ago(hours=2)).beyond == [
        "temperature"
    ]

    takes_vitals(world, house, limits={"temperature_high": Decimal("38.0")}, revision=1)

    assert measured(world, asep, temperature="37.5").beyond == []
    assert due(world) == ["#1 · Suhu"]
    with pytest.raises(Conflict):
        takes_vitals(world, house, revision=1)


def test_a_ward_that_takes_none_is_asked_nothing(world: World, house: House) -> None:
    elsewhere = build(world, name="Melati")
    practice = takes_vitals(world, house, not_in=[elsewhere.ward.pk])
    assert practice.taken_in(house.ward.pk) == (
        Measure.TEMPERATURE,
        Measure.SYSTOLIC,
        Measure.DIASTOLIC,
        Measure.SATURATION,
    )
    assert practice.taken_in(elsewhere.ward.pk) == ()


def test_a_typing_mistake_names_the_resident_the_measure_and_the_range(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    with pytest.raises(Refused, match="#1: Suhu harus antara 28 dan 44 °C") as refused:
        measured(world, asep, temperature="367")
    assert refused.value.field == "temperature"
    with pytest.raises(Refused, match="lebih kecil daripada yang atas"):
        measured(world, asep, systolic="80", diastolic="120")
    with pytest.raises(daily.NothingMeasured):
        measured(world, asep, remark="tidur")


def test_nobody_is_measured_tomorrow_or_before_they_came(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    with pytest.raises(daily.NotYetMeasured):
        measured(world, asep, temperature="36.5", measured_at=now() + timedelta(hours=1))
    with pytest.raises(daily.NotHereThen, match="#1"):
        measured(world, asep, temperature="36.5", measured_at=ago(days=900))


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"temperature": Decimal("27.9")}, "daily_vitals_temperature_is_plausible"),
        ({"systolic": 301}, "daily_vitals_systolic_is_plausible"),
        ({"systolic": 220, "diastolic": 201}, "daily_vitals_diastolic_is_plausible"),
        ({"pulse": 19}, "daily_vitals_pulse_is_plausible"),
        ({"respiration": 3}, "daily_vitals_respiration_is_plausible"),
        ({"saturation": 101}, "daily_vitals_saturation_is_plausible"),
        ({"glucose": 1001}, "daily_vitals_glucose_is_plausible"),
        ({"weight": Decimal("350.1")}, "daily_vitals_weight_is_plausible"),
        ({"height": 29}, "daily_vitals_height_is_plausible"),
        ({}, "daily_vitals_say_something"),
        ({"diastolic": 80}, "daily_vitals_pressures_fit"),
        ({"systolic": 80, "diastolic": 80}, "daily_vitals_pressures_fit"),
        ({"pulse": 80, "measured_at": timedelta(hours=1)}, "daily_vitals_have_been_measured"),
        ({"pulse": 80, "superseded_reason": "salah"}, "daily_vitals_correction_is_whole"),
    ],
)
def test_the_database_refuses_what_cannot_be(
    world: World, house: House, facts: dict[str, Any], constraint: str
) -> None:
    (asep,) = live_here(world, house, "Asep")
    moment = now() + facts.pop("measured_at", timedelta())
    with pytest.raises(IntegrityError, match=constraint), as_user(world.carer), transaction.atomic():
        VitalSigns.objects.create(
            unit=house.unit, stay=asep, measured_at=moment, written_by=world.carer, written_at=now(), **facts
        )


def test_limits_in_the_wrong_order_are_refused(world: World, house: House) -> None:
    with pytest.raises(Refused, match="Batas bawah harus lebih kecil"):
        takes_vitals(world, house, limits={"pulse_low": Decimal(120), "pulse_high": Decimal(60)})
    with pytest.raises(Refused, match="tidak dikenal"):
        takes_vitals(world, house, measures=["mood"])


def test_what_was_mistyped_is_put_right_and_stays_readable(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep")
    wrong = measured(world, asep, temperature="39.6", measured_at=ago(hours=2))

    right = daily.correct_vitals(
        id=uuid7(), vital_signs=wrong, values={Measure.TEMPERATURE: Decimal("36.9")}, remark="", why="Salah ketik",
        measured_at=wrong.measured_at, by=world.carer, at=now(),
    )  # fmt: skip

    assert due(world) == []
    with as_user(world.carer):
        history = vitals_of(stay=asep, reader=world.carer)
        assert latest_vitals(stays=[asep.pk], reader=world.carer) == {asep.pk: right}
    assert [(one.temperature, one.superseded_reason) for one in history] == [
        (Decimal("36.9"), ""),
        (Decimal("39.6"), "Salah ketik"),
    ]
    assert [(one.measure, one.value) for one in latest_values(history)] == [(Measure.TEMPERATURE, Decimal("36.9"))]
    for late in (
        lambda: daily.withdraw_vitals(vital_signs=wrong, why="lagi", by=world.carer, at=now()),
        lambda: daily.respond_to_vitals(id=uuid7(), vital_signs=wrong, words="x", by=world.carer, at=now()),
    ):
        with pytest.raises(daily.AlreadyCorrected):
            late()
    with pytest.raises(daily.WithinLimits):
        daily.respond_to_vitals(id=uuid7(), vital_signs=right, words="x", by=world.carer, at=now())
    with pytest.raises(daily.WhyNeeded):
        daily.withdraw_vitals(vital_signs=right, why=" ", by=world.carer, at=now())


def test_what_was_measured_of_another_is_taken_back(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    one = measured(world, asep, weight="51,5".replace(",", "."))
    daily.withdraw_vitals(vital_signs=one, why="Milik Bejo", by=world.carer, at=now())
    with as_user(world.carer):
        assert latest_vitals(stays=[asep.pk], reader=world.carer) == {}


def test_a_measurement_is_never_changed_or_deleted(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    one = measured(world, asep, pulse="70")
    with pytest.raises(IntegrityError, match="superseded, never changed"), as_user(world.carer), transaction.atomic():
        VitalSigns.objects.filter(pk=one.pk).update(pulse=80)


def test_the_next_shift_reads_what_lay_beyond_and_what_was_done(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep")
    hot = measured(world, asep, temperature="39.1", saturation="98")
    daily.respond_to_vitals(id=uuid7(), vital_signs=hot, words="Dikompres, diukur ulang", by=world.carer, at=now())
    with as_user(world.carer):
        here = {one.stay_id: one for one in residents(ward=house.ward, at=now(), reader=world.carer)}
        left = left_by(ward=house.ward, here=here, since=ago(hours=2), until=now(), reader=world.carer)
    assert not left.is_quiet
    ((who, one, done),) = left.vitals
    assert who is not None
    assert (who.tag, one.beyond_words, done) == ("1", "Suhu 39,1 °C", ["Dikompres, diukur ulang"])


def test_vital_signs_are_read_and_written_by_who_may(world: World, house: House) -> None:
    takes_vitals(world, house)
    (asep,) = live_here(world, house, "Asep Suryana")
    hot = measured(world, asep, temperature="39.1")
    for reader in (world.head, world.owner, world.outsider):
        with pytest.raises(NotAllowed):
            measured(world, asep, temperature="36.5", by=reader)
    with pytest.raises(NotAllowed):
        daily.set_vitals_practice(
            id=uuid7(), unit=house.unit, measures=[], not_in=[], limits={}, revision=1, by=world.carer, at=now()
        )
    with as_user(world.outsider):
        assert list(VitalSigns.objects.visible_to(world.outsider)) == []
        assert list(VitalSigns.objects.all()) == []

    make_guarded(world, asep.person, "sealed", world.owner)

    with as_user(world.carer):
        assert list(VitalSigns.objects.all()) == []
        assert list(hot.responses.visible_to(world.carer)) == []
    assert due(world) == []
