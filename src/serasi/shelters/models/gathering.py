from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.institutions.models import Region
from serasi.shelters.database import GATHERING_FUNCTIONS
from serasi.shelters.enums import GatheringKind
from serasi.shelters.querysets import GatheringQuerySet


@tracked
class Gathering(Record):
    """People come at once: a temporary shelter, a round-up, a disaster. It is open until everyone is accounted for.

    ``join_code`` lets colleagues of other units in. Someone who is sent late, after closing, opens it again
    (``reopened_at``): the database holds that a closed gathering has nobody left.
    """

    personal = Classified(
        none="id unit kind place region capacity join_code opened_at closed_at reopened_at",
        general="opened_by closed_by",
    )
    database_functions: ClassVar[str] = GATHERING_FUNCTIONS

    # PROTECT: a unit that took people in is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis"), max_length=8, choices=GatheringKind)
    place = models.CharField(_("tempat"), max_length=120)
    # PROTECT: the edition that was in force stays.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.PositiveIntegerField(_("daya tampung"), null=True, blank=True)
    join_code = models.CharField(max_length=8, unique=True)
    opened_at = models.DateTimeField()
    # PROTECT: authorship stays.
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("penampungan")
        ordering: ClassVar = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
                name="shelters_closing_is_whole",
                violation_error_message=_("Waktu tutup tidak boleh sebelum waktu buka."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.place}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_helped_by(self, user: User) -> bool:
        known: dict[object, bool] = self.__dict__.setdefault("_helped_by", {})
        if user.pk not in known:
            known[user.pk] = Helper.objects.filter(gathering=self, user=user).exists()
        return known[user.pk]

    def guard_for(self, user: User) -> Guard:
        """A helper counts as being on the team; asked of those alone whose own unit it is not."""
        is_near = any(self.unit.path.startswith(post.unit_path) for post in user.scope.posts)
        return Guard(self.unit.path, is_team=not is_near and self.is_helped_by(user))


@tracked
class Helper(Record):
    """Someone of another unit was let in with the code."""

    personal = Classified(none="id gathering joined_at", general="user")

    # CASCADE: help is help at a gathering.
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="helping")
    # PROTECT: users are switched off, not deleted.
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "user"], name="shelters_helper_joins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.gathering_id}"


@tracked
class TagRange(Record):
    """Numbers set aside for one phone, so that two that hear nothing of each other never give the same tag."""

    personal = Classified(none="id gathering first last given_at", general="given_to")

    # CASCADE: numbers of a gathering.
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="ranges")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    # PROTECT: users are switched off, not deleted.
    given_to = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "first"], name="shelters_range_is_given_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="shelters_range_has_numbers"),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
