from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, tracked
from serasi.people.models.person import Person
from serasi.people.models.policies import as_person


@tracked
class Relationship(Record):
    """Someone who matters to a person: a parent, guardian, caring family; registered too, or only a contact."""

    personal = Classified(
        none="id relation is_guardian period", general="person other contact_name contact_phone contact_address note"
    )
    row_policy = (
        f"{as_person('people_relationship')} AND (people_relationship.other_id IS NULL"
        f" OR {as_person('people_relationship', 'other_id')})"
    )

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="relationships")
    # CASCADE: the tie has no meaning without its other end.
    other = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="related_from")
    relation = models.CharField(_("hubungan"), max_length=40)
    is_guardian = models.BooleanField(_("wali yang sah"), default=False)
    contact_name = models.CharField(_("nama"), max_length=150, blank=True)
    contact_phone = models.CharField(_("telepon"), max_length=20, blank=True)
    contact_address = models.CharField(_("alamat"), max_length=250, blank=True)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    period = DateRangeField(_("masa"))

    class Meta:
        ordering: ClassVar = ["-is_guardian", "relation", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, contact_name="") | Q(other=None) & ~Q(contact_name=""),
                name="people_relationship_names_one_other",
                violation_error_message=_("Pilih orang yang terdaftar, atau tulis nama; salah satu saja."),
            ),
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=F("person")),
                name="people_relationship_is_with_another",
                violation_error_message=_("Seseorang bukan kerabat dirinya sendiri."),
            ),
            models.CheckConstraint(
                condition=~Q(relation=""),
                name="people_relationship_has_a_kind",
                violation_error_message=_("Pilih hubungannya."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="people_relationship_has_a_start",
                violation_error_message=_("Masa harus punya tanggal mulai sebelum tanggal selesai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation}: {self.contact_name or self.other_id}"
