"""What is asked and done step by step in a stay: the screening for what spreads, and the lists that are worked off."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.residence.enums import Checklist
from serasi.residence.models.movement import Movement
from serasi.residence.models.policies import OF_STAY
from serasi.residence.models.stay import Stay
from serasi.residence.querysets import OfStayQuerySet, ScreeningQuerySet


@tracked
class Screening(Record):
    """Questions about what spreads in a house, asked of someone who comes. Health: read by those who may record it.

    ``answers`` are yes, no or unknown by the code of the question; ``found`` are the codes answered yes. It is followed
    up once somebody who knows has looked.
    """

    personal = Classified(
        none="id stay written_at followed_up_at",
        general="written_by followed_up_by",
        specific="answers found note finding",
    )
    row_policy = f"{OF_STAY} AND (SELECT access_may('residence.stay.screen'))"
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: as of the stay.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="screenings")
    answers = models.JSONField(_("jawaban"))
    found = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.CharField(_("keterangan"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    finding = models.CharField(_("hasil pemeriksaan"), max_length=500, blank=True)
    # PROTECT: as above.
    followed_up_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    followed_up_at = models.DateTimeField(null=True, blank=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("skrining")
        ordering: ClassVar = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(followed_up_at=None, followed_up_by=None, finding="")
                | Q(followed_up_at__gte=F("written_at"), followed_up_by__isnull=False) & ~Q(finding=""),
                name="residence_screening_follow_up_is_whole",
                violation_error_message=_("Tulis hasil pemeriksaannya."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stay_id}: {self.written_at:%Y-%m-%d}"

    @property
    def waits(self) -> bool:
        """Somebody who knows has to look, and has not."""
        return bool(self.found) and self.followed_up_at is None

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)


@tracked
class Step(Record):
    """A step of a list that was done: when, by whom, what came of it. Never changed.

    A search hangs on the movement that says that someone is gone: each has its own steps.
    """

    personal = Classified(
        none="id stay movement checklist code written_at", general="written_by", specific="happened_at note"
    )
    row_policy = OF_STAY
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: as of the stay.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="steps")
    # PROTECT: what the step follows from stays.
    movement = models.ForeignKey(Movement, models.PROTECT, null=True, blank=True, related_name="steps")
    checklist = models.CharField(max_length=12, choices=Checklist)
    code = models.CharField(_("langkah"), max_length=40)
    happened_at = models.DateTimeField(_("waktu"))
    note = models.CharField(_("hasil"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfStayQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah")
        ordering: ClassVar = ["happened_at", "written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "checklist", "code", "movement"],
                nulls_distinct=False,
                name="residence_step_is_taken_once",
                violation_error_message=_("Langkah ini sudah dicatat. Muat ulang halaman ini."),
            ),
            models.CheckConstraint(
                condition=Q(checklist=Checklist.SEARCH, movement__isnull=False)
                | Q(movement=None) & ~Q(checklist=Checklist.SEARCH),
                name="residence_search_has_its_beginning",
            ),
            models.CheckConstraint(condition=Q(checklist__in=Checklist.values), name="residence_step_list_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_checklist_display()}: {self.code}"

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)
