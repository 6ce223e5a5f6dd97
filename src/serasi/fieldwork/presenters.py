"""How devices and sendings are shown."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.access.models import User
from serasi.common.components import Cell, Column, Fact, Status, Tab, Table
from serasi.fieldwork.enums import Purpose
from serasi.fieldwork.permissions import MANAGE_DEVICES
from serasi.fieldwork.queries.sendings import Sending
from serasi.people.permissions import EDIT


def tabs_for(reader: User, current: str) -> list[Tab]:
    """The pages of this app that this reader has."""
    places = [("devices", _("Perangkat saya")), ("sendings", _("Kiriman saya"))]
    if reader.scope.has(EDIT):
        places.append(("differences", _("Perbedaan")))
    if reader.scope.has(MANAGE_DEVICES):
        places.append(("unit", _("Perangkat unit")))
    return [Tab(label, reverse(f"fieldwork:{name}"), current=name == current) for name, label in places]


def sendings_table(sendings: Sequence[Sending]) -> Table:
    """One's own sendings and what became of each, in words."""
    rows = [
        [
            Cell(one.submission.title, url=_page_of(one), sub=about(one)),
            date_format(timezone.localtime(one.submission.received_at), "j M Y H.i"),
            state(one),
            outcome(one),
        ]
        for one in sendings
    ]
    return Table([Column(_("Kiriman")), Column(_("Diterima")), Column(_("Keadaan")), Column(_("Menjadi apa"))], rows)


def waiting_table(sendings: Sequence[Sending]) -> Table:
    """What waits for a decision."""
    rows = [
        [
            Cell(one.submission.title, url=reverse("fieldwork:sending", args=[one.submission.pk]), sub=one.case_number),
            Cell(str(one.submission.user), sub=str(one.submission.device or "")),
            date_format(timezone.localtime(one.submission.received_at), "j M Y H.i"),
            one.submission.get_waits_for_display(),
        ]
        for one in sendings
    ]
    columns = [Column(_("Kiriman")), Column(_("Dari")), Column(_("Diterima")), Column(_("Menunggu karena"))]
    return Table(columns, rows)


def about(one: Sending) -> str:
    """Whose case it is about, and by which device it came."""
    parts = [one.case_name, one.case_number, str(one.submission.device or "")]
    return " · ".join(part for part in parts if part)


def state(one: Sending) -> Status:
    sent = one.submission
    if sent.is_waiting or one.open_differences:
        return Status(_("Menunggu"), "warn")
    if sent.is_dropped:
        return Status(_("Dibuang"), "neutral")
    return Status(_("Berkas kurang"), "warn") if one.missing else Status(_("Masuk"), "good")


def outcome(one: Sending) -> str:
    """What became of it, in a sentence."""
    sent = one.submission
    if sent.is_waiting:
        return _("Menunggu keputusan: %s.") % sent.get_waits_for_display()
    if sent.is_dropped:
        return _("Dibuang oleh %s.") % sent.settled_by
    match sent.purpose:
        case Purpose.ASSESSMENT:
            became = _("Ada dalam berkas kasusnya.")
        case Purpose.INTERVIEW:
            became = _("Ada dalam hasil survei.")
        case Purpose.FOUND:
            became = _("Menjadi laporan di unit.")
        case Purpose.CHANGE if one.open_differences:
            count = one.open_differences
            became = ngettext("%d perbedaan menunggu keputusan.", "%d perbedaan menunggu keputusan.", count) % count
        case _:
            became = _("Data orangnya sudah diubah.")
    if one.missing:
        became += " " + _("Berkas yang belum datang: %s.") % ", ".join(one.missing)
    return became


def facts_of(one: Sending) -> list[Fact]:
    """What is known of one sending."""
    sent = one.submission
    moment = "j M Y H.i"
    return [
        Fact(_("Dari"), str(sent.user)),
        Fact(_("Perangkat"), str(sent.device or "–")),
        Fact(_("Kasus"), " · ".join(part for part in (one.case_name, one.case_number) if part) or "–"),
        Fact(
            _("Diisi"),
            date_format(timezone.localtime(sent.started_at), moment) if sent.started_at else _("tidak tercatat"),
        ),
        Fact(_("Diterima"), date_format(timezone.localtime(sent.received_at), moment)),
        Fact(_("Menjadi apa"), outcome(one)),
    ]


def _page_of(one: Sending) -> str:
    sent = one.submission
    if sent.purpose == Purpose.FOUND and one.report_is_readable:
        return reverse("cases:report", args=[sent.pk])
    if sent.purpose == Purpose.ASSESSMENT and one.case_number and sent.landed_at is not None:
        return reverse("assessments:of_case", args=[sent.case_id])
    if one.open_differences:
        return reverse("fieldwork:differences")
    return reverse("fieldwork:sending", args=[sent.pk])
