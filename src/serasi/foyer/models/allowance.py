from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.foyer.enums import Guests, Outing, Phone, Right
from serasi.foyer.models.agreement import Agreement
from serasi.foyer.models.policies import OF_AGREEMENT
from serasi.foyer.querysets import AllowanceQuerySet

MOST_DAYS = 14
"""What lasts longer is a step, up or back, and is decided as one."""


@tracked
class Allowance(Record):
    """One right is wider or narrower for some days, with a reason: home late once, no going out for three days."""

    personal = Classified(
        none="id agreement right first_date latest_date outing until phone phone_hours amount guests written_at"
        " withdrawn_at",
        general="written_by withdrawn_by",
        specific="reason withdrawn_reason",
    )
    row_policy = OF_AGREEMENT
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: what was allowed or forbidden stays known.
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="allowances")
    right = models.CharField(_("hak"), max_length=6, choices=Right)
    outing = models.CharField(_("keluar rumah"), max_length=11, choices=Outing, blank=True)
    until = models.TimeField(_("pulang paling lambat"), null=True, blank=True)
    phone = models.CharField(_("telepon"), max_length=5, choices=Phone, blank=True)
    phone_hours = models.CharField(_("jam telepon"), max_length=60, blank=True)
    amount = models.PositiveIntegerField(_("uang saku seminggu"), null=True, blank=True)
    guests = models.CharField(_("tamu"), max_length=10, choices=Guests, blank=True)
    first_date = models.DateField(_("hari pertama"))
    latest_date = models.DateField(_("hari terakhir"))
    reason = models.CharField(_("alasan"), max_length=300)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: as above.
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(_("alasan dicabut"), max_length=300, blank=True)

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("izin atau batasan sementara")
        ordering: ClassVar = ["-first_date"]
        constraints = [
            ExclusionConstraint(
                name="foyer_right_is_changed_once_a_day",
                expressions=[
                    (F("agreement"), RangeOperators.EQUAL),
                    (F("right"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_date"),
                            F("latest_date"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("Hak ini sudah diubah pada hari itu. Cabut dahulu yang ada."),
            ),
            models.CheckConstraint(
                condition=Q(
                    latest_date__gte=F("first_date"),
                    latest_date__lt=Func(
                        F("first_date"), template=f"(%(expressions)s + {MOST_DAYS})", output_field=models.DateField()
                    ),
                ),
                name="foyer_allowance_lasts_14_days_at_most",
                violation_error_message=_("Paling lama 14 hari. Untuk lebih lama, ajukan naik atau mundur fase."),
            ),
            models.CheckConstraint(
                condition=(Q(right=Right.OUTING) ^ Q(outing=""))
                & (Q(right=Right.CURFEW) ^ Q(until=None))
                & (Q(right=Right.PHONE) ^ Q(phone=""))
                & (Q(right=Right.MONEY) ^ Q(amount=None))
                & (Q(right=Right.GUESTS) ^ Q(guests="")),
                name="foyer_allowance_says_what_changes",
                violation_error_message=_("Isi apa yang berubah pada hari itu."),
            ),
            models.CheckConstraint(
                condition=Q(
                    right__in=Right.values,
                    outing__in=["", *Outing.values],
                    phone__in=["", *Phone.values],
                    guests__in=["", *Guests.values],
                ),
                name="foyer_allowance_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=~Q(phone=Phone.HOURS) | ~Q(phone_hours=""),
                name="foyer_allowance_names_the_phone_hours",
                violation_error_message=_("Tulis jam berapa telepon dipegang."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="foyer_allowance_has_a_reason",
                violation_error_message=_("Tulis alasannya."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="foyer_withdrawal_is_whole",
                violation_error_message=_("Tulis mengapa dicabut."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()} {self.first_date:%Y-%m-%d}"

    def guard_for(self, user: User) -> Guard:
        return self.agreement.guard_for(user)
