import json
from datetime import date
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import BackgroundWork, Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.common.encryption import EncryptedBinaryField, EncryptedTextField, KeyedHashField
from serasi.common.spreadsheets import Cell
from serasi.interop.enums import Outcome, RosterState
from serasi.interop.querysets import RosterImportQuerySet, RosterRowQuerySet
from serasi.people.models import Person

IMPORTS_POLICY: Final = (
    "(interop_rosterimport.uploaded_by_id = access_actor()"
    " AND interop_rosterimport.unit_id = ANY((SELECT access_units('interop.roster.import'))::uuid[]))"
    " OR interop_rosterimport.unit_id = ANY((SELECT access_units('interop.roster.oversee'))::uuid[])"
)


@tracked
class RosterImport(Record):
    """A spreadsheet of a unit's people, on its way into the register.

    The file itself is kept only until its rows are read. ``mapping`` names for each column the field it is read as, or
    nothing. What an import has come to is told by its dates and those of its two works, reading and saving.
    """

    personal = Classified(
        none="id unit uploaded_at file_hash sheet_name header_row headers mapping no_nik_reason reading saving"
        " cancelled_at revision",
        general="uploaded_by filename",
        secret="content",
    )
    row_policy = IMPORTS_POLICY

    # PROTECT: a unit with imports behind it is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    # PROTECT: users are switched off, not deleted.
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh"))
    uploaded_at = models.DateTimeField(_("diunggah"))
    filename = models.CharField(_("nama berkas"), max_length=200)
    file_hash = models.CharField(max_length=64)
    content = EncryptedBinaryField(null=True, context="interop.RosterImport.content")
    sheet_name = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField(default=0)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    no_nik_reason = models.CharField(max_length=40)
    # PROTECT: the work tells what became of the import.
    reading = models.ForeignKey(BackgroundWork, models.PROTECT, null=True, related_name="+")
    # PROTECT: as above.
    saving = models.ForeignKey(BackgroundWork, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    revision = RevisionField()

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "file_hash"],
                condition=Q(cancelled_at=None),
                name="interop_a_unit_takes_a_file_once",
                violation_error_message=_(
                    "Berkas yang sama sudah diunggah rekan di unit ini. Minta ia atau kepala unit menyelesaikannya."
                ),
            ),
            models.CheckConstraint(condition=~Q(filename=""), name="interop_roster_has_a_filename"),
        ]

    def __str__(self) -> str:
        return self.filename

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    @property
    def state(self) -> RosterState:
        if self.cancelled_at:
            return RosterState.CANCELLED
        if self.saving is not None:
            if self.saving.finished_at:
                return RosterState.SAVED
            return RosterState.STOPPED if self.saving.has_ended else RosterState.SAVING
        if self.reading is not None and self.reading.finished_at:
            return RosterState.READ
        return RosterState.UNREADABLE if self.reading is not None and self.reading.has_ended else RosterState.READING

    @property
    def work(self) -> BackgroundWork | None:
        """The work that matters now."""
        return self.saving or self.reading

    def columns_of(self, field: str) -> list[int]:
        return [column for column, name in enumerate(self.mapping) if name == field]


@tracked
class RosterRow(Record):
    """One row of a roster as it stood in the file, what it was found to be, and whom it became.

    ``problems`` holds lists of column, what is wrong, how to mend it, and whether it is an error, ``matches`` the
    people it may be and why; their sentences are kept to be told in the reader's language (`serasi.common.sentences`).
    ``fingerprint`` is the same for rows that say the same, whatever file and column they stand in.
    """

    personal = Classified(
        none="id roster number outcome saved_at decided_at decided_by",
        general="person",
        specific="problems matches",
        identity="cells fingerprint nik_hash",
    )
    row_policy = "interop_rosterrow.roster_id = ANY(ARRAY(SELECT visible.id FROM interop_rosterimport visible))"

    # CASCADE: a row is part of its import.
    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("baris"))
    cells = EncryptedTextField()
    fingerprint = KeyedHashField(purpose="roster", null=True)
    nik_hash = KeyedHashField(purpose="nik", null=True)
    outcome = models.CharField(_("hasil"), max_length=8, choices=Outcome, blank=True)
    problems = models.JSONField(default=list)
    matches = models.JSONField(default=list)
    # PROTECT: people are merged, never deleted.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # PROTECT: users are switched off, not deleted.
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["roster", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "number"], name="interop_row_stands_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="interop_row_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(saved_at=None) | Q(person__isnull=False), name="interop_saved_row_is_a_person"
            ),
        ]
        indexes = [
            models.Index(fields=["roster", "outcome", "number"], name="interop_row_of_outcome"),
            models.Index(fields=["fingerprint"], name="interop_row_fingerprint", condition=Q(person__isnull=False)),
            models.Index(fields=["roster", "nik_hash"], name="interop_row_nik", condition=Q(nik_hash__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.number}"

    @property
    def values(self) -> tuple[Cell, ...]:
        """The cells as they were read: texts and days."""
        return tuple(date.fromisoformat(c["d"]) if isinstance(c, dict) else c for c in json.loads(self.cells))


def cells_as_text(cells: tuple[Cell, ...]) -> str:
    """How cells are kept: a JSON list in which a day is told from a text."""
    return json.dumps(
        [{"d": (c.isoformat())[:10]} if isinstance(c, date) else str(c) for c in cells],
        ensure_ascii=False,
        separators=(",", ":"),
    )
