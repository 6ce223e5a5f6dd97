"""Putting together what a referral discloses, from the file as its author may read it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import formats, translation
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.cases.enums import AreaTag, DisclosedPart
from serasi.cases.models import Case, DomainAssessment, Monitoring
from serasi.cases.queries.plan import coverage, plan_in_force
from serasi.cases.queries.referral import Package, PackageDocument, PackageEntry, PackagePart
from serasi.people.models import Address
from serasi.people.reference import relations

HEALTH_TAGS = {AreaTag.HEALTH, AreaTag.PSYCHIATRY}
"""What travels with the part "Kesehatan". What is tagged HIV or violence never travels by itself: it is told, if at
all, in the words of the referral."""

Facts = Iterable[tuple[str, object]]


def package_of(case: Case, *, disclosed: Sequence[str], documents: Sequence[UUID], reader: User, on: date) -> Package:
    """The exact package: only the parts chosen, only what the reader may read, nothing that is tagged HIV or violence.

    It speaks Indonesian whatever language its author reads. Costs one to three queries for each part.
    """
    chosen = set(disclosed)
    builders: dict[DisclosedPart, Callable[[], PackagePart]] = {
        DisclosedPart.IDENTITY: lambda: _identity(case, on),
        DisclosedPart.FAMILY: lambda: _family(case),
        DisclosedPart.ASSESSMENT: lambda: _assessment(case, reader),
        DisclosedPart.PLAN: lambda: _plan(case),
        DisclosedPart.PROGRESS: lambda: _progress(case),
        DisclosedPart.HEALTH: lambda: _health(case, reader),
    }
    is_named = DisclosedPart.IDENTITY in chosen
    attached: tuple[PackageDocument, ...] = ()
    if DisclosedPart.DOCUMENTS in chosen:
        found = case.documents.readable_by(reader).filter(pk__in=documents, withdrawn_at=None).order_by("written_at")
        attached = tuple(PackageDocument(d.pk, d.title, d.media_type, d.size) for d in found)
    with translation.override("id"):
        return Package(
            name=str(case.person) if is_named else "",
            initials=case.person.initials if is_named else "",
            parts=tuple(build() for part, build in builders.items() if part in chosen),
            documents=attached,
        )


def _told(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple((str(term), str(value)) for term, value in facts if value not in {None, ""})


def _day(day: date | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""


def _identity(case: Case, on: date) -> PackagePart:
    person = case.person
    age = person.age_on(on)
    facts: list[tuple[str, object]] = [
        (_("Nama"), str(person)),
        (_("Nama panggilan"), person.nickname),
        (_("Jenis kelamin"), person.get_sex_display()),
        (_("Tanggal lahir"), _day(person.birth_date)),
        (_("Umur"), _("%(age)d tahun") % {"age": age} if age is not None else ""),
        (_("NIK"), person.masked_nik),
        (_("Keadaan identitas"), person.get_identity_state_display()),
        (_("Ciri-ciri"), person.description),
    ]
    for address in Address.objects.filter(person=person, period__contains=on).select_related("region"):
        place = ", ".join(part for part in (address.line, address.region.name if address.region else "") if part)
        facts.append((address.get_kind_display(), place))
    return PackagePart(DisclosedPart.IDENTITY, facts=_told(facts))


def _family(case: Case) -> PackagePart:
    people = case.person.relationships.select_related("other")
    entries = tuple(
        PackageEntry(
            f"{tie.contact_name or tie.other}" + (f" ({_('wali yang sah')})" if tie.is_guardian else ""),
            "\n".join(
                part for part in (_relation(tie.relation), tie.contact_phone, tie.contact_address, tie.note) if part
            ),
        )
        for tie in people
    )
    return PackagePart(DisclosedPart.FAMILY, entries=entries)


def _relation(code: str) -> str:
    entry = relations().get(code)
    return str(entry) if entry else code


def _assessment(case: Case, reader: User) -> PackagePart:
    return PackagePart(DisclosedPart.ASSESSMENT, entries=tuple(_found(d) for d in _final(case, reader) if not d.tags))


def _health(case: Case, reader: User) -> PackagePart:
    return PackagePart(
        DisclosedPart.HEALTH,
        entries=tuple(_found(d) for d in _final(case, reader) if d.tags and set(d.tags) <= HEALTH_TAGS),
    )


def _final(case: Case, reader: User) -> list[DomainAssessment]:
    """The latest finished assessment of each domain and author."""
    found = case.domainassessments.readable_by(reader).filter(finalised_at__isnull=False)
    latest: dict[tuple[str, UUID], DomainAssessment] = {}
    for assessment in found.order_by("domain", "finalised_at"):
        latest[assessment.domain, assessment.written_by_id] = assessment
    return list(latest.values())


def _found(assessment: DomainAssessment) -> PackageEntry:
    parts = (
        (_("Temuan"), assessment.findings),
        (_("Kekuatan"), assessment.strengths),
        (_("Kebutuhan"), assessment.needs),
    )
    return PackageEntry(
        str(assessment.get_domain_display()), "\n".join(f"{label}: {text}" for label, text in parts if text)
    )


def _plan(case: Case) -> PackagePart:
    plan = plan_in_force(case)
    if plan is None:
        return PackagePart(DisclosedPart.PLAN)
    goals = plan.goals.prefetch_related("lines")
    return PackagePart(
        DisclosedPart.PLAN,
        facts=_told([(_("Masa"), f"{_day(plan.starts_on)} – {_day(plan.ends_on)}"), (_("Ringkasan"), plan.summary)]),
        entries=tuple(
            PackageEntry(
                goal.statement,
                "\n".join(
                    [f"{_('Tanda tercapai')}: {goal.indicator}", *(f"• {line.activity}" for line in goal.lines.all())]
                ),
            )
            for goal in goals
        ),
    )


def _progress(case: Case) -> PackagePart:
    latest: Monitoring | None = case.monitorings.order_by("-held_on", "-written_at").first()
    facts: list[tuple[str, object]] = []
    if latest:
        facts = [
            (_("Pemantauan terakhir"), _day(latest.held_on)),
            (_("Kebutuhan dan hak dasar"), latest.get_needs_score_display()),
            (_("Tugas dan peran sosial"), latest.get_roles_score_display()),
            (_("Pemecahan masalah hidup"), latest.get_problems_score_display()),
            (_("Ringkasan"), latest.summary),
        ]
    facts += [
        (str(row.component), _("%(n)d kali") % {"n": row.delivered}) for row in coverage(case, {}) if row.delivered
    ]
    return PackagePart(DisclosedPart.PROGRESS, facts=_told(facts))
