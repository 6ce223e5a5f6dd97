"""How scores, bands and their development are worded and arranged."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.assessments.enums import Direction, Method, Rater, ScoreState, SuggestionKind, Tone
from serasi.assessments.models import Assessment, Band, Edition, EditionFile, Scale, Score, Suggestion
from serasi.assessments.queries import Found, Line, form_of, language_of
from serasi.assessments.raters import may_fill
from serasi.cases.enums import AreaTag
from serasi.cases.models.part import readable_tags
from serasi.cases.queries.timeline import FileEvent
from serasi.cases.reference import components, referral_reasons, spm_services
from serasi.common.components import Cell, Column, Fact, LineChart, Link, Series, Status, Table
from serasi.common.components import Tone as ShownTone
from serasi.people.reference import clusters
from serasi.xforms.evaluate import Problem
from serasi.xforms.findings import Finding, Severity

NO_LANGUAGE: Final = "default"
"""What a form with pictures calls its language where the author names none."""
_TONES: Final[dict[str, tuple[ShownTone, str]]] = {
    Tone.GOOD: ("good", "check"),
    Tone.WATCH: ("warn", "alert-circle"),
    Tone.BAD: ("bad", "alert-triangle"),
    Tone.PLAIN: ("neutral", ""),
}


def number(value: Decimal | None) -> str:
    """A value as people write it: without noughts behind the comma."""
    if value is None:
        return "–"
    plain = value.normalize()
    return number_format(plain, decimal_pos=max(0, -int(plain.as_tuple().exponent)))


def signed(value: Decimal) -> str:
    return number(value) if value <= 0 else f"+{number(value)}"


def score_words(score: Score) -> str:
    if score.value is None:
        return _("belum lengkap: %(answered)d dari %(asked)d terjawab") % {
            "answered": score.answered,
            "asked": score.asked,
        }
    words = _("%(value)s dari %(highest)s") % {"value": number(score.value), "highest": number(score.scale.highest)}
    if score.state == ScoreState.PRORATED:
        words = _("%(words)s, diperkirakan dari %(answered)d yang terjawab") % {
            "words": words,
            "answered": score.answered,
        }
    return words


def band_status(band: Band | None) -> Status | None:
    if band is None:
        return None
    tone, icon = _TONES[band.tone]
    return Status(band.shown_title, tone, icon)


def change_words(found: Found) -> str:
    """What moved since the last time, and whether that is more than chance."""
    change = found.change
    if change is None or found.earlier is None:
        return ""
    since = date_format(found.earlier.assessment.assessed_on, "j M Y")
    if not change:
        return _("tetap sejak %(day)s") % {"day": since}
    words = _("%(change)s sejak %(day)s") % {"change": signed(change), "day": since}
    if found.is_reliable is None:
        return words
    if found.is_reliable:
        return _("%(words)s: lebih besar dari galat alat ukurnya") % {"words": words}
    return _("%(words)s: masih dalam galat alat ukurnya") % {"words": words}


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """What a score suggests, why, and where that is done."""

    kind: str
    words: str
    reason: str
    link: Link | None


def suggestion_row(suggestion: Suggestion, case_id: object) -> SuggestionRow:
    kind = SuggestionKind(suggestion.kind)
    words = suggestion.what
    if kind == SuggestionKind.COMPONENT and suggestion.what in components():
        words = str(components()[suggestion.what])
    elif kind == SuggestionKind.SPM_NEED and suggestion.what in spm_services():
        words = str(spm_services()[suggestion.what])
    elif kind == SuggestionKind.REFERRAL and suggestion.what in referral_reasons():
        words = str(referral_reasons()[suggestion.what])
    return SuggestionRow(str(kind.label), words, suggestion.reason, _where(kind, case_id))


def _where(kind: SuggestionKind, case_id: object) -> Link | None:
    """The page of the file on which a suggestion of this kind is followed."""
    pages = {
        SuggestionKind.RISK: ("cases:risk", _("Tetapkan risiko")),
        SuggestionKind.REFERRAL: ("cases:case_referrals", _("Rujukan")),
        SuggestionKind.GOAL: ("cases:plans", _("Rencana")),
        SuggestionKind.COMPONENT: ("cases:plans", _("Rencana")),
        SuggestionKind.SPM_NEED: ("cases:spm", _("Jawaban SPM")),
    }
    if kind not in pages:
        return None
    url_name, label = pages[kind]
    return Link(label, reverse(url_name, args=[case_id]))


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One score on a page."""

    found: Found
    words: str
    status: Status | None
    change: str
    suggestions: Sequence[SuggestionRow]


def found_row(found: Found, case_id: object) -> FoundRow:
    return FoundRow(
        found,
        score_words(found.score),
        band_status(found.score.band),
        change_words(found),
        [suggestion_row(one, case_id) for one in found.suggestions],
    )


def filling_status(filling: Assessment) -> Status:
    if filling.voided_at:
        return Status(_("Dibatalkan"), "neutral", "x")
    if filling.finished_at:
        return Status(_("Selesai"), "good", "check")
    return Status(_("Sedang diisi"), "info", "edit")


