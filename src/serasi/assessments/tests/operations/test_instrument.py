"""Editions come in as drafts, are published, and never change."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from serasi.access.operations import NotAllowed, Refused, acting
from serasi.assessments import operations
from serasi.assessments.models import Assessment, Band, Edition, Instrument, Scale
from serasi.assessments.operations import AlreadyPublished, ScaleIsFrozen, UnknownWord
from serasi.assessments.operations.reference import load_reference
from serasi.assessments.queries import catalogue
from serasi.assessments.shipped import Shipped
from serasi.assessments.tests import factories
from serasi.assessments.tests.factories import TIDUR, WELL
from serasi.cases.operations.team import add_member
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7

pytestmark = pytest.mark.django_db


def used(world: World, edition: Edition) -> Assessment:
    case = make_case(world)
    add_member(id=uuid7(), case=case, user=world.psychologist, part="member", by=world.owner, at=now())
    return factories.finished(case, edition, world.owner, WELL, helper=world.psychologist)


def test_a_draft_is_looked_at_then_published_and_can_be_filled(world: World) -> None:
    draft = factories.drafted(world.panti, world.head)
    with as_user(world.owner):
        assert list(catalogue(world.owner)) == []

    operations.publish_edition(edition=draft, by=world.head, at=now())

    with as_user(world.owner):
        assert list(catalogue(world.owner)) == [draft]
        assert [str(scale) for scale in draft.scales.all()] == ["Kesejahteraan"]


def test_the_newest_edition_is_offered_and_older_answers_stay_with_theirs(world: World) -> None:
    first = factories.published(world.panti, world.head, "1")
    filling = factories.begun(make_case(world), first, world.owner)
    second = factories.published(world.panti, world.head, "2")

    with as_user(world.owner):
        assert list(catalogue(world.owner)) == [second]
    assert factories.answer(filling, {TIDUR: "1"}, world.owner).refused == ()


def test_an_instrument_of_one_panti_is_not_offered_in_another(world: World) -> None:
    factories.published(world.panti, world.head)

    with as_user(world.outsider):
        assert list(catalogue(world.outsider)) == []


def test_an_instrument_of_the_dinas_is_offered_in_its_panti(world: World) -> None:
    edition = factories.published(world.dinas, world.officer)

    with as_user(world.outsider):
        assert list(catalogue(world.outsider)) == [edition]


def test_a_scale_that_nobody_was_scored_with_may_still_change(world: World) -> None:
    factories.published(world.panti, world.head, "1")

    assert not factories.published(world.panti, world.head, "2", blank=1).is_draft


def test_a_scale_that_was_used_once_is_frozen_under_its_key(world: World) -> None:
    used(world, factories.published(world.panti, world.head, "1"))
    draft = factories.drafted(world.panti, world.head, "2", blank=1)

    with pytest.raises(ScaleIsFrozen, match="Kesejahteraan sudah dipakai"):
        operations.publish_edition(edition=draft, by=world.head, at=now())

    assert Edition.objects.get(pk=draft.pk).is_draft


def test_a_published_edition_is_not_published_described_or_discarded_again(world: World) -> None:
    edition = factories.published(world.panti, world.head)

    for act in (operations.publish_edition, operations.discard_draft):
        with pytest.raises(AlreadyPublished):
            act(edition=edition, by=world.head, at=now())


def test_the_database_keeps_a_published_edition_as_it_is(world: World) -> None:
    edition = factories.published(world.panti, world.head)

    for change in ({"title": "Lain"}, {"md5": "0" * 32}, {"published_at": None, "published_by": None}):
        with acting(world.head, "test"), pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)


def test_a_closed_edition_is_not_begun_and_not_closed_twice(world: World) -> None:
    edition = factories.published(world.panti, world.head)
    operations.close_edition(edition=edition, by=world.head, at=now())

    with pytest.raises(operations.EditionNotOpen):
        factories.begun(make_case(world), edition, world.owner)
    with pytest.raises(Refused, match="tidak sedang dipakai"):
        operations.close_edition(edition=edition, by=world.head, at=now())


def test_a_discarded_draft_takes_its_instrument_along_where_it_has_no_other(world: World) -> None:
    operations.discard_draft(edition=factories.drafted(world.panti, world.head), by=world.head, at=now())

    assert not Instrument.objects.filter(unit=world.panti).exists()


def test_a_version_is_published_once(world: World) -> None:
    factories.published(world.panti, world.head, "1")

    with pytest.raises(Refused, match="Naikkan nomor versinya"):
        factories.drafted(world.panti, world.head, "1")


def test_a_social_worker_publishes_nothing_and_a_head_nothing_elsewhere(world: World) -> None:
    with pytest.raises(NotAllowed):
        factories.drafted(world.panti, world.owner)
    with pytest.raises(NotAllowed):
        factories.drafted(world.other, world.head)


def test_a_kind_that_does_not_exist_is_named_with_those_that_do(world: World) -> None:
    upload = factories.upload()
    authored = replace(upload.authored, declaration=replace(upload.authored.declaration, kind="ramalan"))

    with pytest.raises(UnknownWord, match=r"«jenis»: ramalan tidak dikenal\. Pilihannya: komprehensif, "):
        operations.draft_edition(
            id=uuid7(), unit=world.panti, upload=replace(upload, authored=authored), by=world.head, at=now()
        )


def test_a_plain_form_of_another_house_is_described_before_it_is_published(world: World) -> None:
    upload = factories.upload()
    told = replace(upload.authored.declaration, kind="", licence="", source="", raters=())
    draft = operations.draft_edition(
        id=uuid7(),
        unit=world.panti,
        upload=replace(upload, authored=replace(upload.authored, declaration=told)),
        by=world.head,
        at=now(),
    )
    with pytest.raises(Refused, match="Isi jenis, lisensi dan sumber"):
        operations.publish_edition(edition=draft, by=world.head, at=now())
    draft.refresh_from_db()

    operations.describe_edition(
        edition=draft,
        kind="survei",
        licence="CC BY 4.0",
        source="Rekaan",
        raters=["pendamping"],
        by=world.head,
        at=now(),
    )

    assert not operations.publish_edition(edition=draft, by=world.head, at=now()).is_draft


def test_two_bands_never_cover_one_value(world: World) -> None:
    scale = Scale.objects.get(edition=factories.drafted(world.panti, world.head))

    with (
        acting(world.head, "test"),
        pytest.raises(IntegrityError, match="assessments_one_band_over_a_value"),
        transaction.atomic(),
    ):
        Band.objects.create(id=uuid7(), scale=scale, code="x", title="X", tone="plain", lowest=3, highest=5)


def test_shipped_instruments_come_in_once(world: World) -> None:
    shipped = [Shipped("uji.md", factories.upload().source)]
    boss = type(world.head).objects.system()

    assert [str(one) for one in load_reference(only=shipped, by=boss, at=now())] == ["Kesejahteraan sehari-hari (1)"]
    assert load_reference(only=shipped, by=boss, at=now()) == []
