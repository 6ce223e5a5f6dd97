"""The pages and events that casework itself adds to a file; `apps.py` calls this once at start."""

from django.utils.translation import gettext_lazy as _

from serasi.cases import permissions
from serasi.cases.registry import Tab, register_tab

_TABS = (
    (10, _("Ringkasan"), "cases:case", permissions.OPEN_CASE_FILE),
    (20, _("Kesepakatan"), "cases:agreements", permissions.OPEN_CASE_FILE),
    (30, _("Asesmen"), "cases:assessments", permissions.OPEN_CASE_FILE),
    (40, _("Temu bahas"), "cases:conferences", permissions.OPEN_CASE_FILE),
    (85, _("Tim dan tugas"), "cases:team", permissions.OPEN_CASE_FILE),
)


def register() -> None:
    for order, title, url_name, permission in _TABS:
        register_tab(Tab(order, title, url_name, permission))
