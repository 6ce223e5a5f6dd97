from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, RevisionField, tracked
from serasi.cases.enums import AreaTag, Domain, SpmNeed
from serasi.cases.models.part import TAGGED_POLICY, CasePart


@tracked
class DomainAssessment(CasePart):
    """What one profession found in one domain. Professions write side by side; a final one is only followed."""

    personal = Classified(
        none="id case written_by written_at domain finalised_at revision",
        specific="tags findings strengths needs",
    )
    row_policy = TAGGED_POLICY

    domain = models.CharField(_("ranah"), max_length=14, choices=Domain)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    findings = models.TextField(_("temuan"), max_length=8000, blank=True)
    strengths = models.TextField(_("kekuatan"), max_length=4000, blank=True)
    needs = models.TextField(_("kebutuhan"), max_length=4000, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["domain", "-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "domain", "written_by"],
                condition=Q(finalised_at=None),
                name="cases_one_open_draft_per_domain_and_author",
                violation_error_message=_("Anda masih punya rancangan asesmen untuk ranah ini."),
            ),
            models.CheckConstraint(
                condition=Q(finalised_at=None) | ~Q(findings=""),
                name="cases_final_assessment_has_findings",
                violation_error_message=_("Tuliskan temuan sebelum menyelesaikan asesmen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_domain_display()}"

    @property
    def tag_labels(self) -> list[str]:
        return [str(AreaTag(tag).label) for tag in self.tags]

    @property
    def is_final(self) -> bool:
        return self.finalised_at is not None


@tracked
class SpmAnswer(CasePart):
    """The assessed need for basic rehabilitation: the answer that makes the SPM indicator countable."""

    personal = Classified(none="id case written_by written_at", specific="need reason")

    need = models.CharField(_("kebutuhan rehabilitasi dasar"), max_length=12, choices=SpmNeed)
    reason = models.TextField(_("dasar jawaban"), max_length=2000)

    class Meta:
        ordering: ClassVar = ["-written_at"]

    def __str__(self) -> str:
        return f"{self.case}: {self.need}"
