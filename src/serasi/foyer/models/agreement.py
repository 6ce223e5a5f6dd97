from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.models import Case
from serasi.common.periods import add_months
from serasi.foyer.enums import Ending, Party
from serasi.foyer.models.phase import PhaseSet
from serasi.foyer.models.policies import AGREEMENT, OF_AGREEMENT
from serasi.foyer.querysets import AgreementQuerySet, OfAgreementQuerySet
from serasi.people.models import Person
from serasi.residence.models import Stay

CEILING_MONTHS = 24
"""A Foyer is lived in for two years at most (foyer.org.au; domain facts, section 6)."""
OF_AGE = 18


@tracked
class Agreement(Record):
    """What a youth offers and what the house offers, both signed (*kesepakatan dua arah*), for 24 months at most.

    A renewal is an agreement of its own that names the ``earliest`` of its chain; ``since_date`` is when that one
    began, and the ceiling is counted from there. It is in force once all have signed: then its first step is taken.
    """

    personal = Classified(
        none="id unit phase_set text_version since_date begins_date ends_date ended_date ending ended_at written_at"
        " earliest revision",
        general="coach written_by ended_by",
        specific="person case stay youth_offers house_offers exit_plan ended_reason",
    )
    row_policy = AGREEMENT

    # PROTECT: what was promised stays known.
    person = models.ForeignKey(Person, models.PROTECT, related_name="foyer_agreements")
    # PROTECT: a unit with agreements is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: the file says why the person is helped.
    case = models.ForeignKey(Case, models.PROTECT, related_name="foyer_agreements")
    # PROTECT: freedom grows where someone lives.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="foyer_agreements")
    # PROTECT: the edition an agreement was made with is kept for good.
    phase_set = models.ForeignKey(PhaseSet, models.PROTECT, related_name="agreements")
    # PROTECT: who walked along stays known.
    coach = models.ForeignKey(User, models.PROTECT, verbose_name=_("pembimbing"), related_name="+")
    # PROTECT: a chain of renewals stays whole.
    earliest = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    text_version = models.CharField(_("versi naskah"), max_length=40)
    since_date = models.DateField(_("dalam Foyer sejak"))
    begins_date = models.DateField(_("berlaku mulai"))
    ends_date = models.DateField(_("berlaku sampai"))
    youth_offers = ArrayField(models.CharField(max_length=300), verbose_name=_("yang ditawarkan anak muda"))
    house_offers = ArrayField(models.CharField(max_length=300), verbose_name=_("yang ditawarkan rumah"))
    exit_plan = models.TextField(_("rencana keluar"), max_length=2000, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_date = models.DateField(_("selesai tanggal"), null=True, blank=True)
    ending = models.CharField(_("cara selesai"), max_length=8, choices=Ending, blank=True)
    ended_reason = models.CharField(_("alasan selesai"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    revision = RevisionField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("kesepakatan Foyer")
        ordering: ClassVar = ["-begins_date"]
        constraints = [
            ExclusionConstraint(
                name="foyer_person_has_one_agreement",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("begins_date"),
                            F("ended_date"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "Orang ini sudah punya kesepakatan Foyer pada masa itu. Perpanjang atau akhiri yang ada."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_date__gt=F("begins_date"), begins_date__gte=F("since_date")),
                name="foyer_agreement_ends_after_start",
                violation_error_message=_("Tanggal selesai harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_date__lte=Func(
                        F("since_date"),
                        template="(%(expressions)s + interval '24 months')::date",
                        output_field=models.DateField(),
                    )
                ),
                name="foyer_agreement_ends_within_24_months",
                violation_error_message=_(
                    "Foyer paling lama 24 bulan sejak pertama masuk. Pilih tanggal yang lebih awal."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(youth_offers=[]) & ~Q(house_offers=[]),
                name="foyer_agreement_is_two_way",
                violation_error_message=_("Kesepakatan ini dua arah: isi yang ditawarkan anak muda dan rumah."),
            ),
            models.CheckConstraint(
                condition=Q(ended_date=None, ended_at=None, ended_by=None, ending="", ended_reason="")
                | Q(ended_date__gte=F("begins_date"), ended_at__isnull=False, ended_by__isnull=False)
                & Q(ending__in=Ending.values)
                & ~Q(ended_reason=""),
                name="foyer_ending_is_whole",
                violation_error_message=_("Tulis kapan, bagaimana dan mengapa kesepakatan ini selesai."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "begins_date"], name="foyer_agreement_by_unit")]

    def __str__(self) -> str:
        return f"Foyer {self.begins_date:%Y-%m-%d}"

    def guard_for(self, user: User) -> Guard:
        """Where it sits for this user; a sealed person's is reached by their team alone."""
        return Guard(
            self.unit.path,
            is_team=self.person.is_on_team(user),
            is_own=self.person.user_id is not None and self.person.user_id == user.pk,
            is_sealed=self.person.is_sealed,
        )

    @property
    def chain_id(self) -> UUID:
        """The earliest agreement of the chain: what belongs to the whole time in the Foyer hangs there."""
        return self.earliest_id or self.pk

    @property
    def ceiling_date(self) -> date:
        return add_months(self.since_date, CEILING_MONTHS)

    def is_open_on(self, day: date) -> bool:
        return self.ended_date is None or day < self.ended_date

    def day_of(self, moment: datetime) -> date:
        """The house's own day."""
        return self.unit.day_at(moment)

    @property
    def parties(self) -> list[Party]:
        """Who has to sign; a guardian for who is not of age on the day it begins."""
        age = self.person.age_on(self.begins_date)
        return [party for party in Party if party != Party.GUARDIAN or (age is not None and age < OF_AGE)]


@tracked
class Signature(Record):
    """Someone has signed, on a day at an hour. Never changed; when all have, the agreement is in force."""

    personal = Classified(
        none="id agreement party signed_at written_by written_at",
        general="name relation",
    )
    row_policy = OF_AGREEMENT
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: an agreement keeps its signatures.
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.CharField(_("pihak"), max_length=8, choices=Party)
    name = models.CharField(_("nama"), max_length=150)
    relation = models.CharField(_("hubungan wali"), max_length=80, blank=True)
    signed_at = models.DateTimeField(_("ditandatangani"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("tanda tangan")
        ordering: ClassVar = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="foyer_each_party_signs_once",
                violation_error_message=_("Pihak ini sudah menandatangani."),
            ),
            models.CheckConstraint(
                condition=Q(party__in=Party.values) & ~Q(name=""),
                name="foyer_signature_has_a_name",
                violation_error_message=_("Isi nama yang menandatangani."),
            ),
            models.CheckConstraint(
                condition=~Q(party=Party.GUARDIAN) | ~Q(relation=""),
                name="foyer_guardian_says_who_they_are",
                violation_error_message=_("Isi hubungan wali dengan anak muda."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, user: User) -> Guard:
        return self.agreement.guard_for(user)
