from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.fieldwork.enums import Choice, Fact
from serasi.fieldwork.models.policies import OF_DIFFERENCE
from serasi.fieldwork.models.submission import Submission
from serasi.fieldwork.querysets import DifferenceQuerySet
from serasi.people.models import Person


@tracked
class Difference(Record):
    """A device and the desk changed one fact about a person differently: what stood on the phone (``base``), what stood
    at the desk when it came, what the device says. Nothing is overwritten until a person decides. ``is_same_village``
    belongs to an address: the village on record stays.
    """

    personal = Classified(
        none="id submission fact is_same_village chosen settled_at", general="person base desk device settled_by"
    )
    row_policy = OF_DIFFERENCE

    # PROTECT: where it came from stays known.
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="differences")
    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="field_differences")
    fact = models.CharField(max_length=8, choices=Fact)
    base = models.CharField(max_length=250, blank=True)
    desk = models.CharField(max_length=250, blank=True)
    device = models.CharField(max_length=250, blank=True)
    is_same_village = models.BooleanField(default=False)
    chosen = models.CharField(max_length=6, choices=Choice, blank=True)
    # PROTECT: authorship stays.
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("perbedaan")
        ordering: ClassVar = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "fact"], name="fieldwork_fact_differs_once"),
            models.CheckConstraint(condition=~Q(desk=F("device")), name="fieldwork_versions_differ"),
            models.CheckConstraint(
                condition=Q(chosen="", settled_at=None, settled_by=None)
                | ~Q(chosen="") & Q(settled_at__isnull=False, settled_by__isnull=False),
                name="fieldwork_deciding_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.get_fact_display()

    def guard_for(self, user: User) -> Guard:
        return self.person.guard_for(user)