def edition_status(edition: Edition) -> Status:
    if edition.is_draft:
        return Status(_("Rancangan"), "warn", "edit")
    if edition.closed_at:
        return Status(_("Ditutup"), "neutral", "x")
    return Status(_("Terbit"), "good", "check")


def ages(edition: Edition) -> str:
    if edition.youngest is None and edition.oldest is None:
        return _("semua umur")
    if edition.oldest is None:
        return _("mulai %d tahun") % edition.youngest
    if edition.youngest is None:
        return _("sampai %d tahun") % edition.oldest
    return _("%(youngest)d sampai %(oldest)d tahun") % {"youngest": edition.youngest, "oldest": edition.oldest}


# --- An edition


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A scale of an edition, and its bands."""

    scale: Scale
    about: str
    bands: Sequence[tuple[Status, str, str, Band]]


def scale_row(scale: Scale) -> ScaleRow:
    about = [
        _("%(lowest)s sampai %(highest)s") % {"lowest": number(scale.lowest), "highest": number(scale.highest)},
        str(Direction(scale.direction).label),
        str(Method(scale.method).label),
        ngettext("%d butir", "%d butir", len(scale.items)) % len(scale.items),
    ]
    if scale.may_be_blank:
        about.append(_("%d boleh kosong") % scale.may_be_blank)
    if scale.error is not None:
        about.append(_("galat baku %s") % number(scale.error))
    bands = []
    for band in scale.bands.all():
        status = band_status(band)
        assert status is not None  # noqa: S101 - for the type checker
        bands.append((status, f"{number(band.lowest)}–{number(band.highest)}", band.shown("meaning"), band))
    return ScaleRow(scale, " · ".join(about), bands)


def edition_facts(edition: Edition) -> list[Fact]:
    given = [
        Fact(_("Jenis"), edition.get_kind_display()),
        Fact(_("Diisi oleh"), ", ".join(str(Rater(one).label) for one in edition.raters) or _("siapa saja")),
        Fact(_("Untuk"), ages(edition)),
        Fact(_("Lisensi"), edition.licence or "–"),
        Fact(_("Sumber"), edition.source or "–"),
        Fact(_("Bahasa"), ", ".join(one for one in edition.languages if one != NO_LANGUAGE) or "–"),
        Fact(_("Kunci banding"), edition.key),
    ]
    if edition.clusters:
        given.insert(3, Fact(_("Klaster"), ", ".join(cluster_name(one) for one in edition.clusters)))
    if edition.interval_days:
        given.insert(3, Fact(_("Diulang"), _("setiap %d hari") % edition.interval_days))
    if edition.tags:
        given.append(
            Fact(_("Hasil dibaca oleh yang berwenang atas"), ", ".join(str(AreaTag(one).label) for one in edition.tags))
        )
    return given


def cluster_name(code: str) -> str:
    return next((str(entry) for entry in clusters() if entry.code == code), code)


def findings_table(findings: Sequence[Finding], *, of_files: bool = False) -> Table:
    """What is to be mended in a workbook, or in files: where, what, and whether it stands in the way."""
    return Table(
        columns=[
            Column(_("Berkas") if of_files else _("Lembar")),
            Column(_("Baris")),
            Column(_("Kolom")),
            Column(_("Yang harus dibetulkan")),
        ],
        rows=[
            [
                one.sheet or "–",
                "–" if one.row is None else str(one.row),
                one.column or "–",
                Cell(
                    gettext(one.message).format_map(one.values),
                    sub="" if one.severity == Severity.REFUSES else _("Boleh diterbitkan; periksa dahulu."),
                ),
            ]
            for one in findings
        ],
    )


def files_table(files: Sequence[EditionFile]) -> Table:
    """What a form names: what it is, where it is named, and whether it is there."""
    return Table(
        columns=[Column(_("Berkas")), Column(_("Jenis")), Column(_("Disebut di")), Column(_("Keadaan"))],
        rows=[[_file_cell(one), one.get_kind_display(), _named_at(one), _file_state(one)] for one in files],
    )


def _file_cell(file: EditionFile) -> Cell:
    url = "" if file.is_missing else reverse("assessments:medium_of_edition", args=[file.edition_id, file.name])
    return Cell(file.name, url=url)


def _named_at(file: EditionFile) -> str:
    if file.row is None:
        return "–"
    said = {"sheet": file.sheet, "row": file.row, "column": file.column}
    return _("%(sheet)s, baris %(row)d, kolom %(column)s") % said


def _file_state(file: EditionFile) -> Status | str:
    return Status(_("Belum ada"), "bad", "alert-triangle") if file.is_missing else filesizeformat(file.size)


def kept_findings(kept: Sequence[dict[str, Any]]) -> list[Finding]:
    return [Finding(**{**one, "severity": Severity(one["severity"])}) for one in kept]


# --- What is missing


def section_for(reader: User, section: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the form as its page is told of it: whether this reader reads and fills it, and who does."""
    may_read = not set(section["tags"]) - set(readable_tags(reader))
    who = ", ".join(str(Rater(rater).label) for rater in section["raters"])
    if not may_read:
        who = _("yang berwenang atas %s") % ", ".join(str(AreaTag(tag).label) for tag in section["tags"])
    may_write = may_read and may_fill(reader, section["raters"])
    return {"name": section["name"], "may_read": may_read, "may_write": may_write, "who": who}


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that stands in the way of finishing: its words, what is wrong, in which part."""

    label: str
    message: str
    section: str


def missing(filling: Assessment, problems: Sequence[Problem]) -> list[Missing]:
    form = form_of(filling.edition_id)
    language = language_of(form)
    titles = {one.path.rpartition("/")[2]: one.label.said(language) for one in form.sections}
    found = []
    for one in problems:
        path = re.sub(r"\[\d+\]", "", one.path)
        asked = form.controls.get(path) or form.repeats.get(path)
        section = path.removeprefix(form.root + "/").partition("/")[0]
        found.append(
            Missing(
                (asked.label.said(language) if asked else "") or path.rpartition("/")[2],
                gettext(one.message.said(language)),
                titles.get(section, ""),
            )
        )
    return found


# --- Development


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, above the curves: a letter, and what it stands for below."""

    on: date
    letter: str
    words: str


