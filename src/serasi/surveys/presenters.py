"""Words and arrangement: what a finding says, tables and charts of progress and results."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.assessments.queries import form_of, language_of, named_places
from serasi.common.components import Cell, Column, Fact, LineChart, Link, Series, StackedBar, Status, Table, Tone
from serasi.common.nik import mask
from serasi.institutions.enums import RegionLevel
from serasi.surveys.enums import Check, Outcome, SurveyState
from serasi.surveys.models import Finding, Interview, Release, Survey, Verdict
from serasi.surveys.queries import Counted, Judged, Overview, Progress, Question, Standing
from serasi.surveys.questionnaire import Answered
from serasi.xforms.evaluate import Problem
from serasi.xforms.form import Form

_STATES: Final[dict[SurveyState, Tone]] = {
    SurveyState.DRAFT: "neutral",
    SurveyState.RUNNING: "good",
    SurveyState.CLOSED: "info",
    SurveyState.ARCHIVED: "neutral",
}
_OUTCOMES: Final[dict[Outcome, Tone]] = {Outcome.FINE: "good", Outcome.AGAIN: "warn", Outcome.VOID: "bad"}


def state_of(survey: Survey) -> Status:
    return Status(str(survey.state.label), _STATES[survey.state])


def day(on: date) -> str:
    return date_format(on, "j M Y")


def moment(at: datetime) -> str:
    """A day and a time by the reader's clock."""
    return date_format(timezone.localtime(at), "j M Y H.i")


def period_of(survey: Survey) -> str:
    return f"{day(survey.begins_on)} – {day(survey.ends_on)}"


def number(value: float) -> str:
    """A number as it is read here: 45.000; 2,5."""
    is_whole = value == int(value)
    return number_format(value, 0 if is_whole or abs(value) >= 100 else 1, use_l10n=True, force_grouping=True)


def percent(part: int, whole: int) -> str:
    return "" if not whole else f"{round(100 * part / whole)}%"


# --- lists and progress


def surveys_table(surveys: Sequence[Survey], counts: Sequence[Counted]) -> Table:
    done: Counter[UUID] = Counter()
    for one in counts:
        done[one.survey_id] += one.interviews
    return Table(
        [
            Column(_("Survei")),
            Column(_("Unit")),
            Column(_("Wilayah")),
            Column(_("Masa")),
            Column(_("Wawancara"), number=True),
            Column(_("Keadaan")),
        ],
        [
            [
                Cell(one.name, url=reverse("surveys:survey", args=[one.pk]), sub=one.edition.title),
                one.unit.short_name,
                one.region.name,
                period_of(one),
                done[one.pk],
                state_of(one),
            ]
            for one in surveys
        ],
    )


def survey_facts(survey: Survey) -> list[Fact]:
    form = Cell(survey.edition.title, url=reverse("assessments:edition", args=[survey.edition_id]))
    return [
        Fact(_("Tujuan"), survey.purpose),
        Fact(_("Formulir"), form.text, Link(_("Lihat"), form.url)),
        Fact(_("Wilayah"), f"{survey.region.name} ({survey.region.code})"),
        Fact(_("Masa"), period_of(survey)),
        Fact(_("Unit"), survey.unit.name),
    ]


def progress_tiles(progress: Progress, today: date) -> list[tuple[int | str, str, str]]:
    """How many, of how many, how many today, villages that have enough."""
    by_day = dict(progress.by_day)
    wanted = [one for one in progress.by_village if one.wanted]
    tiles: list[tuple[int | str, str, str]] = [(progress.interviews, _("wawancara masuk"), "clipboard-text")]
    if progress.wanted:
        tiles.append((percent(progress.interviews, progress.wanted), _("dari target %d") % progress.wanted, "flag"))
        reached = f"{sum(one.is_reached for one in wanted)}/{len(wanted)}"
        tiles.append((reached, _("desa mencapai target"), "map-pin"))
    return [*tiles, (by_day.get(today, 0), _("wawancara hari ini"), "calendar")]


def villages_table(progress: Progress) -> Table | None:
    if not progress.by_village:
        return None
    rows: list[list[Any]] = []
    for one in progress.by_village:
        if one.village is None:
            rows.append([_("Tanpa desa yang dikenal"), one.interviews, "", "", ""])
            continue
        above = one.village.parent.name if one.village.parent else ""
        state = Status(_("tercapai"), "good") if one.is_reached else Status(_("kurang"), "warn")
        share = percent(one.interviews, one.wanted)
        name = Cell(one.village.name, sub=above)
        rows.append([name, one.interviews, one.wanted or "–", share, state if one.wanted else ""])
    return Table(
        [
            Column(_("Desa/kelurahan")),
            Column(_("Masuk"), number=True),
            Column(_("Target"), number=True),
            Column(_("Bagian"), number=True),
            Column(_("Keadaan")),
        ],
        rows,
    )


