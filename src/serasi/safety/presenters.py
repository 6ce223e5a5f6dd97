"""Wording and arrangement for the pages of safety."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from serasi.common.components import Cell, Column, Event, Fact, Status, Table, Tone
from serasi.common.templatetags.serasi import waktu
from serasi.safety.enums import SEVERITY_WORDS, Part, Severity, Turn
from serasi.safety.models import Amendment, Concern, FollowUp, Incident, Involved, Restraint, Review
from serasi.safety.queries import Names, ToTell

_TONES: Final[Mapping[Severity, Tone]] = {
    Severity.LIGHT: "neutral",
    Severity.MODERATE: "info",
    Severity.SERIOUS: "warn",
    Severity.GRAVE: "bad",
}
NEVER_FOR_PUNISHMENT: Final = gettext_lazy(
    "Hanya untuk mencegah bahaya, sesingkat mungkin, setelah cara lain dicoba. Tidak pernah sebagai hukuman. Memasung,"
    " merantai atau mengurung dilarang dan tidak dapat dicatat di sini: sampaikan sebagai kekhawatiran."
)


def lasting(length: timedelta) -> str:
    """How long, in the two largest words: "2 jam 5 menit", "3 hari 4 jam"."""
    minutes = max(int(abs(length).total_seconds() // 60), 0)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        (days, ngettext("%d hari", "%d hari", days)),
        (hours, ngettext("%d jam", "%d jam", hours)),
        (minutes, ngettext("%d menit", "%d menit", minutes)),
    ]
    told = [words % number for number, words in parts if number][:2]
    return " ".join(told) or _("kurang dari satu menit")


def severity_status(code: str) -> Status:
    severity = Severity(code)
    return Status(str(SEVERITY_WORDS[severity]), _TONES[severity])


def until(moment: datetime, now: datetime) -> Status:
    """How far a moment is: red once it has passed."""
    left = lasting(moment - now)
    if now > moment:
        return Status(_("Terlambat %s") % left, "bad", "alert-circle")
    return Status(_("Sisa %s") % left, "warn" if moment - now < timedelta(hours=2) else "info", "clock")


def incident_state(incident: Any, now: datetime) -> Status:
    """Of an incident `with_state` and `with_clock`."""
    if incident.is_closed:
        return Status(pgettext("kejadian", "Ditutup"), "neutral", "lock")
    if incident.notice_due_at is not None:
        return until(incident.notice_due_at, now)
    return Status(_("Semua sudah diberi tahu"), "good", "check")


def incident_table(incidents: Sequence[Any], people: Mapping[Any, Sequence[str]], now: datetime) -> Table:
    return Table(
        columns=[
            Column(_("Kejadian")),
            Column(_("Berat kejadian")),
            Column(_("Siapa")),
            Column(_("Kapan dan di mana")),
            Column(_("Keadaan")),
        ],
        rows=[
            [
                Cell(one.get_kind_display(), url=reverse("safety:incident", args=[one.pk]), sub=one.number),
                severity_status(one.severity),
                ", ".join(people.get(one.pk, ())) or "–",
                Cell(waktu(one.happened_at), sub=place_of(one)),
                incident_state(one, now),
            ]
            for one in incidents
        ],
        caption=_("Kejadian"),
    )


def place_of(incident: Incident) -> str:
    return ", ".join(part for part in (str(incident.ward or ""), incident.place) if part)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One recipient of an incident, as it stands on the page."""

    who: str
    rule: str
    status: Status
    told: tuple[str, ...]


def told_lines(lines: Sequence[ToTell], now: datetime, veil: Any) -> list[ToldLine]:
    return [
        ToldLine(
            str(one.recipient.label),
            _("paling lambat %(when)s (%(hours)d jam; %(basis)s)")
            % {"when": waktu(one.due_at), "hours": one.rule.hours, "basis": _(one.rule.basis)}
            if one.rule
            else _("tidak diwajibkan"),
            _told_status(one, now),
            tuple(
                " · ".join(
                    part
                    for part in (
                        waktu(notice.told_at),
                        str(notice.get_means_display()),
                        veil.over(notice.told_to),
                        veil.over(notice.note),
                        str(notice.written_by),
                    )
                    if part
                )
                for notice in one.notices
            ),
        )
        for one in lines
    ]


