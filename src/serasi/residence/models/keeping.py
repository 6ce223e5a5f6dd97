"""What a house keeps for someone who lives there: belongings, handed over on paper; money, in a ledger.

Each time two people stand for it: who wrote it and who saw it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.common.money import MAX_RUPIAH
from serasi.residence.database import MONEY_FUNCTIONS
from serasi.residence.enums import HandoverKind, MoneyKind
from serasi.residence.models.policies import OF_STAY
from serasi.residence.models.stay import Stay
from serasi.residence.querysets import BelongingQuerySet, OfStayQuerySet


@tracked
class Handover(Record):
    """Belongings go one way, with two signatures. One without belongings says that nothing was brought."""

    personal = Classified(
        none="id stay kind happened_at written_at", general="written_by witness signed_by", specific="note"
    )
    row_policy = OF_STAY
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: as of the stay.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=8, choices=HandoverKind)
    happened_at = models.DateTimeField(_("waktu"))
    signed_by = models.CharField(_("yang menandatangani"), max_length=150)
    note = models.CharField(_("keterangan"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: who saw it stays known.
    witness = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("saksi"))
    written_at = models.DateTimeField()

    objects = OfStayQuerySet.as_manager()

    class Meta:
        verbose_name = _("serah terima barang")
        ordering: ClassVar = ["happened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(witness=F("written_by")),
                name="residence_handover_has_two_people",
                violation_error_message=_("Saksi harus orang lain, bukan yang mencatat."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=HandoverKind.values) & ~Q(signed_by=""),
                name="residence_handover_is_signed",
                violation_error_message=_("Isi siapa yang menandatangani."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_at:%Y-%m-%d}"

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)


@tracked
class Belonging(Record):
    """Something that was received: still kept, returned, or explained (``fate``)."""

    personal = Classified(none="id received returned quantity", specific="name fate")
    row_policy = "EXISTS (SELECT 1 FROM residence_handover handover WHERE handover.id = received_id)"
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: the paper on which it was received.
    received = models.ForeignKey(Handover, models.PROTECT, related_name="belongings")
    name = models.CharField(_("barang"), max_length=200)
    quantity = models.PositiveSmallIntegerField(_("jumlah"), default=1)
    # PROTECT: the paper on which it was returned.
    returned = models.ForeignKey(Handover, models.PROTECT, null=True, blank=True, related_name="given_back")
    fate = models.CharField(_("mengapa tidak dikembalikan"), max_length=300, blank=True)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("barang")
        ordering: ClassVar = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fate="") | Q(returned__isnull=False),
                name="residence_fate_is_told_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & ~Q(name=""),
                name="residence_belonging_is_something",
                violation_error_message=_("Isi barangnya dan jumlahnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"

    def guard_for(self, user: User) -> Guard:
        return self.received.guard_for(user)


@tracked
class MoneyLine(Record):
    """A line of the ledger of money kept for someone. Never changed: a mistake is reversed by a line of its own.

    ``change`` is what it adds, in rupiah; the balance is their sum and never below nothing, which the database holds
    (`residence_money_is_never_negative`).
    """

    personal = Classified(
        none="id stay written_at reverses", general="written_by witness", specific="kind change happened_at note"
    )
    row_policy = OF_STAY
    withheld: ClassVar[str] = "UPDATE, DELETE"
    database_functions: ClassVar[str] = MONEY_FUNCTIONS

    # PROTECT: as of the stay.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="money")
    kind = models.CharField(max_length=8, choices=MoneyKind)
    change = models.BigIntegerField(_("jumlah"))
    happened_at = models.DateTimeField(_("waktu"))
    note = models.CharField(_("keterangan"), max_length=300)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: who saw it stays known.
    witness = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("saksi"))
    written_at = models.DateTimeField()
    # PROTECT: what was written wrongly stays readable.
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")

    objects = OfStayQuerySet.as_manager()

    class Meta:
        verbose_name = _("uang titipan")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MoneyKind.RECEIVED, reverses=None, change__gt=0)
                | Q(kind__in=[MoneyKind.SPENT, MoneyKind.RETURNED], reverses=None, change__lt=0)
                | Q(kind=MoneyKind.RECEIVED, reverses__isnull=False, change__lt=0)
                | Q(kind__in=[MoneyKind.SPENT, MoneyKind.RETURNED], reverses__isnull=False, change__gt=0),
                name="residence_money_goes_its_way",
                violation_error_message=_("Isi jumlah uangnya, lebih dari nol."),
            ),
            models.CheckConstraint(
                condition=Q(change__gte=-MAX_RUPIAH, change__lte=MAX_RUPIAH),
                name="residence_money_is_payable",
                violation_error_message=_("Jumlah uang terlalu besar. Periksa banyaknya angka nol."),
            ),
            models.CheckConstraint(
                condition=~Q(witness=F("written_by")),
                name="residence_money_has_two_people",
                violation_error_message=_("Saksi harus orang lain, bukan yang mencatat."),
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="residence_money_says_what_for",
                violation_error_message=_("Tulis uang ini dari siapa atau untuk apa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.change}"

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)