MOST_BARS: Final = 12


def villages_chart(progress: Progress) -> StackedBar | None:
    """What arrived and what is still wanted, of the villages with the largest targets."""
    wanted = sorted((one for one in progress.by_village if one.wanted and one.village), key=lambda one: -one.wanted)
    if not wanted:
        return None
    rows = [(one.village.name, [one.interviews, max(0, one.wanted - one.interviews)]) for one in wanted if one.village]
    series = [_("masuk"), _("masih kurang")]
    return StackedBar(_("Masuk dan kurang per desa"), series, rows[:MOST_BARS], _("Desa/kelurahan"))


def days_chart(progress: Progress) -> LineChart | None:
    if len(progress.by_day) < 2:
        return None
    labels = [date_format(on, "j M") for on, _count in progress.by_day]
    counts = [count for _on, count in progress.by_day]
    return LineChart(_("Wawancara per hari"), labels, [Series(_("wawancara"), counts)], label_title=_("Hari"))


def enumerators_table(progress: Progress, *, sees_all: bool) -> Table | None:
    """Who asked how many; of others nothing is known to who sees their own alone."""
    rows: list[list[Any]] = [
        [
            str(one.user),
            one.interviews,
            one.villages,
            day(one.latest_on) if one.latest_on else "–",
            Status(_("bertugas"), "good") if one.is_on else Status(_("tidak bertugas")),
        ]
        for one in progress.by_enumerator
        if sees_all or one.interviews
    ]
    if not rows:
        return None
    return Table(
        [
            Column(_("Pewawancara")),
            Column(_("Wawancara"), number=True),
            Column(_("Desa"), number=True),
            Column(_("Terakhir")),
            Column(_("Tugas hari ini")),
        ],
        rows,
    )


# --- interviews


def interviews_table(interviews: Iterable[Interview]) -> Table:
    return Table(
        [Column(_("Wawancara")), Column(_("Pewawancara")), Column(_("Desa/kelurahan")), Column(_("Lama"), number=True)],
        [
            [
                Cell(moment(one.started_at), url=reverse("surveys:interview", args=[one.pk])),
                str(one.enumerator),
                one.village.name if one.village else "–",
                length(one.took.total_seconds()) if one.took else "–",
            ]
            for one in interviews
        ],
    )


def interview_facts(one: Interview) -> list[Fact]:
    facts = [
        Fact(_("Pewawancara"), str(one.enumerator)),
        Fact(_("Mulai"), moment(one.started_at)),
        Fact(_("Lama"), length(one.took.total_seconds()) if one.took else "–"),
        Fact(_("Desa/kelurahan"), str(one.village) if one.village else "–"),
        Fact(_("Diterima"), moment(one.arrived_at)),
    ]
    if one.point:
        exact = _(" (± %s m)") % number(one.accuracy) if one.accuracy else ""
        facts.append(Fact(_("Titik"), f"{one.point[0]:.5f}, {one.point[1]:.5f}{exact}"))
    return facts


def interview_state(one: Interview, later: Interview | None) -> Status:
    if one.voided_at is not None:
        return Status(_("Dibatalkan: tidak dihitung"), "bad")
    if later is not None and later.voided_at is None:
        return Status(_("Sudah diganti"), "neutral")
    return Status(_("Berlaku"), "good")


def length(seconds: float) -> str:
    """«25 menit», «1 jam 5 menit», «40 detik»."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("%d detik") % round(seconds)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%d menit") % minutes
    return _("%(hours)d jam %(minutes)d menit") % {"hours": hours, "minutes": rest}


def missing(edition_id: UUID, problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """What is missing before an interview can be sent: the question, and what is wrong with it."""
    form = form_of(edition_id)
    return [(_label(form, one.path), one.message.said(language_of(form))) for one in problems]


def _label(form: Form, path: str) -> str:
    plain = "/".join(step.partition("[")[0] for step in path.split("/"))
    control = form.controls.get(plain)
    return (control.label.said(language_of(form)) if control else "") or plain.rpartition("/")[2]


# --- findings


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in words, with what may be done about it."""

    interview: Interview
    verdict: Verdict | None
    title: str
    words: str
    status: Status | None
    url: str
    decide_url: str
    others: Sequence[tuple[str, str]]