def _told_status(one: ToTell, now: datetime) -> Status:
    if not one.is_told:
        return until(one.due_at, now)
    if all(notice.means == "impossible" for notice in one.notices):
        return Status(_("Tidak dapat diberi tahu"), "warn", "info-circle")
    if one.is_late(now):
        return Status(_("Diberi tahu, terlambat"), "warn", "check")
    return Status(_("Sudah diberi tahu"), "good", "check")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody involved, as this reader may know them."""

    involved: Involved
    who: str
    part: str
    words: tuple[str, ...]


def person_lines(rows: Sequence[Involved], names: Names) -> list[PersonLine]:
    order = list(Part)
    lines = [
        PersonLine(
            one,
            names.of(one.person_id, one.tag) if one.person_id else names.veil.over(one.words),
            str(one.get_part_display()),
            tuple(names.veil.over(text) for text in (one.injury, one.treatment) if text),
        )
        for one in rows
    ]
    return sorted(
        lines, key=lambda line: (line.involved.withdrawn_at is not None, order.index(Part(line.involved.part)))
    )


def history(
    incident: Incident,
    *,
    amendments: Sequence[Amendment],
    reviews: Sequence[Review],
    follow_ups: Sequence[FollowUp],
    labels: Mapping[str, Any],
    veil: Any,
) -> list[Event]:
    """What became of the report, latest first."""
    told = [Event(_("Dilaporkan"), incident.reported_at, str(incident.reported_by), icon="speakerphone")]
    for one in amendments:
        before = "\n".join(
            _("%(field)s, sebelumnya: %(words)s")
            % {"field": labels.get(name, name), "words": veil.over(_(words)) if words else "–"}
            for name, words in zip(one.fields, one.before, strict=True)
        )
        text = f"{veil.over(one.reason)}\n{before}"
        told.append(Event(_("Laporan diubah"), one.written_at, str(one.written_by), text, icon="edit"))
    for review in reviews:
        is_closing = review.turn == Turn.CLOSED
        text = veil.over(review.reason)
        if is_closing:
            text = _("Sebab: %(cause)s\nPelajaran: %(learning)s") % {
                "cause": veil.over(review.cause),
                "learning": veil.over(review.learning),
            }
        told.append(
            Event(
                str(review.get_turn_display()),
                review.written_at,
                str(review.written_by),
                text,
                icon="lock" if is_closing else "refresh",
            )
        )
    told += [
        Event(_("Tindak lanjut selesai"), one.done_at, str(one.done_by), veil.over(one.result), icon="check")
        for one in follow_ups
        if one.done_at
    ]
    return sorted(told, key=lambda event: event.at or incident.reported_at, reverse=True)


# --- Restraint -------------------------------------------------------------------------------------------------------


def restraint_state(restraint: Any, now: datetime) -> list[Status]:
    """Of a restraint `with_clock`: what must be done, the most urgent first."""
    if not restraint.is_running:
        over = minutes_over(restraint)
        states = [Status(_("Diakhiri"), "neutral")]
        if over:
            states.append(Status(_("Melewati batas %s") % lasting(over), "bad", "alert-circle"))
        if restraint.reviewed_at is None:
            states.append(Status(_("Menunggu tinjauan"), "warn", "clock"))
        return states
    states = []
    if now > restraint.limit_at:
        states.append(Status(_("Lewat batas %s") % lasting(now - restraint.limit_at), "bad", "alert-triangle"))
    if now > restraint.check_due_at:
        states.append(Status(_("Periksa sekarang, terlambat %s") % lasting(now - restraint.check_due_at), "bad", "eye"))
    else:
        states.append(Status(_("Periksa dalam %s") % lasting(restraint.check_due_at - now), "warn", "eye"))
    return states


def minutes_over(restraint: Any) -> timedelta:
    """How long past its limit an ended restraint went on."""
    over: timedelta = restraint.ended_at - restraint.limit_at
    return max(over, timedelta(0))


def restraint_table(restraints: Sequence[Any], names: Names, now: datetime) -> Table:
    return Table(
        columns=[
            Column(_("Siapa")),
            Column(_("Cara")),
            Column(_("Mulai")),
            Column(_("Lama")),
            Column(_("Keadaan")),
        ],
        rows=[
            [
                Cell(names.of(one.person_id, one.tag), url=reverse("safety:restraint", args=[one.pk])),
                str(one.get_kind_display()),
                waktu(one.began_at),
                lasting((one.ended_at or now) - one.began_at),
                restraint_state(one, now)[0],
            ]
            for one in restraints
        ],
        caption=_("Pengekangan dan isolasi"),
    )


def restraint_facts(restraint: Restraint, veil: Any) -> list[Fact]:
    return [
        Fact(_("Cara"), str(restraint.get_kind_display())),
        Fact(_("Bahaya yang dicegah"), str(restraint.get_danger_display())),
        Fact(_("Apa yang terjadi"), veil.over(restraint.account)),
        Fact(_("Yang dicoba lebih dahulu"), veil.over(restraint.tried)),
        Fact(_("Diputuskan oleh"), restraint.decided_by),
        Fact(_("Yang diberi tahu"), veil.over(restraint.informed)),
        Fact(
            _("Batas"),
            _("%(standing)s: paling lama %(limit)d menit, diperiksa tiap %(check)d menit (aturan unit sendiri)")
            % {
                "standing": restraint.get_standing_display(),
                "limit": restraint.limit_minutes,
                "check": restraint.check_minutes,
            },
        ),
    ]


# --- Concerns --------------------------------------------------------------------------------------------------------


def concern_state(concern: Any, now: datetime) -> Status:
    """Of a concern `with_state`."""
    if concern.closed_at:
        return Status(pgettext("kekhawatiran", "Ditutup"), "neutral", "lock")
    if concern.answered_at:
        return Status(_("Sudah dijawab"), "good", "message")
    if concern.acknowledged_at:
        return Status(_("Diterima, sedang ditangani"), "info", "check")
    if now > concern.acknowledge_by:
        return Status(_("Belum diterima, terlambat %s") % lasting(now - concern.acknowledge_by), "bad", "alert-circle")
    return Status(_("Terkirim"), "warn", "clock")


def concern_table(concerns: Sequence[Concern], now: datetime, caption: str) -> Table:
    return Table(
        columns=[Column(_("Kekhawatiran")), Column(_("Tentang")), Column(_("Ditujukan kepada")), Column(_("Keadaan"))],
        rows=[
            [
                Cell(
                    str(one.get_harm_display()),
                    url=reverse("safety:concern", args=[one.pk]),
                    sub=f"{one.unit} · {waktu(one.raised_at)}",
                ),
                str(one.get_about_display()),
                str(one.goes_to),
                concern_state(one, now),
            ]
            for one in concerns
        ],
        caption=caption,
    )
