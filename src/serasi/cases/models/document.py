from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.enums import AreaTag, DocumentKind, ReferralAnswer
from serasi.cases.models.case import Case
from serasi.cases.models.part import TAGS_ARE_READABLE, CasePart, CasePartQuerySet, readable_tags
from serasi.cases.models.referral import Referral


class DocumentQuerySet(CasePartQuerySet["Document"]):
    def visible_to(self, actor: User) -> Self:
        """Of files this user may open, and those a referral discloses to them; never beyond their area tags."""
        if actor.scope.is_system:
            return self
        disclosing = (
            Referral.objects.visible_to(actor)
            .filter(documents__contains=Func(OuterRef("pk"), template="ARRAY[%(expressions)s]"))
            .filter(sent_at__isnull=False, withdrawn_at=None)
            .exclude(answer=ReferralAnswer.REFUSED)
        )
        files = Case.objects.visible_to(actor)
        return self.filter(Q(case__in=files) | Exists(disclosing), tags__contained_by=readable_tags(actor))


@tracked
class Document(CasePart):
    """A file in the case: uploaded, or a letter written by Serasi."""

    personal = Classified(
        none="id case written_by written_at kind media_type size sha256 withdrawn_at",
        specific="title tags file withdraw_reason",
    )
    # Also what a referral discloses: read by its receiver, unless withdrawn or refused.
    row_policy = (
        f"({CasePart.row_policy} OR EXISTS (SELECT 1 FROM cases_referral referral"  # noqa: S608  (constants)
        " WHERE referral.documents @> ARRAY[cases_document.id] AND referral.sent_at IS NOT NULL"
        f" AND referral.withdrawn_at IS NULL AND referral.answer <> 'refused')) AND {TAGS_ARE_READABLE}"
    )

    kind = models.CharField(_("jenis"), max_length=12, choices=DocumentKind)
    title = models.CharField(_("judul"), max_length=200)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    file = models.FileField(upload_to="documents/%Y/%m")
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(_("alasan penarikan"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()  # type: ignore[misc]  # wider sight than other parts have

    class Meta:
        ordering: ClassVar = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdraw_reason=""),
                name="cases_withdrawn_document_says_why",
                violation_error_message=_("Tuliskan alasan penarikan dokumen."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked
class LetterSeries(Record):
    """How one unit numbers one kind of letter: a pattern, and the number given last in each year.

    Numbers run without gaps: the counter row is locked by whoever takes the next one.
    """

    personal = Classified(none="id unit kind pattern year latest")

    # PROTECT: numbers given out stay explained.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letter_series")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    pattern = models.CharField(
        _("pola nomor"), max_length=80, default="{number}/{series}/{classification}/{unit}/{month}/{year}"
    )
    year = models.PositiveSmallIntegerField()
    latest = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year"], name="cases_one_series_per_unit_kind_year"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind} {self.year}"

    def guard_for(self, user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class Letter(Record):
    """A numbered letter that was issued: what its check page tells, which is nothing about the person."""

    personal = Classified(
        none="id document unit kind number year sequence issued_at signer_name signer_role code sha256 revoked_at"
    )
    # No row policy: the check page is for everyone who holds the paper; it is found by `code` alone.

    # PROTECT: the paper is out in the world.
    document = models.OneToOneField(Document, models.PROTECT, related_name="letter")
    # PROTECT: as above.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    number = models.CharField(_("nomor"), max_length=80)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    signer_name = models.CharField(_("penanda tangan"), max_length=150)
    signer_role = models.CharField(_("jabatan"), max_length=120)
    code = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="cases_letter_number_is_unique_in_unit"),
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "sequence"], name="cases_letter_sequence_has_no_double"
            ),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="cases_letter_sequence_starts_at_one"),
        ]

    def __str__(self) -> str:
        return self.number
