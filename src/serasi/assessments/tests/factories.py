"""Instruments and what is filled in them; everything through the operations. A form is authored once for all tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.assessments import operations
from serasi.assessments.models import Assessment, Edition, Score
from serasi.assessments.operations import Kept, SentFile, Typed, Upload
from serasi.assessments.queries import form_of
from serasi.cases.models import Case
from serasi.cases.tests.factories import as_user, now
from serasi.common.identifiers import uuid7
from serasi.xforms.authoring.publish import Authored, author
from serasi.xforms.instance import compose

WELLBEING: Final = """
# Kesejahteraan sehari-hari

## instrumen

| nama | isi |
| --- | --- |
| jenis | skala |
| lisensi | rekaan untuk pengujian |
| sumber | rekaan |
| penilai | pekerja sosial; psikolog |
| umur_dari | 15 |
| jarak_hari | 90 |

## survey

| type | name | label::Bahasa Indonesia (id) | label::English (en) | required | penilai | tanda |
| --- | --- | --- | --- | --- | --- | --- |
| begin_group | umum | Umum | General |  |  |
| select_one sering | tidur | Tidur nyenyak | Sleeps well |  |  |
| select_one sering | makan | Makan cukup | Eats enough |  |  |
| text | catatan | Catatan | Notes |  |  |
{more}| end_group |  |  |  |  |  |
| begin_group | batin | Batin | Inner life |  | {rater} | {tag} |
| select_one sering | cemas | Merasa cemas | Feels anxious |  |  |
| select_one sering | harapan | Punya harapan | Has hope | yes |  |
| end_group |  |  |  |  |  |

## choices

| list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| --- | --- | --- | --- |
| sering | 0 | Tidak pernah | Never |
| sering | 1 | Kadang | Sometimes |
| sering | 2 | Sering | Often |

## settings

| form_title | form_id | version | default_language |
| --- | --- | --- | --- |
| Kesejahteraan sehari-hari | uji_sejahtera | {version} | Bahasa Indonesia (id) |

## skor

| nama | judul | cara | butir | terbalik | boleh_kosong | arah | galat | sumber |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| sejahtera | Kesejahteraan | jumlah | {items} | cemas | {blank} | naik | 0.5 | rekaan |

## pita

| skor | kode | dari | sampai | judul | arti | nada | sumber |
| --- | --- | --- | --- | --- | --- | --- | --- |
| sejahtera | rendah | 0 | 3 | Rendah | Perlu ditemani. | bahaya | rekaan |
| sejahtera | cukup | 4 | 8 | Cukup | Berjalan baik. | baik | rekaan |

## saran

| skor | pita | jenis | apa | alasan |
| --- | --- | --- | --- | --- |
| sejahtera | rendah | tindak lanjut | Temui lagi dalam sepekan | Nilainya rendah. |

## contoh

| nama | tidur | makan | cemas | harapan | skor:sejahtera |
| --- | --- | --- | --- | --- | --- |
| baik | 2 | 2 | 0 | 1 | 7 |
"""
ITEMS: Final = "tidur makan cemas harapan"
TIDUR, MAKAN, CATATAN = "/data/umum/tidur", "/data/umum/makan", "/data/umum/catatan"
CEMAS, HARAPAN = "/data/batin/cemas", "/data/batin/harapan"
WELL: Final = {TIDUR: "2", MAKAN: "2", CEMAS: "0", HARAPAN: "1"}
"""Comes to 2 + 2 + (2 − 0) + 1 = 7."""
POORLY: Final = {TIDUR: "0", MAKAN: "1", CEMAS: "2", HARAPAN: "1"}
"""Comes to 0 + 1 + (2 − 2) + 1 = 2."""


@cache
def authored(version: str = "1", **facts: Any) -> Authored:
    return author(_source(version, **facts), "uji.md")


def _source(
    version: str, *, items: str = ITEMS, blank: int = 0, tag: str = "", rater: str = "psikolog", asks: str = ""
) -> bytes:
    """``asks`` are more questions of the first part: ``image foto; audio suara``; ``rater`` has the second part."""
    more = [one.split() for one in asks.split(";") if one]
    rows = "".join(f"| {kind} | {name} | {name} | {name} |  |  |\n" for kind, name in more)
    return WELLBEING.format(version=version, items=items, blank=blank, tag=tag, rater=rater, more=rows).encode()


def upload(version: str = "1", **facts: Any) -> Upload:
    return Upload(authored(version, **facts), _source(version, **facts), "uji.md")


def drafted(unit: Unit, by: User, version: str = "1", **facts: Any) -> Edition:
    return operations.draft_edition(id=uuid7(), unit=unit, upload=upload(version, **facts), by=by, at=now())


def published(unit: Unit, by: User, version: str = "1", **facts: Any) -> Edition:
    return operations.publish_edition(edition=drafted(unit, by, version, **facts), by=by, at=now())


def begun(case: Case, edition: Edition, by: User, **facts: Any) -> Assessment:
    given: dict[str, Any] = {"id": uuid7(), "mode": "interview", "at": now()} | facts
    return operations.start_filling(case=case, edition=edition, by=by, **given)


def typed(path: str, value: str, *, before: str = "", id: UUID | None = None, settles: UUID | None = None) -> Typed:
    return Typed(id or uuid7(), path, before, value, settles=settles)


def answer(filling: Assessment, answers: Mapping[str, str], by: User) -> Kept:
    """What somebody types, upon what stands there."""
    entries = [typed(path, value) for path, value in answers.items()]
    return operations.keep_answers(assessment=filling, typed=entries, by=by, at=now())


def finished(
    case: Case,
    edition: Edition,
    by: User,
    answers: Mapping[str, str],
    *,
    helper: User | None = None,
    on: date | None = None,
) -> Assessment:
    """Filled by two professions and ended; ``helper`` answers the part of the psychologist."""
    filling = begun(case, edition, by, assessed_on=on)
    answer(filling, {path: value for path, value in answers.items() if not path.startswith("/data/batin")}, by)
    answer(filling, {path: value for path, value in answers.items() if path.startswith("/data/batin")}, helper or by)
    return operations.finish_filling(assessment=filling, by=by, at=now())


def instance_of(edition: Edition, answers: Mapping[str, str], **values: str) -> bytes:
    """As a device sends it: what was answered, and the scores it found by itself."""
    xml = compose(form_of(edition.pk), answers, instance_id=UUID(int=7)).decode()
    for name, value in values.items():
        xml = xml.replace(f"<{name}/>", f"<{name}>{value}</{name}>")
    return xml.encode()


def received(
    case: Case,
    edition: Edition,
    by: User,
    answers: Mapping[str, str],
    *,
    files: Sequence[SentFile] = (),
    scores: Mapping[str, str] | None = None,
    **facts: Any,
) -> Assessment:
    """Filled on a device, and sent."""
    instance = instance_of(edition, answers, **(scores or {}))
    given: dict[str, Any] = {"id": uuid7(), "mode": "interview", "assessed_on": now().date(), "at": now()} | facts
    return operations.receive_filling(case=case, edition=edition, instance=instance, files=files, by=by, **given)


def score_of(filling: Assessment, name: str = "sejahtera", *, reader: User) -> Score:
    with as_user(reader):
        return Score.objects.select_related("scale", "band", "assessment__case__unit").get(
            assessment=filling, scale__name=name
        )
