from datetime import datetime
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.people.models import Person
from serasi.people.models.policies import as_person
from serasi.tablet.querysets import PinQuerySet

MOST_WRONG = 5
"""Wrong PINs in a row after which the person waits."""


@tracked
class Pin(Record):
    """Six figures by which someone opens their own view on a tablet of their house; kept as a hash."""

    personal = Classified(none="id set_at wrong locked_until", general="person set_by", secret="code")
    row_policy = as_person("tablet_pin")

    # CASCADE: part of the person's access.
    person = models.OneToOneField(Person, models.CASCADE, related_name="pin")
    code = models.CharField(max_length=128)
    # PROTECT: authorship stays.
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("PIN")
        ordering: ClassVar = ["set_at"]
        constraints = [
            models.CheckConstraint(condition=Q(wrong__lte=MOST_WRONG), name="tablet_pin_is_tried_at_most_so_often"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    def guard_for(self, user: User) -> Guard:
        return self.person.guard_for(user)

    def is_locked(self, at: datetime) -> bool:
        return self.locked_until is not None and self.locked_until > at

    def fits(self, typed: str) -> bool:
        return check_password(typed, self.code)
