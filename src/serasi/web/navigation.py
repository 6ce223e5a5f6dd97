"""The main navigation, as data: what stands there, for whom, under which heading, in which order."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role
from serasi.access.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation: a permission of the list lets it be seen; none means everyone who is signed in."""

    label: Any
    url_name: str
    icon: str
    any_of: tuple[str, ...] = ()

    def is_for(self, user: User) -> bool:
        return not self.any_of or any(user.scope.has(code) for code in self.any_of)


TODAY: Final = Entry(_("Hari ini"), "web:home", "home")
GROUPS: Final[tuple[tuple[Any, tuple[Entry, ...]], ...]] = (
    (
        _("Orang dan kasus"),
        (
            Entry(_("Kasus"), "cases:list", "folder", ("cases.case.open",)),
            Entry(_("Orang"), "people:list", "users", ("people.person.search",)),
            Entry(_("Hak dan bantuan"), "entitlements:of_caseload", "clipboard-text", ("entitlements.person.see",)),
            Entry(_("Siklus"), "cycles:list", "refresh", ("cases.case.open",)),
            Entry(_("Instrumen"), "assessments:catalogue", "clipboard-text", ("assessments.instrument.see",)),
            Entry(_("Kerja tanpa sinyal"), "fieldwork:devices", "walk", ("fieldwork.device.use",)),
            Entry(_("Survei"), "surveys:surveys", "checklist", ("surveys.survey.see",)),
            Entry(_("Kegiatan kelompok"), "cases:sessions", "heart-handshake", ("cases.service.deliver",)),
            Entry(_("Persetujuan supervisor"), "cases:approvals", "checklist", ("cases.approval.decide",)),
        ),
    ),
    (
        _("Rumah"),
        (
            Entry(_("Hunian"), "residence:boards", "bed", ("residence.board.see",)),
            Entry(_("Harian"), "daily:wards", "checklist", ("daily.day.see",)),
            Entry(_("Halaman saya"), "tablet:own", "user", ("tablet.own.see",)),
            Entry(_("Keselamatan"), "safety:start", "alert-triangle", ("safety.concern.raise",)),
            Entry(_("Foyer"), "foyer:houses", "walk", ("foyer.house.see",)),
            Entry(_("Foyer saya"), "foyer:mine", "walk", ("foyer.own.see",)),
            Entry(_("Prakiraan penghuni"), "capacity:houses", "chart-bar", ("capacity.outlook.see",)),
            Entry(_("Penampungan"), "shelters:gatherings", "map-pin", ("shelters.gathering.see",)),
        ),
    ),
    (
        _("Laporan dan rujukan"),
        (
            Entry(_("Laporan masuk"), "cases:reports", "speakerphone", ("cases.report.receive",)),
            Entry(_("Rujukan"), "cases:referrals", "arrows-exchange", ("cases.referral.answer",)),
            Entry(
                _("Direktori layanan"), "institutions:directory", "building-community", ("institutions.directory.read",)
            ),
            Entry(_("Impor daftar"), "interop:rosters", "upload", ("interop.roster.import",)),
        ),
    ),
    (
        _("Unit"),
        (
            Entry(_("Unit dan petugas"), "access:units", "settings", ("access.posting.manage", "access.unit.manage")),
            Entry(_("Siapkan unit baru"), "cases:unit_setup", "plus", ("institutions.institution.set_up",)),
            Entry(_("Tablet wisma"), "tablet:tablets", "device-tv", ("tablet.tablet.manage",)),
            Entry(_("Kewenangan"), "access:permissions", "lock", ("access.posting.manage", "access.unit.manage")),
            Entry(_("Pertukaran data"), "exchange:peers", "arrows-exchange", ("exchange.peer.see",)),
            Entry(_("Jejak"), "access:trail", "shield-lock", ("access.trail.see",)),
        ),
    ),
)
LEADS: Final[dict[Role, tuple[str, ...]]] = {
    Role.RESIDENT: ("tablet:own", "foyer:mine"),
    Role.CARER: ("daily:wards", "residence:boards", "safety:start"),
    Role.SUPERVISOR: ("cases:approvals", "cases:list", "people:list"),
    Role.HEAD: ("cases:list", "residence:boards", "cases:reports"),
    Role.FIELD_ASSISTANT: ("cases:list", "cases:reports", "cases:sessions"),
    Role.DINAS_OFFICER: ("cases:reports", "cases:referrals", "cases:list"),
    Role.ADMINISTRATOR: ("access:units", "cases:unit_setup", "access:permissions"),
}
"""What the day of a role is made of."""
USUAL: Final = ("cases:list", "people:list", "residence:boards")
ABOVE: Final = 4
"""Lines that stand above the headings: a telephone shows them under the thumb."""
SHORT: Final = 9
"""So many lines need no headings."""


def navigation_for(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    """The lines this user may see, with the one marked under which the present page stands.

    Those that lead the day of this user come first, without a heading; the others follow by their headings
    (``group``).
    """
    seen = {entry.url_name: (group, entry) for group, entries in GROUPS for entry in entries if entry.is_for(user)}
    wanted = [name for role in LEADS if role in user.scope.roles for name in LEADS[role]]
    above = list(dict.fromkeys(name for name in (*wanted, *USUAL) if name in seen))[: ABOVE - 1]
    lines = [_line(TODAY), *(_line(seen[name][1]) for name in above)]
    is_short = len(seen) < SHORT
    lines += [_line(entry, "" if is_short else group) for name, (group, entry) in seen.items() if name not in above]
    under = [line for line in lines if line["url"] != "/" and request.path.startswith(line["url"])]
    here = max(under, key=lambda line: len(line["url"]), default=None) or next(
        (line for line in lines if line["url"] == request.path), None
    )
    if here is not None:
        here["current"] = True
    return lines


def _line(entry: Entry, group: Any = "") -> dict[str, Any]:
    return {"label": entry.label, "url": reverse(entry.url_name), "icon": entry.icon, "group": group, "current": False}