def shown(judged: Judged) -> Shown:
    one, verdict = judged.finding, judged.verdict
    decide = reverse("surveys:decide", args=[one.interview_id, one.kind])
    return Shown(
        interview=one.interview,
        verdict=verdict,
        title=str(Check(one.kind).label),
        words=evidence(one),
        status=outcome_of(verdict.outcome) if verdict else None,
        url=reverse("surveys:interview", args=[one.interview_id]),
        decide_url=f"{decide}?{urlencode({'tentang': one.about})}" if one.about else decide,
        others=[
            (
                _("%(day)s, %(name)s") % {"day": moment(other.started_at), "name": other.enumerator},
                reverse("surveys:interview", args=[other.pk]),
            )
            for other in judged.others
        ],
    )


def outcome_of(code: str) -> Status:
    outcome = Outcome(code)
    return Status(str(outcome.label), _OUTCOMES[outcome])


def evidence(one: Finding) -> str:  # noqa: PLR0911 - one line for each check
    """What speaks for it, with the figures."""
    facts: dict[str, Any] = one.facts
    match one.kind:
        case Check.SAME_NIK:
            return _("NIK %s juga tercatat dalam wawancara lain.") % ", ".join(mask(each) for each in facts["values"])
        case Check.SAME_PHONE:
            return _("Nomor telepon yang berakhir %s juga tercatat dalam wawancara lain.") % ", ".join(
                each[-4:] for each in facts["values"]
            )
        case Check.SAME_PERSON:
            return _("%s: nama, umur dan desa yang sama tercatat dalam wawancara lain.") % ", ".join(facts["names"])
        case Check.OUTLIER:
            return _("«%(question)s»: %(values)s. Yang wajar di survei ini %(low)s sampai %(high)s.") % {
                "question": _label(form_of(one.interview.edition_id), facts["path"]),
                "values": ", ".join(number(each) for each in facts["values"]),
                "low": number(facts["usual"][0]),
                "high": number(facts["usual"][1]),
            }
        case Check.TOO_FAST:
            return _(
                "%(took)s untuk %(count)d jawaban, %(own)d detik per jawaban. Biasanya %(usual)s, %(each)d detik per"
                " jawaban."
            ) % {
                "took": length(facts["seconds"]),
                "count": facts["count"],
                "usual": length(facts["usual"]),
                "each": round(facts["usual_each"]),
                "own": round(facts["seconds"] / max(facts["count"], 1)),
            }
        case Check.FAR_AWAY:
            return _("%(km)s km dari tengah wawancara lain di desa ini; yang lain biasanya %(usual)s km.") % {
                "km": number(round(facts["metres"] / 1000, 1)),
                "usual": number(round(facts["usual"] / 1000, 1)),
            }
        case Check.OUTSIDE_AREA if one.about == "village":
            return _("Desa yang disebut, %s, di luar wilayah survei ini.") % str(one.interview.village)
        case Check.OUTSIDE_AREA:
            return _("Titik lokasinya di luar Indonesia.")
        case Check.SAME_PLACE:
            place = {"count": facts["count"], "metres": facts["metres"]}
            return _("%(count)d wawancara pewawancara ini dalam jarak %(metres)d meter.") % place
        case Check.NO_POINT:
            return _("Formulir menanyakan titik lokasi, dan tidak ada yang tercatat.")
        case Check.DONT_KNOW:
            chosen = {"count": facts["count"], "of": facts["of"]}
            return _("%(count)d dari %(of)d pilihan dijawab tidak tahu atau tidak menjawab.") % chosen
        case _:
            form = form_of(one.interview.edition_id)
            told = [f"{_label(form, each['path'])} – {each['message']}" for each in facts["problems"][:5]]
            return "; ".join(told)


def checks_table(overview: Overview, users: Mapping[str, str]) -> Table | None:
    """How many findings wait, by check and enumerator."""
    kinds = [kind for kind in Check if kind in overview.kinds]
    if not kinds:
        return None
    columns = [Column(_("Pemeriksaan")), *(Column(name, number=True) for name in users.values())]
    return Table(
        [*columns, Column(_("Diputuskan"), number=True)],
        [
            [
                str(kind.label),
                *(overview.waiting.get((kind, key), 0) for key in users),
                overview.decided.get(kind, 0),
            ]
            for kind in kinds
        ],
    )


# --- results


@dataclass(frozen=True, slots=True)
class QuestionShown:
    label: str
    summary: str
    chart: StackedBar | None
    table: Table | None
    texts_url: str
    note: str


