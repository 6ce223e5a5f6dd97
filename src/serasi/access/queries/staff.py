"""Who is posted where, for those who rule over it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from serasi.access.models import Posting, Unit, User
from serasi.access.permissions import MANAGE_POSTINGS
from serasi.access.scope import today


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting with what a list shows of it."""

    id: UUID
    user_id: UUID
    name: str
    email: str
    role: str
    unit_name: str
    starts_on: date
    last_day: date | None
    is_active: bool
    has_password: bool

    @property
    def state(self) -> str:
        """coming, running, ending (within 30 days) or ended."""
        now = today()
        if self.starts_on > now:
            return "coming"
        if self.last_day is None:
            return "running"
        if self.last_day < now:
            return "ended"
        return "ending" if (self.last_day - now).days <= 30 else "running"


def manageable_postings(user: User) -> QuerySet[Posting]:
    """Every posting, of whatever time, at the units whose staff this user rules over."""
    units = Unit.objects.reached_by(user, MANAGE_POSTINGS).values("pk")
    return (
        Posting.objects.filter(unit__in=units)
        .select_related("user", "unit")
        .order_by("unit__path", "user__full_name", "period", "pk")
    )


def staff_of(unit: Unit) -> list[PostingRow]:
    """The postings at one unit: those in force first by name, then those to come, then those that ended."""
    postings = Posting.objects.filter(unit=unit).select_related("user", "unit").order_by("user__full_name", "pk")
    order = {"running": 0, "ending": 0, "coming": 1, "ended": 2}
    return sorted((row_of(p) for p in postings), key=lambda r: (order[r.state], r.name))


def row_of(posting: Posting) -> PostingRow:
    return PostingRow(
        id=posting.pk,
        user_id=posting.user_id,
        name=posting.user.full_name,
        email=posting.user.email,
        role=str(posting.get_role_display()),
        unit_name=posting.unit.short_name,
        starts_on=posting.starts_on,
        last_day=posting.last_day,
        is_active=posting.user.is_active,
        has_password=posting.user.has_usable_password(),
    )
