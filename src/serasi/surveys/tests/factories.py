"""A survey with its enumerators, and what people answer; everything through the operations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from serasi.access.enums import Role
from serasi.access.models import Unit, User
from serasi.access.tests.factories import make_posting, make_user
from serasi.assessments import operations as instruments
from serasi.assessments.models import Edition
from serasi.assessments.operations import Upload
from serasi.assessments.queries import form_of
from serasi.cases.tests.factories import World, now
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Region
from serasi.surveys import operations as surveys
from serasi.surveys.models import Interview, Survey
from serasi.xforms.authoring.publish import Authored, author
from serasi.xforms.instance import compose

REGENCY: Final = "31.75"
CIPAYUNG, CILANGKAP, MUNJUL = "31.75.10.1001", "31.75.10.1002", "31.75.10.1003"
ELSEWHERE: Final = "31.74.01.1001"

FORM: Final = """
# Survei uji

## instrumen

| nama | isi |
| --- | --- |
| jenis | survei |
| lisensi | rekaan untuk pengujian |
| sumber | rekaan |
| penilai | pendamping; pekerja sosial |

## survey

| type | name | label::Bahasa Indonesia (id) | label::English (en) | required | constraint | parameters |
| --- | --- | --- | --- | --- | --- | --- |
| start | mulai |  |  |  |  |  |
| end | selesai |  |  |  |  |  |
| begin_group | tempat | Tempat | Place |  |  |  |
| text | desa | Kode desa | Village code |  |  |  |
| geopoint | titik | Titik | Point |  |  |  |
| end_group |  |  |  |  |  |  |
| begin_group | diri | Diri | Self |  |  |  |
| text | nama | Nama | Name | yes |  |  |
| text | nik | NIK | NIK |  |  |  |
| text | telepon | Telepon | Phone |  |  |  |
| select_one kelamin | kelamin | Jenis kelamin | Sex |  |  |  |
| integer | umur | Umur | Age |  | . >= 0 and . <= 120 |  |
| integer | hasil | Hasil sehari | Income a day |  |  |  |
| select_multiple bantuan | bantuan | Bantuan | Aid |  |  |  |
| select_one tahu | puas | Puas? | Content? |  |  |  |
| text | cerita | Cerita | Story |  |  |  |
| image | foto | Foto | Photo |  |  | max-pixels=1024 |
| end_group |  |  |  |  |  |  |
| begin_group | keluarga | Keluarga | Family |  |  |  |
| begin_repeat | anggota | Anggota | Member |  |  |  |
| text | nama | Nama | Name |  |  |  |
| integer | umur | Umur | Age |  |  |  |
| end_repeat |  |  |  |  |  |  |
| end_group |  |  |  |  |  |  |

## choices

| list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| --- | --- | --- | --- |
| kelamin | L | Laki-laki | Male |
| kelamin | P | Perempuan | Female |
| bantuan | pkh | PKH | PKH |
| bantuan | sembako | Sembako | Sembako |
| bantuan | tidak_ada | Tidak ada | None |
| tahu | ya | Ya | Yes |
| tahu | tidak | Tidak | No |
| tahu | tidak_tahu | Tidak tahu | Does not know |

## settings

