from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.database import EDITION_FILE_IS_KEPT, EDITION_IS_KEPT
from serasi.assessments.enums import FileKind, Kind, Rater
from serasi.assessments.models.worded import Worded
from serasi.assessments.querysets import EditionFileQuerySet, EditionQuerySet, InstrumentQuerySet
from serasi.cases.enums import AreaTag
from serasi.common.identifiers import uuid7


@tracked
class Instrument(Record):
    """Something that is asked in the same way again and again. What it asks stands in its editions.

    Without ``unit`` it is shipped and everyone's; else it is used in that unit and beneath it.
    """

    personal = Classified(none="id unit code written_at", general="written_by")

    # PROTECT: whose it is stays known.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="instruments")
    code = models.SlugField(_("kode"), max_length=60)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrumen")
        ordering: ClassVar = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "unit"],
                nulls_distinct=False,
                name="assessments_instrument_code_is_unique",
                violation_error_message=_("Kode instrumen ini sudah dipakai."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def guard_for(self, user: User) -> Guard:
        """A shipped one sits above all units: nobody's posting reaches it for writing."""
        return self.unit.guard_for(user) if self.unit else Guard("")


@tracked
class Edition(Worded, Record):
    """What an instrument asks, as it was published: it never changes again, except that it may be closed.

    ``version`` is the author's; ``key`` is what scores are compared along: editions that share it may stand in one
    curve. ``sections`` are the outermost parts of the form with the professions that fill them; empty is everyone.
    Ages are in whole years at the day of assessment.
    """

    personal = Classified(
        none="id instrument version title description kind key licence source raters youngest oldest interval_days"
        " clusters tags languages words sections warnings form_id md5 written_at published_at closed_at",
        general="written_by published_by closed_by",
    )
    database_functions = EDITION_IS_KEPT

    # CASCADE: an instrument is never deleted while it has a published edition (those are kept by the database).
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="editions")
    version = models.CharField(_("versi"), max_length=40)
    title = models.CharField(_("judul"), max_length=150)
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, blank=True)
    key = models.CharField(_("kunci banding"), max_length=60)
    licence = models.CharField(_("lisensi"), max_length=300)
    source = models.CharField(_("sumber"), max_length=500)
    raters = ArrayField(models.CharField(max_length=20, choices=Rater), default=list, blank=True)
    youngest = models.PositiveSmallIntegerField(_("umur paling muda"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("umur paling tua"), null=True, blank=True)
    interval_days = models.PositiveSmallIntegerField(_("diulang setiap (hari)"), null=True, blank=True)
    clusters = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    words = models.JSONField(default=dict, blank=True)
    sections = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    form_id = models.CharField(max_length=100)
    md5 = models.CharField(max_length=32)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: authorship stays.
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edisi instrumen")
        ordering: ClassVar = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "version"],
                name="assessments_version_is_published_once",
                violation_error_message=_("Versi ini sudah ada. Naikkan nomor versinya di lembar «settings»."),
            ),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(oldest__gte=F("youngest")),
                name="assessments_ages_are_in_order",
                violation_error_message=_("Umur paling tua tidak boleh di bawah umur paling muda."),
            ),
            models.CheckConstraint(
                condition=Q(interval_days=None) | Q(interval_days__gte=1),
                name="assessments_interval_is_days",
                violation_error_message=_("Selang pengulangan paling sedikit satu hari."),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False)
                & ~Q(kind="")
                & ~Q(licence="")
                & ~Q(source=""),
                name="assessments_published_says_what_it_is",
                violation_error_message=_("Isi jenis, lisensi dan sumber instrumen sebelum menerbitkannya."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__gte=F("published_at"), closed_by__isnull=False),
                name="assessments_only_published_is_closed",
                violation_error_message=_("Hanya edisi yang sudah terbit yang dapat ditutup."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_title} ({self.version})"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def is_open(self) -> bool:
        """Whether something new may be begun with it."""
        return self.published_at is not None and self.closed_at is None

    def fits_age(self, years: int | None) -> bool:
        """Whether it is meant for someone of this age; unknown ages fit everything."""
        return years is None or (self.youngest or 0) <= years <= (999 if self.oldest is None else self.oldest)

    def guard_for(self, user: User) -> Guard:
        return self.instrument.guard_for(user)


class EditionForm(models.Model):
    """The files of an edition, apart from it because they are large: what the author sent, and the XForm made of it."""

    personal = Classified(none="edition source_name source xform")

    # CASCADE: part of the edition.
    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="form")
    source_name = models.CharField(max_length=150)
    source = models.BinaryField()
    xform = models.TextField()

    def __str__(self) -> str:
        return self.source_name


class EditionFile(models.Model):
    """A picture, sound or list that the form of an edition names: still missing, or as its author brought it.

    ``sheet``, ``row`` and ``column`` are where the author's sheets name it first. Kept beside the form, with its bytes,
    so that it is published, carried on and backed up with it.
    """

    personal = Classified(none="id edition name kind sheet row column media_type md5 size data")
    database_functions = EDITION_FILE_IS_KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # CASCADE: part of the edition.
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=FileKind)
    sheet = models.CharField(max_length=40, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=100, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    md5 = models.CharField(max_length=32, blank=True)
    size = models.PositiveIntegerField(default=0)
    data = models.BinaryField(null=True)

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="assessments_form_names_a_file_once"),
            models.CheckConstraint(
                condition=Q(data=None, md5="", media_type="", size=0)
                | Q(data__isnull=False, size__gt=0) & ~Q(md5="") & ~Q(media_type=""),
                name="assessments_brought_file_says_what_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_missing(self) -> bool:
        return not self.md5

    @property
    def content(self) -> bytes:
        """Its bytes (1 query where they were deferred)."""
        return bytes(self.data or b"")
