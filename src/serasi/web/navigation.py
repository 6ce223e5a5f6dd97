"""The main navigation, as data: what stands there, for whom, in which order."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role
from serasi.access.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation: a permission of the list lets it be seen; none means everyone who is signed in.

    It comes right after the first for the roles whose day it ``leads``: a telephone shows the first four.
    """

    label: Any
    url_name: str
    icon: str
    any_of: tuple[str, ...] = ()
    leads: tuple[Role, ...] = ()

    def is_for(self, user: User) -> bool:
        return not self.any_of or any(user.scope.has(code) for code in self.any_of)


ENTRIES = (
    Entry(_("Hari ini"), "web:home", "home"),
    Entry(_("Kasus"), "cases:list", "folder", ("cases.case.open",)),
    Entry(_("Orang"), "people:list", "users", ("people.person.search",)),
    # Living together
    Entry(_("Hunian"), "residence:boards", "bed", ("residence.board.see",)),
    Entry(_("Harian"), "daily:wards", "checklist", ("daily.day.see",), leads=(Role.CARER,)),
    Entry(_("Halaman saya"), "tablet:own", "user", ("tablet.own.see",), leads=(Role.RESIDENT,)),
    Entry(_("Siklus"), "cycles:list", "refresh", ("cases.case.open",)),
    Entry(_("Foyer"), "foyer:houses", "walk", ("foyer.house.see",)),
    Entry(_("Foyer saya"), "foyer:mine", "walk", ("foyer.own.see",)),
    Entry(_("Keselamatan"), "safety:start", "alert-triangle", ("safety.concern.raise",)),
    Entry(_("Prakiraan penghuni"), "capacity:houses", "chart-bar", ("capacity.outlook.see",)),
    Entry(_("Penampungan"), "shelters:gatherings", "map-pin", ("shelters.gathering.see",)),
    # Coming in and going on
    Entry(_("Laporan masuk"), "cases:reports", "speakerphone", ("cases.report.receive",)),
    Entry(_("Rujukan"), "cases:referrals", "arrows-exchange", ("cases.referral.answer",)),
    Entry(_("Kegiatan kelompok"), "cases:sessions", "heart-handshake", ("cases.service.deliver",)),
    Entry(_("Persetujuan supervisor"), "cases:approvals", "checklist", ("cases.approval.decide",)),
    Entry(_("Impor daftar"), "interop:rosters", "upload", ("interop.roster.import",)),
    Entry(_("Direktori layanan"), "institutions:directory", "building-community", ("institutions.directory.read",)),
    # Setting up
    Entry(_("Unit dan petugas"), "access:units", "settings", ("access.posting.manage", "access.unit.manage")),
    Entry(_("Siapkan unit baru"), "cases:unit_setup", "plus", ("institutions.institution.set_up",)),
    Entry(_("Tablet wisma"), "tablet:tablets", "device-tv", ("tablet.tablet.manage",)),
    Entry(_("Kewenangan"), "access:permissions", "lock", ("access.posting.manage", "access.unit.manage")),
    Entry(_("Jejak"), "access:trail", "shield-lock", ("access.trail.see",)),
)


def navigation_for(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    """The lines this user may see, with the one marked under which the present page stands."""
    lines = []
    first, *rest = ENTRIES
    for entry in (first, *sorted(rest, key=lambda entry: user.scope.roles.isdisjoint(entry.leads))):
        if not entry.is_for(user):
            continue
        url = reverse(entry.url_name)
        lines.append({"label": entry.label, "url": url, "icon": entry.icon, "current": False})
    under = [line for line in lines if line["url"] != "/" and request.path.startswith(line["url"])]
    here = max(under, key=lambda line: len(line["url"]), default=None) or next(
        (line for line in lines if line["url"] == request.path), None
    )
    if here is not None:
        here["current"] = True
    return lines
