"""A survey is planned, opened, closed and archived; enumerators come and go; villages get their targets."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.assessments.enums import Kind
from serasi.assessments.models import Edition
from serasi.common.identifiers import uuid7
from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Region
from serasi.surveys.models import Enumerator, Survey, Target
from serasi.surveys.permissions import INTERVIEW, WRITE_SURVEY

MOST_TARGETS: Final = 2000
"""Villages of one survey; the largest regency has fewer than 900."""
MOST_INTERVIEWS: Final = 100_000


class NotASurveyForm(Refused):
    message = _("Pilih formulir survei yang sudah terbit dan masih dipakai.")


class GuardedForm(Refused):
    message = _(
        "Formulir ini punya bagian yang dijaga khusus (misalnya HIV atau kesehatan jiwa). Jawaban survei dibaca seluruh"
        " penyelenggaranya; pakai formulir tanpa bagian itu."
    )


class AlreadyOpened(Refused):
    message = _("Survei ini sudah dibuka: formulir dan wilayahnya tidak berubah lagi.")


class NotPossibleNow(Refused):
    """The survey does not stand where this act begins."""


@operation(WRITE_SURVEY, creates=Survey)
def make_survey(
    *,
    id: UUID,
    unit: Unit,
    name: str,
    purpose: str,
    edition: Edition,
    region: Region,
    begins_on: date,
    ends_on: date,
    by: User,
    at: datetime,
) -> Survey:
    """A survey is planned; nobody interviews before it is opened. Raises NotASurveyForm, GuardedForm."""
    require(by, WRITE_SURVEY, on=unit)
    _require_form(edition)
    return Survey.objects.create(
        id=id,
        unit=unit,
        name=name.strip(),
        purpose=purpose.strip(),
        edition=edition,
        region=region,
        begins_on=begins_on,
        ends_on=ends_on,
        written_by=by,
        written_at=at,
    )


@operation(WRITE_SURVEY)
def change_survey(
    *,
    survey: Survey,
    revision: int,
    name: str,
    purpose: str,
    edition: Edition,
    region: Region,
    begins_on: date,
    ends_on: date,
    by: User,
    at: datetime,
) -> Survey:
    """What was planned is changed; once opened, no longer what is asked and where. Raises AlreadyOpened, Conflict."""
    require(by, WRITE_SURVEY, on=survey)
    if survey.opened_at is not None and (edition.pk, region.pk) != (survey.edition_id, survey.region_id):
        raise AlreadyOpened
    if edition.pk != survey.edition_id:
        _require_form(edition)
    if region.pk != survey.region_id and survey.targets.exclude(village__code__startswith=region.pk).exists():
        raise Refused(_("Ada target desa di luar wilayah ini. Ubah dahulu targetnya."), field="region")
    save_changes(
        survey,
        revision=revision,
        name=name.strip(),
        purpose=purpose.strip(),
        edition=edition,
        region=region,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    return survey


@operation(WRITE_SURVEY)
def open_survey(*, survey: Survey, by: User, at: datetime) -> Survey:
    """From now on its enumerators interview; one that was closed goes on. Raises NotPossibleNow."""
    require(by, WRITE_SURVEY, on=survey)
    if survey.archived_at is not None or survey.is_running:
        raise NotPossibleNow(_("Survei ini sudah berjalan atau sudah diarsipkan."))
    if not survey.enumerators.exists():
        raise NotPossibleNow(_("Belum ada pewawancara. Tambahkan dahulu."))
    if survey.opened_at is None:
        survey.opened_at, survey.opened_by = at, by
    survey.closed_at = survey.closed_by = None
    _save(survey, "opened_at", "opened_by", "closed_at", "closed_by")
    return survey


@operation(WRITE_SURVEY)
def close_survey(*, survey: Survey, by: User, at: datetime) -> Survey:
    """No interview begins any more; those that began before still arrive. Raises NotPossibleNow."""
    require(by, WRITE_SURVEY, on=survey)
    if not survey.is_running:
        raise NotPossibleNow(_("Survei ini tidak sedang berjalan."))
    survey.closed_at, survey.closed_by = at, by
    _save(survey, "closed_at", "closed_by")
    return survey


@operation(WRITE_SURVEY)
def archive_survey(*, survey: Survey, by: User, at: datetime) -> Survey:
    """It leaves the list of what is going on; everything in it stays readable. Raises NotPossibleNow."""
    require(by, WRITE_SURVEY, on=survey)
    if survey.is_running:
        raise NotPossibleNow(_("Tutup dahulu survei yang masih berjalan."))
    if survey.archived_at is not None:
        raise NotPossibleNow(_("Survei ini sudah diarsipkan."))
    survey.archived_at, survey.archived_by = at, by
    _save(survey, "archived_at", "archived_by")
    return survey


@operation(WRITE_SURVEY, creates=Enumerator)
def add_enumerator(
    *,
    id: UUID,
    survey: Survey,
    user: User,
    starts_on: date,
    by: User,
    at: datetime,
    last_day: date | None = None,
) -> Enumerator:
    """Someone of the unit, or of a unit beneath it, interviews from a day on; without a last day until the end."""
    require(by, WRITE_SURVEY, on=survey)
    if not user.is_active or not user.scope.has(INTERVIEW) or not is_of_unit(user, survey.unit):
        raise Refused(_("Pewawancara harus petugas unit ini yang perannya boleh mewawancarai."), field="user")
    if last_day is not None and last_day < starts_on:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari mulai."), field="last_day")
    return Enumerator.objects.create(
        id=id,
        survey=survey,
        user=user,
        period=DateRange(starts_on, last_day + timedelta(days=1) if last_day else None),
        added_by=by,
        added_at=at,
    )


@operation(WRITE_SURVEY)
def remove_enumerator(*, enumerator: Enumerator, last_day: date, by: User, at: datetime) -> Enumerator:
    """Someone interviews no longer after a day; what was held until then stays, and still arrives."""
    require(by, WRITE_SURVEY, on=enumerator.survey)
    if enumerator.last_day is not None and enumerator.last_day <= last_day:
        raise Refused(_("Tugasnya sudah berakhir pada atau sebelum hari itu."), field="last_day")
    if last_day < enumerator.starts_on:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari mulai bertugas."), field="last_day")
    enumerator.period = DateRange(enumerator.starts_on, last_day + timedelta(days=1))
    enumerator.removed_at, enumerator.removed_by = at, by
    enumerator.save(update_fields=["period", "removed_at", "removed_by"])
    return enumerator


@operation(WRITE_SURVEY)
def set_targets(*, survey: Survey, targets: Mapping[str, int], by: User, at: datetime) -> list[Target]:
    """How many interviews are wanted, by code of village; a village that is left out has no target any more."""
    require(by, WRITE_SURVEY, on=survey)
    if len(targets) > MOST_TARGETS:
        raise Refused(_("Terlalu banyak desa. Paling banyak %d.") % MOST_TARGETS, field="targets")
    inside = Region.objects.filter(pk__in=targets, level=RegionLevel.VILLAGE, pk__startswith=survey.region_id)
    known = set(inside.values_list("pk", flat=True))
    if unknown := sorted(set(targets) - known):
        raise Refused(
            _("Bukan kode desa atau kelurahan di wilayah survei ini: %s.") % ", ".join(unknown[:5]), field="targets"
        )
    if any(not 1 <= wanted <= MOST_INTERVIEWS for wanted in targets.values()):
        raise Refused(_("Target paling sedikit satu wawancara."), field="targets")
    rows = {row.village_id: row for row in survey.targets.all()}
    survey.targets.exclude(village__in=targets).delete()
    for code, wanted in targets.items():
        row = rows.get(code)
        if row is None:
            rows[code] = Target.objects.create(id=uuid7(), survey=survey, village_id=code, interviews=wanted)
        elif row.interviews != wanted:
            row.interviews = wanted
            row.save(update_fields=["interviews"])
    return [rows[code] for code in sorted(targets)]


def is_of_unit(user: User, unit: Unit) -> bool:
    """Whether somebody is posted in the unit or beneath it today."""
    return any(unit.holds(post.unit_path) for post in user.scope.posts)


def _require_form(edition: Edition) -> None:
    if edition.kind != Kind.SURVEY or not edition.is_open:
        raise NotASurveyForm(field="edition")
    if edition.tags or any(section["tags"] for section in edition.sections):
        raise GuardedForm(field="edition")


def _save(survey: Survey, *names: str) -> None:
    Survey.objects.filter(pk=survey.pk).update(
        revision=F("revision") + 1, **{name: getattr(survey, name) for name in names}
    )
    survey.revision += 1
