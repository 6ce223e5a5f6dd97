from typing import ClassVar, Final, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases import reference
from serasi.cases.enums import TriageOutcome, Urgency
from serasi.common.lookups import one_column_of
from serasi.institutions.models import Region
from serasi.people.models import Person, PersonTeam

_FOLLOWS_CASE = """
CREATE OR REPLACE FUNCTION cases_report_follows_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    UPDATE cases_report report SET is_sealed = told.is_sealed, is_sppa = told.is_sppa, is_opened = true
    FROM (
        SELECT file.report_id, bool_or(file.confidentiality = 'sealed') AS is_sealed,
            bool_or(file.confidentiality = 'sppa' OR person.confidentiality = 'sppa') AS is_sppa
        FROM cases_case file JOIN people_person person ON person.id = file.person_id
        WHERE file.report_id IN (
            SELECT changed.report_id FROM cases_case changed
            WHERE (TG_TABLE_NAME = 'cases_case' AND changed.id = NEW.id)
                OR (TG_TABLE_NAME = 'people_person' AND changed.person_id = NEW.id))
        GROUP BY file.report_id
    ) told
    WHERE report.id = told.report_id
        AND (report.is_sealed, report.is_sppa, report.is_opened) IS DISTINCT FROM (told.is_sealed, told.is_sppa, true);
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER cases_report_follows_case
AFTER INSERT OR UPDATE OF confidentiality, report_id, person_id ON cases_case
FOR EACH ROW WHEN (NEW.report_id IS NOT NULL) EXECUTE FUNCTION cases_report_follows_case();
CREATE OR REPLACE TRIGGER cases_report_follows_person AFTER UPDATE OF confidentiality ON people_person
FOR EACH ROW EXECUTE FUNCTION cases_report_follows_case();
"""


GUARDED: Final = ("sppa", "sealed")


def guarding_answers() -> tuple[str, ...]:
    """Questions of the danger screen whose "yes" proposes a file that closed."""
    return tuple(question.code for question in reference.danger_screen() if question.confidentiality in GUARDED)


def _guarded() -> Q:
    guarded = Q(is_sppa=True) | (Q(person__isnull=False) & ~Q(person__confidentiality__in=("ordinary",)))
    for code in guarding_answers():
        guarded |= Q(danger__contains={code: "yes"})
    return guarded


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: User) -> Self:
        """Reports to units where this user may read them, those they received, and the first pages of their files."""
        if actor.scope.is_system:
            return self
        files = apps.get_model("cases", "Case")._default_manager.visible_to(actor)
        units = Unit.objects.reached_by(actor, "cases.report.open")
        own_file = Q(pk__among=one_column_of(files.filter(report__isnull=False), "report"))
        # Two conditions, so that the first is a matter of ids alone and an index serves it.
        return self.filter(
            Q(unit__id__among=one_column_of(units)) | Q(received_by=actor) | own_file, Q(is_sealed=False) | own_file
        )

    def with_subject(self, reader: User) -> Self:
        """Annotate ``shown_subject``: whom a list may name to this reader, empty where the report is guarded.

        Trafficking, a child in court: named to who received it, who decided on it, who is with the person, and who may
        read the name in the file that came of it (`CaseQuerySet.named_to`).
        """
        files = apps.get_model("cases", "Case")._default_manager.visible_to(reader).named_to(reader)
        with_person = PersonTeam.objects.filter(person=OuterRef("person"), user=reader, until_at=None)
        is_theirs = (
            Q(received_by=reader)
            | Q(triage__decided_by=reader)
            | Exists(with_person)
            | Exists(files.filter(report=OuterRef("pk")))
        )
        hidden = _guarded() & ~is_theirs
        return self.annotate(shown_subject=Case(When(hidden, then=Value("")), default=F("subject_description")))

    def untriaged(self) -> Self:
        return self.filter(triage=None)