def sections(
    questions: Sequence[Question], language: str, texts_url: Callable[[str], str]
) -> list[tuple[str, list[QuestionShown]]]:
    """Questions by the part of the form they stand in (1 query where codes of places were answered)."""
    places = named_places([choice.value for one in questions for choice, _count in one.counts])
    found: dict[str, list[QuestionShown]] = defaultdict(list)
    for one in questions:
        url = texts_url(one.path) if one.is_read else ""
        found[one.section.said(language)].append(_question(one, language, places, url))
    return list(found.items())


def _question(one: Question, language: str, places: Mapping[str, str], texts_url: str) -> QuestionShown:
    label = one.label.said(language) or one.path.rpartition("/")[2]
    asked = _("%(answered)s dari %(asked)s menjawab") % {"answered": number(one.answered), "asked": number(one.asked)}
    chart = table = None
    note = _("beberapa jawaban boleh dipilih") if one.kind is Answered.MANY else ""
    if one.counts and one.answered:
        rows = [
            (places.get(choice.value) or choice.label.said(language) or choice.value, count)
            for choice, count in one.counts
        ]
        if any(count is None for _label_of, count in rows):
            note = _("angka 1–4 tidak ditampilkan")
        drawn = [(f"{words} ({percent(count, one.answered)})", [count]) for words, count in rows if count is not None]
        chart = StackedBar(_("Jawaban"), [_("jawaban")], drawn, _("Jawaban")) if drawn else None
    elif one.numbers is not None:
        q = one.numbers
        cells = [
            (_("terkecil"), q.least if q.least != q.lower else None),
            (_("seperempat terbawah"), q.lower),
            (_("tengah (median)"), q.middle),
            (_("seperempat teratas"), q.upper),
            (_("terbesar"), q.most if q.most != q.upper else None),
        ]
        rows_of = [[words, number(value)] for words, value in cells if value is not None]
        table = Table([Column(_("Ukuran")), Column(_("Nilai"), number=True)], rows_of)
    elif one.kind in {Answered.ONE, Answered.MANY, Answered.NUMBER} and one.asked:
        note = _("belum cukup jawaban untuk ditampilkan")
    return QuestionShown(label, asked, chart, table, texts_url, note)


# --- data without identity


def levels_table(levels: Mapping[RegionLevel, Standing]) -> Table | None:
    """What each level would give away: how many rows would stand alone."""
    if not any(one.rows for one in levels.values()):
        return None
    rows: list[list[Any]] = [
        [str(level.label), one.rows, Cell(number(one.unique), sub=percent(one.unique, one.rows))]
        for level, one in levels.items()
    ]
    alone = Column(_("Baris yang sendirian"), number=True)
    return Table([Column(_("Wilayah sehalus")), Column(_("Baris"), number=True), alone], rows)


def releases_table(releases: Sequence[Release]) -> Table | None:
    if not releases:
        return None
    columns = [Column(_("Kapan")), Column(_("Siapa")), Column(_("Untuk apa")), Column(_("Wilayah"))]
    return Table(
        [*columns, Column(_("Baris"), number=True)],
        [
            [
                moment(one.taken_at),
                str(one.taken_by),
                one.purpose,
                str(RegionLevel(one.level).label),
                Cell(number(one.rows), sub=_("%s sendirian") % number(one.unique_rows)),
            ]
            for one in releases
        ],
    )


def about_release(survey: Survey, release: Release, dropped: Sequence[str]) -> str:
    """What lies beside the data: what it is, what is not in it, and what it must not be used for."""
    lines = [
        survey.name,
        _("Formulir: %s") % survey.edition,
        _("Wilayah: %s; dikasarkan sampai %s.") % (survey.region, str(RegionLevel(release.level).label).lower()),
        _("Diunduh %(at)s oleh %(by)s untuk: %(purpose)s")
        % {"at": moment(release.taken_at), "by": release.taken_by, "purpose": release.purpose},
        "",
        ngettext(
            "%(rows)d wawancara. %(unique)d baris sendirian menurut wilayah, umur, jenis kelamin dan sejenisnya:"
            " jangan digabung dengan data lain yang bernama.",
            "%(rows)d wawancara. %(unique)d baris sendirian menurut wilayah, umur, jenis kelamin dan sejenisnya:"
            " jangan digabung dengan data lain yang bernama.",
            release.rows,
        )
        % {"rows": release.rows, "unique": release.unique_rows},
        _("Sel kosong berarti tidak ditanyakan atau tidak dijawab; tidak pernah berarti nol atau tidak."),
        "",
        _("Tidak ikut: %s.") % "; ".join(dropped),
    ]
    return "\r\n".join(str(line) for line in lines)