| form_title | form_id | version | default_language |
| --- | --- | --- | --- |
| Survei uji | uji_survei | 1 | Bahasa Indonesia (id) |
"""

DESA, TITIK = "/data/tempat/desa", "/data/tempat/titik"
NAMA, NIK, TELEPON, KELAMIN = "/data/diri/nama", "/data/diri/nik", "/data/diri/telepon", "/data/diri/kelamin"
UMUR, HASIL, BANTUAN, PUAS = "/data/diri/umur", "/data/diri/hasil", "/data/diri/bantuan", "/data/diri/puas"
CERITA, FOTO, ANGGOTA = "/data/diri/cerita", "/data/diri/foto", "/data/keluarga/anggota"
ANSWERS: Final = {DESA: CIPAYUNG, NAMA: "Karsih", KELAMIN: "P", UMUR: "41", HASIL: "45000", PUAS: "ya"}


@cache
def authored() -> Authored:
    return author(FORM.encode(), "survei.md")


def published(unit: Unit, by: User) -> Edition:
    upload = Upload(authored(), FORM.encode(), "survei.md")
    drafted = instruments.draft_edition(id=uuid7(), unit=unit, upload=upload, by=by, at=now())
    return instruments.publish_edition(edition=drafted, by=by, at=now())


def villages() -> None:
    """The few regions that tests speak of."""
    rows = [
        ("31", "DKI Jakarta", 1, None),
        (REGENCY, "Jakarta Timur", 2, "31"),
        ("31.75.10", "Cipayung", 3, REGENCY),
        (CIPAYUNG, "Cipayung", 4, "31.75.10"),
        (CILANGKAP, "Cilangkap", 4, "31.75.10"),
        (MUNJUL, "Munjul", 4, "31.75.10"),
        ("31.74", "Jakarta Selatan", 2, "31"),
        ("31.74.01", "Tebet", 3, "31.74"),
        (ELSEWHERE, "Tebet Timur", 4, "31.74.01"),
    ]
    Region.objects.bulk_create(
        (
            Region(code=code, name=name, level=level, parent_id=parent, edition="uji")
            for code, name, level, parent in rows
        ),
        ignore_conflicts=True,
    )


def enumerator(world: World, name: str, *, role: Role = Role.FIELD_ASSISTANT) -> User:
    user = make_user(name, email=f"{name.split(maxsplit=1)[0].lower()}@serasi.test")
    make_posting(user, role, world.panti)
    return user.refresh_scope()


def planned(world: World, *, edition: Edition | None = None, by: User | None = None, **facts: Any) -> Survey:
    villages()
    today = world.panti.day_at(now())
    given: dict[str, Any] = {
        "name": "Pendataan pemulung",
        "purpose": "Mengurus bantuan dan dokumen",
        "begins_on": today - timedelta(days=10),
        "ends_on": today + timedelta(days=10),
        "unit": world.panti,
    } | facts
    return surveys.make_survey(
        id=uuid7(),
        edition=edition or published(world.panti, world.head),
        region=Region.objects.get(pk=given.pop("region", REGENCY)),
        by=by or world.owner,
        at=now(),
        **given,
    )


def added(world: World, survey: Survey, user: User, **facts: Any) -> None:
    given: dict[str, Any] = {"starts_on": survey.begins_on} | facts
    surveys.add_enumerator(id=uuid7(), survey=survey, user=user, by=world.owner, at=now(), **given)


def running(world: World, *enumerators: User, **facts: Any) -> Survey:
    """A survey that was opened, with these enumerators."""
    survey = planned(world, **facts)
    for user in enumerators:
        added(world, survey, user)
    return surveys.open_survey(survey=survey, by=world.owner, at=now() - timedelta(days=9))


def instance_of(
    survey: Survey,
    answers: Mapping[str, str],
    *,
    started_at: datetime | None = None,
    minutes: float = 25,
) -> bytes:
    """What a phone sends: answers, and when it began and ended."""
    began = started_at or now() - timedelta(hours=1)
    return compose(
        form_of(survey.edition_id),
        answers,
        instance_id=uuid7(),
        started_at=began,
        ended_at=began + timedelta(minutes=minutes),
    )


def kept(survey: Survey, by: User, answers: Mapping[str, str] | None = None, **facts: Any) -> Interview:
    """An interview that arrived; ``answers`` change what is usually answered."""
    given: dict[str, Any] = {"id": uuid7(), "files": (), "at": now()}
    instance = instance_of(
        survey,
        ANSWERS | dict(answers or {}),
        started_at=facts.pop("started_at", None),
        minutes=facts.pop("minutes", 25),
    )
    given |= facts
    return surveys.keep_interview(survey=survey, edition=survey.edition, instance=instance, by=by, **given)
