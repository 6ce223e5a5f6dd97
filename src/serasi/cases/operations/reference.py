"""Reference data of casework, and how one unit works with it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.cases import reference
from serasi.cases.models import Component, Practice, Stage, StageSet
from serasi.cases.permissions import KEEP_REFERENCE, SET_PRACTICE
from serasi.people.permissions import AtUnit


class UnknownChoice(Refused):
    message = _("Pilihan ini tidak ada dalam daftar acuan. Muat ulang halaman, lalu pilih lagi.")


@operation(KEEP_REFERENCE)
def load_reference(*, by: User, at: datetime) -> None:
    """Bring stage sets, stages and components of the files into the tables; repeating it changes nothing.

    A stage or component that left its file stays in its table: cases stand on it.
    """
    for stage_set in reference.stage_sets().values():
        edition = stage_set.edition
        StageSet.objects.update_or_create(
            code=stage_set.code,
            defaults={
                "name": stage_set.name,
                "edition": f"{edition.code} {edition.valid_from:%Y-%m-%d}",
                "source": edition.source[:200],
            },
        )
        Stage.objects.bulk_create(
            [_stage(stage_set.code, order, stage) for order, stage in enumerate(stage_set.stages, start=1)],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[f.name for f in Stage._meta.fields if not f.primary_key],
        )
    edition = reference.components().edition
    Component.objects.bulk_create(
        [
            Component(
                code=component.code,
                number=number,
                name=component.name,
                edition=edition.code,
                valid_from=edition.valid_from,
                items=[item.name for item in component.items],
                source=component.source[:200],
            )
            for number, component in enumerate(reference.components(), start=1)
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["number", "name", "edition", "valid_from", "items", "source"],
    )


def _stage(stage_set: str, order: int, stage: reference.Stage) -> Stage:
    def whole(codes: tuple[str, ...]) -> list[str]:
        return [f"{stage_set}.{code}" for code in codes]

    return Stage(
        code=f"{stage_set}.{stage.code}",
        stage_set_id=stage_set,
        order=order,
        name=stage.name,
        phase=stage.phase,
        requires=list(stage.leave),
        admits_with=list(stage.enter),
        leads_to=whole(stage.next),
        steps_back_to=whole(stage.back),
        ends_early_at=whole(stage.early),
        hint=stage.hint,
        document=stage.document,
    )


@operation(SET_PRACTICE)
def set_practice(
    *,
    id: UUID,
    unit: Unit,
    stage_set: StageSet,
    components: Sequence[str],
    consent_withdrawal_hours: int = 72,
    referral_answer_days: int = 3,
    aftercare_months: Sequence[int] = (1, 3, 6, 12),
    revision: int | None = None,
    by: User,
    at: datetime,
) -> Practice:
    """Say how a unit works: its stage set, its components, its own terms. Open cases keep the set they walk on."""
    require(by, SET_PRACTICE, on=AtUnit(unit))
    if set(components) - set(Component.objects.values_list("code", flat=True)):
        raise UnknownChoice(field="components")
    if not 1 <= referral_answer_days <= 90:
        raise Refused(_("Batas menjawab rujukan antara 1 dan 90 hari."), field="referral_answer_days")
    if not 1 <= consent_withdrawal_hours <= 72:
        raise Refused(
            _("Batas menindaklanjuti penarikan persetujuan paling lama 72 jam."), field="consent_withdrawal_hours"
        )
    if any(not 1 <= month <= 60 for month in aftercare_months):
        raise Refused(_("Bulan bimbingan lanjut antara 1 dan 60."), field="aftercare_months")
    facts = {
        "stage_set": stage_set,
        "components": list(components),
        "consent_withdrawal_hours": consent_withdrawal_hours,
        "referral_answer_days": referral_answer_days,
        "aftercare_months": sorted(set(aftercare_months)),
    }
    existing = Practice.objects.filter(unit=unit).first()
    if existing is None:
        return Practice.objects.create(id=id, unit=unit, **facts)
    save_changes(existing, revision=existing.revision if revision is None else revision, **facts)
    return existing