@tracked
class Report(Record):
    """Word of a person in need reaches a unit: who says it, whom it is about, what danger there is.

    A crisis entry may be short; ``completed_at`` is empty until the rest is written. Whoever receives it says whether
    it is about a child in court (``is_sppa``); from the first case on that, ``is_sealed`` and ``is_opened`` follow the
    cases and are written by the database alone: the front desk cannot confirm who is in a sealed case, reads no name of
    a child in court, and must know that a report has become a case though the file is not theirs to read.
    """

    personal = Classified(
        none="id unit channel received_at received_by written_at completed_at region is_sealed is_sppa is_opened"
        " revision",
        general="reporter_name reporter_phone reporter_relation place",
        specific="person subject_description narrative danger urgency first_action",
    )
    row_policy = (
        "(NOT is_sealed AND (unit_id = ANY((SELECT access_units('cases.report.open'))::uuid[])"
        " OR received_by_id = access_actor()))"
        " OR EXISTS (SELECT 1 FROM cases_case file WHERE file.report_id = cases_report.id)"
    )
    database_functions = _FOLLOWS_CASE

    # PROTECT: a report is never lost with its unit.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    channel = models.CharField(_("saluran"), max_length=30)
    received_at = models.DateTimeField(_("diterima"))
    # PROTECT: authorship stays.
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    reporter_name = models.CharField(_("nama pelapor"), max_length=150, blank=True)
    reporter_phone = models.CharField(_("telepon pelapor"), max_length=20, blank=True)
    reporter_relation = models.CharField(_("hubungan dengan yang dilaporkan"), max_length=80, blank=True)
    subject_description = models.CharField(_("siapa yang dilaporkan"), max_length=250)
    # PROTECT: who was reported stays known.
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reports")
    # PROTECT: reference data.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("tempat ditemukan"), max_length=200, blank=True)
    narrative = models.TextField(_("uraian"), max_length=8000, blank=True)
    danger = models.JSONField(default=dict, blank=True)
    urgency = models.CharField(_("kegentingan"), max_length=10, choices=Urgency)
    first_action = models.TextField(_("tindakan pertama"), max_length=2000, blank=True)
    is_sealed = models.BooleanField(default=False, editable=False)
    is_sppa = models.BooleanField(default=False)
    is_opened = models.BooleanField(default=False, editable=False)
    revision = RevisionField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at"]
        indexes = [models.Index(fields=["unit", "-received_at"], name="cases_report_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject_description=""),
                name="cases_report_says_about_whom",
                violation_error_message=_("Tuliskan siapa yang dilaporkan, sekalipun hanya ciri-cirinya."),
            ),
        ]

    @property
    def is_guarded(self) -> bool:
        """Whether it speaks of what lists must not tell; `with_subject` knows the person's class too."""
        return self.is_sppa or any(self.danger.get(code) == "yes" for code in guarding_answers())

    def __str__(self) -> str:
        return f"Laporan {self.received_at:%Y-%m-%d %H:%M} {self.unit}"

    def guard_for(self, user: User) -> Guard:
        return Guard(
            self.unit.path, is_team=self.received_by_id == user.pk and not self.is_sealed, is_sealed=self.is_sealed
        )


@tracked
class Triage(Record):
    """The decision on a report: how urgent, and what happens with it. One decision per report."""

    personal = Classified(none="id report decided_by decided_at urgency outcome referred_to", specific="reason")
    row_policy = "EXISTS (SELECT 1 FROM cases_report report WHERE report.id = report_id)"

    # PROTECT: the decision is part of the report's history.
    report = models.OneToOneField(Report, models.PROTECT, related_name="triage")
    # PROTECT: authorship stays.
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    urgency = models.CharField(max_length=10, choices=Urgency)
    outcome = models.CharField(_("keputusan"), max_length=12, choices=TriageOutcome)
    # PROTECT: where it was sent stays known.
    referred_to = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("alasan"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=TriageOutcome.REFER, referred_to__isnull=False)
                | (~Q(outcome=TriageOutcome.REFER) & Q(referred_to=None)),
                name="cases_triage_refers_to_a_unit",
                violation_error_message=_("Pilih unit tujuan rujukan."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=TriageOutcome.OPEN_CASE) | ~Q(reason=""),
                name="cases_triage_without_case_has_reason",
                violation_error_message=_("Tuliskan alasannya bila kasus tidak dibuka."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_outcome_display()}"
