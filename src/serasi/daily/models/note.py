from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import NoteKind
from serasi.daily.models.policies import OF_UNIT_OR_STAY
from serasi.daily.querysets import DailyNoteQuerySet
from serasi.residence.models import Stay, Ward


@tracked
class DailyNote(Record):
    """A few words of a carer about a ward or about one resident; about several, one row each, with the id of the first
    as ``written_as``. ``is_handed_on``: the next shift is to know."""

    personal = Classified(
        none="id unit ward written_as is_handed_on written_at", general="written_by", specific="stay kind text"
    )
    row_policy = OF_UNIT_OR_STAY
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as above.
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="daily_notes")
    # PROTECT: what was seen of someone stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="daily_notes")
    written_as = models.UUIDField()
    kind = models.CharField(_("tentang"), max_length=9, choices=NoteKind)
    text = models.TextField(_("catatan"))
    is_handed_on = models.BooleanField(_("teruskan ke giliran berikut"), default=False)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = DailyNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan harian")
        ordering: ClassVar = ["-written_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=NoteKind.values) & ~Q(text=""),
                name="daily_note_says_something",
                violation_error_message=_("Tulis catatannya."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ward", "-written_at"], name="daily_note_by_ward"),
            models.Index(fields=["stay", "-written_at"], name="daily_note_by_stay"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user) if self.stay else Guard(self.unit.path)
