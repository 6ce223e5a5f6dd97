"""Whom a unit takes in, from a day on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.people.reference import ppks_kinds
from serasi.residence.models import AdmissionCriteria
from serasi.residence.permissions import BUILD_HOUSE


class CriteriaOutOfOrder(Refused):
    message = _("Sudah ada syarat yang mulai berlaku sesudah tanggal itu. Pilih tanggal sesudahnya.")


@operation(BUILD_HOUSE, creates=AdmissionCriteria)
def set_criteria(
    *,
    id: UUID,
    unit: Unit,
    since: date,
    by: User,
    at: datetime,
    sex: str = "",
    age_from: int | None = None,
    age_to: int | None = None,
    kinds: Sequence[str] = (),
    to_bring: str = "",
    text: str = "",
) -> AdmissionCriteria:
    """Criteria hold from a day on; the former end the day before. What began on the same day is put right in place.

    Raises CriteriaOutOfOrder when later ones stand already.
    """
    require(by, BUILD_HOUSE, on=unit)
    if any(kind not in ppks_kinds() for kind in kinds):
        raise Refused(_("Jenis PPKS tidak dikenal. Pilih dari daftar."), field="kinds")
    facts = {
        "sex": sex,
        "age_from": age_from,
        "age_to": age_to,
        "kinds": list(kinds),
        "to_bring": to_bring.strip(),
        "text": text.strip(),
        "written_by": by,
    }
    mine = AdmissionCriteria.objects.of(unit)
    if mine.filter(period__startswith__gt=since).exists():
        raise CriteriaOutOfOrder(field="since")
    former = mine.select_for_update().on(since).first()
    if former is not None and former.period.lower == since:
        for name, value in facts.items():
            setattr(former, name, value)
        former.save()
        return former
    if former is not None:
        former.period = DateRange(former.period.lower, since)
        former.save(update_fields=["period"])
    return AdmissionCriteria.objects.create(id=id, unit=unit, period=DateRange(since, None), **facts)
