"""The whole answer to "who may what", in words: one table for the page and for `docs/permissions.md`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from serasi.access import registry
from serasi.access.enums import Reach, Role
from serasi.access.registry import Permission

AREAS = {
    "access": _("Akun, unit dan jejak"),
    "institutions": _("Lembaga dan direktori"),
    "people": _("Data orang"),
    "cases": _("Kasus"),
    "entitlements": _("Hak dan bantuan"),
    "safety": _("Keselamatan"),
    "interop": _("Impor dan ekspor"),
    "exchange": _("Pertukaran data"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One permission: what it means, and who holds it how far."""

    code: str
    meaning: str
    held_by: tuple[tuple[Role, Reach], ...]

    @property
    def by_reach(self) -> list[tuple[Reach, list[Role]]]:
        """Widest first."""
        return [
            (reach, roles)
            for reach in reversed(Reach)
            if (roles := [role for role, held in self.held_by if held == reach])
        ]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


def groups(role: Role | None = None) -> list[Group]:
    """Every permission by area; with a role, only those it holds."""
    found = []
    for area, permissions in _by_area(registry.permissions()):
        lines = tuple(
            Line(p.code, str(p.meaning), tuple((r, p.held_by[r]) for r in Role if r in p.held_by and role in (None, r)))
            for p in permissions
            if role is None or role in p.held_by
        )
        if lines:
            found.append(Group(str(AREAS.get(area, area.capitalize())), lines))
    return found


def as_markdown() -> str:
    """`docs/permissions.md`: written by `serasi permissions`, kept true by a test."""
    parts = [
        "# Siapa boleh apa",
        "",
        "Dibuat oleh `serasi permissions --write`; jangan disunting. `/kewenangan/` menampilkan isi yang sama.",
        "Jangkauan: " + "; ".join(f"**{reach.value}** {reach.label}" for reach in Reach) + ".",
        "Kasus rahasia hanya dijangkau timnya, apa pun jangkauan perannya.",
    ]
    for group in groups():
        parts += ["", f"## {group.title}", "", "| Kewenangan | Kode | Siapa |", "|---|---|---|"]
        for line in group.lines:
            holders = "; ".join(
                f"{', '.join(str(role.label) for role in roles)} ({reach.value})" for reach, roles in line.by_reach
            )
            parts.append(f"| {line.meaning} | `{line.code}` | {holders or 'hanya sistem'} |")
    return "\n".join(parts) + "\n"


def _by_area(permissions: Iterable[Permission]) -> list[tuple[str, list[Permission]]]:
    areas: dict[str, list[Permission]] = {}
    for permission in permissions:
        areas.setdefault(permission.code.partition(".")[0], []).append(permission)
    order = list(AREAS)
    return sorted(areas.items(), key=lambda item: order.index(item[0]) if item[0] in order else 99)
