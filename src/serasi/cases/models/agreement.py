from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, User, tracked
from serasi.cases.enums import SignedFor, Signing
from serasi.cases.models.part import CasePart


@tracked
class Agreement(CasePart):
    """The first agreement with the person: rights, duties and length explained and accepted (*kesepakatan awal*).

    Consent to the use of personal data is a record of its own (`people.Consent`) and named here.
    """

    personal = Classified(
        none="id case written_by written_at text_version explained_by signed_for signing signed_at starts_on ends_on",
        general="guardian_name guardian_relation witness_name",
        specific="promises",
    )

    text_version = models.CharField(_("versi naskah"), max_length=40)
    # PROTECT: who explained it is part of the agreement.
    explained_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_for = models.CharField(_("disetujui oleh"), max_length=10, choices=SignedFor)
    guardian_name = models.CharField(_("nama wali"), max_length=150, blank=True)
    guardian_relation = models.CharField(_("hubungan wali"), max_length=80, blank=True)
    signing = models.CharField(_("cara menyetujui"), max_length=12, choices=Signing)
    witness_name = models.CharField(_("nama saksi"), max_length=150, blank=True)
    signed_at = models.DateTimeField(_("disepakati"))
    starts_on = models.DateField(_("berlaku mulai"))
    ends_on = models.DateField(_("berlaku sampai"))
    promises = models.TextField(_("kesepakatan khusus"), max_length=4000, blank=True)

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="cases_agreement_ends_after_start",
                violation_error_message=_("Tanggal selesai harus setelah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=~Q(signed_for=SignedFor.GUARDIAN) | ~Q(guardian_name=""),
                name="cases_agreement_names_the_guardian",
                violation_error_message=_("Tuliskan nama wali yang menyetujui."),
            ),
            models.CheckConstraint(
                condition=Q(signing=Signing.SIGNATURE) | ~Q(witness_name=""),
                name="cases_agreement_names_the_witness",
                violation_error_message=_("Cap jempol dan persetujuan lisan memerlukan nama saksi."),
            ),
        ]

    @property
    def text_name(self) -> str:
        return _("Naskah kesepakatan, versi %(version)s") % {"version": self.text_version.rpartition("_v")[2]}

    def __str__(self) -> str:
        return f"Kesepakatan {self.case}, {self.signed_at:%Y-%m-%d}"

    def is_in_force(self, on: date) -> bool:
        return self.starts_on <= on < self.ends_on
