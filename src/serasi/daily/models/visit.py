from datetime import date, datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import VisitKind, VisitOutcome
from serasi.daily.models.policies import of_stay
from serasi.daily.querysets import BarredContactQuerySet, VisitQuerySet
from serasi.people.models import Relationship
from serasi.residence.models import Stay

HAS_A_MOMENT = [outcome for outcome in VisitOutcome if outcome.has_a_moment]


@tracked
class Visit(Record):
    """Somebody from outside comes to see a resident, or calls: announced ahead, recorded when it happened, or both.

    ``expected_at`` is the moment that was announced; without an ``outcome`` it is still expected. ``began_at`` is when
    they met, or when who was refused stood at the door. Name and relation are kept as words, whoever ``relationship``
    is by now. What was recorded by mistake is withdrawn and stays readable.
    """

    personal = Classified(
        none="id unit written_at concluded_at withdrawn_at",
        general="written_by concluded_by withdrawn_by",
        specific="stay kind visitor_name relation relationship expected_at outcome began_at ended_at account"
        " is_something_brought reason decided_by is_despite_bar withdrawn_reason",
    )
    row_policy = of_stay()
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: who came to see someone stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="visits")
    kind = models.CharField(_("cara"), max_length=5, choices=VisitKind)
    visitor_name = models.CharField(_("nama"), max_length=150)
    relation = models.CharField(_("hubungan"), max_length=80, blank=True)
    # SET_NULL: the words stand here too.
    relationship = models.ForeignKey(Relationship, models.SET_NULL, null=True, blank=True, related_name="+")
    expected_at = models.DateTimeField(_("diharapkan"), null=True, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    outcome = models.CharField(_("hasil"), max_length=9, choices=VisitOutcome, blank=True)
    began_at = models.DateTimeField(_("mulai"), null=True, blank=True)
    ended_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    account = models.TextField(_("bagaimana jalannya"), blank=True)
    is_something_brought = models.BooleanField(_("membawa sesuatu"), default=False)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    decided_by = models.CharField(_("diputuskan oleh"), max_length=120, blank=True)
    is_despite_bar = models.BooleanField(_("meski dilarang"), default=False)
    # PROTECT: authorship stays.
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("alasan dicabut"), max_length=200, blank=True)
    # PROTECT: authorship stays.
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunjungan atau telepon")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=VisitKind.values) & ~Q(visitor_name=""),
                name="daily_visit_says_who_and_how",
                violation_error_message=_("Isi siapa yang datang atau menelepon, dan caranya."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", expected_at__isnull=False, concluded_by=None, concluded_at=None)
                | Q(outcome__in=VisitOutcome.values, concluded_by__isnull=False, concluded_at__isnull=False),
                name="daily_visit_is_expected_or_concluded",
                violation_error_message=_("Isi kapan kunjungan diharapkan, atau apa hasilnya."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=HAS_A_MOMENT, began_at__isnull=False, began_at__lte=F("concluded_at"))
                | ~Q(outcome__in=HAS_A_MOMENT) & Q(began_at=None),
                name="daily_visit_happened_at_a_time",
                violation_error_message=_("Isi kapan mereka datang atau menelepon; waktu itu tidak boleh belum tiba."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | Q(outcome=VisitOutcome.KEPT, ended_at__gte=F("began_at"), ended_at__lte=F("concluded_at")),
                name="daily_visit_ends_after_it_began",
                violation_error_message=_("Waktu selesai harus sesudah mulai dan tidak boleh belum tiba."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", VisitOutcome.KEPT, VisitOutcome.NOT_KEPT]) | ~Q(reason=""),
                name="daily_visit_refused_has_a_reason",
                violation_error_message=_("Tulis alasannya bila ditolak atau dibatalkan."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome=VisitOutcome.REFUSED_BY_HOUSE) | ~Q(decided_by=""),
                name="daily_visit_barred_by_someone",
                violation_error_message=_("Tulis siapa yang memutuskan bahwa kunjungan tidak diizinkan."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="daily_visit_is_withdrawn_with_a_reason",
                violation_error_message=_("Tulis mengapa catatan ini dicabut."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stay", "-began_at"], name="daily_visit_by_stay"),
            models.Index(fields=["unit", "expected_at"], name="daily_visit_expected", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return self.who

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)

    @property
    def who(self) -> str:
        return f"{self.visitor_name} ({self.relation})" if self.relation else self.visitor_name

    @property
    def is_expected(self) -> bool:
        return not self.outcome and self.withdrawn_at is None

    @property
    def when(self) -> datetime | None:
        """When it took place; of what did not, when it was expected."""
        return self.began_at or self.expected_at


@tracked
class BarredContact(Record):
    """Somebody who may not come to see a resident nor call, from a day, perhaps to a day; with the reason and who
    decided. Ended, never deleted."""

    personal = Classified(
        none="id unit written_at",
        general="written_by",
        specific="stay name relation relationship reason decided_by period",
    )
    row_policy = of_stay()
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: who was kept away from someone stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="barred_contacts")
    name = models.CharField(_("nama"), max_length=150)
    relation = models.CharField(_("hubungan"), max_length=80, blank=True)
    # SET_NULL: the words stand here too.
    relationship = models.ForeignKey(Relationship, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300)
    decided_by = models.CharField(_("diputuskan oleh"), max_length=120)
    period = DateRangeField(_("dari sampai"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = BarredContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("larangan menghubungi")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(reason="") & ~Q(decided_by=""),
                name="daily_bar_has_a_reason",
                violation_error_message=_("Isi siapa yang dilarang, alasannya, dan siapa yang memutuskan."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) | Q(period__isempty=True),
                name="daily_bar_has_a_start",
                violation_error_message=_("Isi mulai kapan larangan berlaku; hari terakhir tidak boleh sebelumnya."),
            ),
        ]

    def __str__(self) -> str:
        return self.who

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)

    @property
    def who(self) -> str:
        return f"{self.name} ({self.relation})" if self.relation else self.name

    @property
    def latest(self) -> date | None:
        """The latest day on which it holds."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None
