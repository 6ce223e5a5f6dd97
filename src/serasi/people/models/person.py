from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.common.encryption import EncryptedTextField, KeyedHashField
from serasi.institutions.models import Region
from serasi.people.enums import AddressKind, AliasKind, Confidentiality, IdentityState, Sex
from serasi.people.models.policies import PERSON_POLICY, as_person
from serasi.people.querysets import PersonQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from serasi.people.models.standing import PersonUnit

EARLIEST_BIRTH_YEAR = 1880


@tracked
class Person(Record):
    """Someone who is, was, or may be helped; of known, claimed or unknown identity.

    A birth year is a range; when the day is known, both ends are its year. ``name_key`` and ``nickname_key`` are the
    folded names that searching compares, ``sort_key`` is what lists are sorted by (see `people.naming`). A merged
    record points straight at the one that was kept.
    """

    personal = Classified(
        none="id registered_unit registered_at revision merged_into confidentiality identity_state no_nik_reason",
        general="full_name name_key sort_key nickname nickname_key sex birth_place mother_name religion marital"
        " education phone user photo",
        specific="description birth_date birth_year_from birth_year_to died_on",
        identity="nik nik_hash",
    )
    row_policy = PERSON_POLICY

    full_name = models.CharField(_("nama lengkap"), max_length=150, blank=True)
    name_key = models.CharField(max_length=400, blank=True, editable=False)
    sort_key = models.CharField(max_length=400, blank=True, editable=False)
    nickname = models.CharField(_("nama panggilan"), max_length=80, blank=True)
    nickname_key = models.CharField(max_length=200, blank=True, editable=False)
    description = models.CharField(_("ciri-ciri"), max_length=500, blank=True)
    identity_state = models.CharField(_("keadaan identitas"), max_length=20, choices=IdentityState)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex)
    birth_date = models.DateField(_("tanggal lahir"), null=True, blank=True)
    birth_year_from = models.PositiveSmallIntegerField(_("lahir paling awal tahun"), null=True, blank=True)
    birth_year_to = models.PositiveSmallIntegerField(_("lahir paling akhir tahun"), null=True, blank=True)
    birth_place = models.CharField(_("tempat lahir"), max_length=80, blank=True)
    mother_name = models.CharField(_("nama ibu kandung"), max_length=150, blank=True)
    religion = models.CharField(_("agama"), max_length=30, blank=True)
    marital = models.CharField(_("status perkawinan"), max_length=30, blank=True)
    education = models.CharField(_("pendidikan"), max_length=30, blank=True)
    died_on = models.DateField(_("meninggal tanggal"), null=True, blank=True)
    nik = EncryptedTextField(_("NIK"), max_length=16, null=True, blank=True)
    nik_hash = KeyedHashField(purpose="nik", source="nik", null=True, blank=True, editable=False, db_index=True)
    no_nik_reason = models.CharField(_("alasan tanpa NIK"), max_length=40, blank=True)
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    confidentiality = models.CharField(
        _("kerahasiaan"), max_length=10, choices=Confidentiality, default=Confidentiality.ORDINARY
    )
    # PROTECT: the kept record carries what was moved to it.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    photo = models.FileField(_("foto"), upload_to="people/photos/", max_length=120, blank=True)
    # PROTECT: a unit with people is closed, not deleted.
    registered_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit pendaftar"))
    registered_at = models.DateTimeField(_("didaftarkan"))
    # PROTECT: users are switched off, not deleted. The access of a resident to their own record.
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="person")
    revision = RevisionField()

    objects = PersonQuerySet.as_manager()

    if TYPE_CHECKING:
        units: RelatedManager[PersonUnit]

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(full_name="") | ~Q(nickname="") | ~Q(description=""),
                name="people_person_can_be_told_apart",
                violation_error_message=_("Isi nama, nama panggilan, atau ciri-ciri orang ini."),
            ),
            models.CheckConstraint(
                condition=Q(nik__isnull=True, nik_hash__isnull=True) & ~Q(no_nik_reason="")
                | Q(nik__isnull=False, nik_hash__isnull=False, no_nik_reason=""),
                name="people_person_has_nik_or_a_reason",
                violation_error_message=_("Isi NIK, atau pilih alasan mengapa tidak ada. Salah satu saja."),
            ),
            models.CheckConstraint(
                condition=Q(birth_year_from=None, birth_year_to=None)
                | Q(
                    birth_year_from__isnull=False,
                    birth_year_to__isnull=False,
                    birth_year_from__gte=EARLIEST_BIRTH_YEAR,
                    birth_year_to__gte=F("birth_year_from"),
                ),
                name="people_person_birth_years_are_ordered",
                violation_error_message=_("Tahun lahir paling awal tidak boleh sesudah paling akhir."),
            ),
            models.CheckConstraint(
                condition=Q(birth_date=None)
                | Q(birth_year_from=ExtractYear("birth_date"), birth_year_to=ExtractYear("birth_date")),
                name="people_person_birth_years_follow_the_day",
                violation_error_message=_("Tahun lahir harus sama dengan tahun pada tanggal lahir."),
            ),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(birth_date=None) | Q(died_on__gte=F("birth_date")),
                name="people_person_dies_after_birth",
                violation_error_message=_("Tanggal meninggal tidak boleh sebelum tanggal lahir."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="people_person_is_not_merged_into_itself",
                violation_error_message=_("Seseorang tidak dapat digabung dengan dirinya sendiri."),
            ),
            models.CheckConstraint(
                condition=Q(sex__in=Sex.values)
                & Q(identity_state__in=IdentityState.values)
                & Q(confidentiality__in=Confidentiality.values),
                name="people_person_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]
        indexes = [
            models.Index(fields=["phone"], name="people_person_phone", condition=~Q(phone="")),
            models.Index(fields=["merged_into"], name="people_person_absorbed", condition=Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.full_name or self.nickname or self.description

    @property
    def is_sealed(self) -> bool:
        return self.confidentiality == Confidentiality.SEALED

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def initials(self) -> str:
        """ "B. S." for Budi Santoso; never empty."""
        words = (self.full_name or self.nickname).split()
        return " ".join(f"{word[0].upper()}." for word in words if word[0].isalpha()) or gettext("tanpa nama")

    @property
    def masked_nik(self) -> str:
        """The NIK as it stands on pages: only the last four digits."""
        return f"•••• •••• •••• {self.nik[-4:]}" if self.nik else ""

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; the middle of the range when only years are known, None when nothing is."""
        last = min(day, self.died_on) if self.died_on else day
        if self.birth_date:
            birthday_is_ahead = (last.month, last.day) < (self.birth_date.month, self.birth_date.day)
            return max(0, last.year - self.birth_date.year - birthday_is_ahead)
        if self.birth_year_from is None or self.birth_year_to is None:
            return None
        return max(0, last.year - (self.birth_year_from + self.birth_year_to + 1) // 2)

    def is_on_team(self, user: User) -> bool:
        """Whether this user is on the person's team; read once for this object (a query, unless annotated)."""
        cached: dict[object, bool] = self.__dict__.setdefault("_team_of", {})
        if user.pk not in cached:
            annotated = self.__dict__.get("is_team_of_reader")
            cached[user.pk] = (
                annotated
                if annotated is not None and self.__dict__.get("reader_id") == user.pk
                else user.people_teams.filter(person_id=self.pk, until_at=None).exists()
            )
        return cached[user.pk]

    def shown_name(self, *, to: User) -> str:
        """The name as this user may read it: a child in a court case has initials for all but the team."""
        if self.confidentiality == Confidentiality.SPPA and not (self.is_on_team(to) or to.scope.is_system):
            return self.initials
        return str(self)

    def known_units(self) -> "tuple[PersonUnit, ...]":
        """The units the person is known to today, read once (a query)."""
        if "_known_units" not in self.__dict__:
            self.__dict__["_known_units"] = tuple(
                self.units.filter(until_at=None).select_related("unit").order_by("since_at")
            )
        return self.__dict__["_known_units"]  # type: ignore[no-any-return]

    def guards_for(self, user: User) -> tuple[Guard, ...]:
        """Where the record sits for this user: one guard for each unit the person is known to."""
        is_team, is_own = self.is_on_team(user), self.user_id is not None and self.user_id == user.pk
        paths = [known.unit.path for known in self.known_units()] or [""]
        return tuple(Guard(path, is_team=is_team, is_own=is_own, is_sealed=self.is_sealed) for path in paths)

    def guard_for(self, user: User) -> Guard:
        """The guard nearest to the user's postings; where a person is known to several units use `may_on_person`."""
        guards = self.guards_for(user)
        posts = user.scope.posts
        return min(
            guards,
            key=lambda guard: (
                not any(post.unit_path == guard.unit_path for post in posts),
                not any(guard.unit_path.startswith(post.unit_path) for post in posts),
            ),
        )


@tracked
class Alias(Record):
    """Another name a person is called or written by."""

    personal = Classified(none="id person kind", general="name name_key note")
    row_policy = as_person("people_alias")

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases")
    kind = models.CharField(_("jenis"), max_length=10, choices=AliasKind, default=AliasKind.ALIAS)
    name = models.CharField(_("nama"), max_length=150)
    name_key = models.CharField(max_length=400, editable=False)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["name_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="people_alias_has_a_name",
                violation_error_message=_("Isi nama lainnya."),
            ),
            models.UniqueConstraint(
                fields=["person", "name"],
                name="people_alias_stands_once",
                violation_error_message=_("Nama ini sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Address(Record):
    """Where a person lives, comes from, or was found; domicile and origin are kept apart."""

    personal = Classified(none="id kind period", general="person region line rt rw")
    row_policy = as_person("people_address")

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    kind = models.CharField(_("jenis alamat"), max_length=10, choices=AddressKind)
    # PROTECT: reference data.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah")
    )
    line = models.CharField(_("alamat"), max_length=200, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    period = DateRangeField(_("berlaku"))

    class Meta:
        ordering: ClassVar = ["kind", "-period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False) | ~Q(line=""),
                name="people_address_says_where",
                violation_error_message=_("Isi wilayah atau alamatnya."),
            ),
            models.CheckConstraint(
                condition=Q(rt__regex=r"^\d{0,3}$") & Q(rw__regex=r"^\d{0,3}$"),
                name="people_address_rt_rw_are_digits",
                violation_error_message=_("RT dan RW berisi angka, paling banyak tiga."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="people_address_has_a_start",
                violation_error_message=_("Alamat harus punya tanggal mulai sebelum tanggal selesai."),
            ),
            ExclusionConstraint(
                name="people_one_address_of_a_kind_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Sudah ada alamat sejenis pada masa itu. Akhiri dahulu yang lama."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.line or self.region_id}"
