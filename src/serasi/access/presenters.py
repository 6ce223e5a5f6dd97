"""How this app words and arranges what its pages show."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.access.enums import SignInKind
from serasi.access.models import SignIn
from serasi.access.operations import Conflict
from serasi.access.queries.staff import PostingRow
from serasi.access.scope import today
from serasi.common.components import Cell, Difference, Status, Tone


def posting_status(row: PostingRow) -> Status:
    """Where a posting is in its time, as a word."""
    if not row.is_active:
        return Status(_("Akun dimatikan"), "bad")
    match row.state:
        case "coming":
            return Status(_("Belum mulai"), "info")
        case "ending":
            left = (row.last_day - today()).days + 1 if row.last_day else 0
            return Status(ngettext("Tinggal %d hari", "Tinggal %d hari", left) % left, "warn", "clock")
        case "ended":
            return Status(_("Berakhir"), "neutral")
        case _:
            return Status(_("Berlaku"), "good")


def period_in_words(row: PostingRow) -> str:
    """ "3 Nov 2026 – 2 Nov 2027", or without a known end."""
    first = date_format(row.starts_on, "j M Y")
    if row.last_day is None:
        return _("sejak %(day)s, tanpa batas waktu") % {"day": first}
    return f"{first} – {date_format(row.last_day, 'j M Y')}"


def posting_acts(row: PostingRow) -> SafeString:
    """What can still be done with a posting, as links that name it."""
    if row.state == "ended":
        return mark_safe("")
    acts = [(_("Akhiri"), reverse("access:posting_end", args=[row.id]))]
    if row.last_day is not None:
        acts.append((_("Perpanjang"), reverse("access:posting_extend", args=[row.id])))
    link = '<a href="{}">{}<span class="visually-hidden"> {}, {}</span></a>'
    return format_html_join(mark_safe(" · "), link, ((url, label, row.role, row.unit_name) for label, url in acts))


def _moment(at: datetime) -> Cell:
    moment = localtime(at)
    return Cell(date_format(moment, "j M Y"), sub=date_format(moment, "H.i"))


def sign_in_row(sign_in: SignIn) -> list[Any]:
    tones: dict[str, Tone] = {SignInKind.IN: "good", SignInKind.REFUSED: "bad"}
    return [
        _moment(sign_in.at),
        Status(str(sign_in.get_kind_display()), tones.get(sign_in.kind, "neutral")),
        sign_in.browser or _("tidak dikenal"),
        sign_in.address or "",
    ]


def differences_of(conflict: Conflict) -> list[Difference]:
    """What was typed beside what is stored, with the words of the fields."""
    model = type(conflict.stored)
    rows = []
    for name, typed in conflict.typed.items():
        field: Any = model._meta.get_field(name)
        words = dict(getattr(field, "flatchoices", ()) or ())
        stored = getattr(conflict.stored, name)
        label = str(getattr(field, "verbose_name", name))
        rows.append(Difference(label[:1].upper() + label[1:], words.get(typed, typed), words.get(stored, stored)))
    return rows