def marks_of(events: Sequence[FileEvent], lines: Sequence[Line]) -> list[Mark]:
    """Milestones of the file while something was measured, oldest first, lettered A, B, C …; one letter a day."""
    measured = [score.assessment.assessed_on for line in lines for score in line.scores]
    days: dict[date, list[str]] = {}
    for event in reversed(events):
        first, _line, _rest = event.text.partition("\n")
        words = str(event.source.title(first)) if event.source.title else str(event.source.label)
        day = timezone.localtime(event.at).date()
        if measured and min(measured) <= day <= max(measured):
            days.setdefault(day, []).append(words)
    return [Mark(day, _letter(index), "; ".join(words)) for index, (day, words) in enumerate(days.items())]


def _letter(index: int) -> str:
    return chr(ord("A") + index % 26) + (str(index // 26 + 1) if index >= 26 else "")


def by_instrument(rows: Sequence["LineRow"]) -> list[tuple[Edition, list["LineRow"]]]:
    """The curves of each instrument together, one group a key."""
    grouped = groupby(rows, key=lambda row: (row.line.scale.edition.instrument_id, row.line.scale.edition.key))
    return [(found[-1].line.scale.edition, found) for _key, group in grouped if (found := list(group))]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One scale over time: the curve where there are two values, its table, and what it comes to."""

    line: Line
    chart: LineChart | None
    table: Table
    words: str
    status: Status | None


def line_row(line: Line, marks: Sequence[Mark]) -> LineRow:
    table = _table(line)
    return LineRow(line, _chart(line, marks, table), table, line_words(line), band_status(line.scores[-1].band))


def line_words(line: Line) -> str:
    """From where to where, compared with the person's own start."""
    if line.change is None or line.start is None:
        return _("Baru sekali diukur; kurva tampil sesudah pengukuran kedua.")
    words = _("%(change)s dari awalnya sendiri (%(day)s)") % {
        "change": signed(line.change) if line.change else _("tetap"),
        "day": date_format(line.start.assessment.assessed_on, "j M Y"),
    }
    if line.is_better is not None:
        words = (
            _("%(words)s, ke arah yang lebih baik") % {"words": words}
            if line.is_better
            else (_("%(words)s, ke arah yang lebih buruk") % {"words": words})
        )
    if line.is_reliable is None:
        return f"{words}."
    return (
        _("%(words)s; lebih besar dari galat alat ukurnya.") % {"words": words}
        if line.is_reliable
        else _("%(words)s; masih dalam galat alat ukurnya, jangan disimpulkan berubah.") % {"words": words}
    )


def _chart(line: Line, marks: Sequence[Mark], table: Table) -> LineChart | None:
    days = [one.assessment.assessed_on for one in line.scores]
    length = (days[-1] - days[0]).days
    if sum(one.value is not None for one in line.scores) < 2 or not length:
        return None
    lowest, highest = int(line.scale.lowest), -int(-line.scale.highest // 1)
    values = [None if one.value is None else float(one.value) for one in line.scores]
    return LineChart(
        title=_("Kurva"),
        unit=str(Direction(line.scale.direction).label),
        labels=[date_format(day, "j M Y") for day in days],
        positions=[(day - days[0]).days / length for day in days],
        axis=(lowest, highest),
        height=180,
        marks=[((one.on - days[0]).days / length, one.letter) for one in marks if days[0] <= one.on <= days[-1]],
        series=[Series(line.scale.shown_title, values)],
        figures=table,
    )


def _table(line: Line) -> Table:
    return Table(
        columns=[Column(_("Tanggal")), Column(_("Nilai"), number=True), Column(_("Pita")), Column(_("Kata siapa"))],
        rows=[
            [
                Cell(
                    date_format(one.assessment.assessed_on, "j M Y"),
                    url=reverse("assessments:filling", args=[one.assessment_id]),
                ),
                Cell(number(one.value), sub="" if one.value is not None else score_words(one)),
                band_status(one.band) or "–",
                one.assessment.get_mode_display(),
            ]
            for one in line.scores
        ],
    )
