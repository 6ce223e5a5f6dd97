from datetime import date
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.exchange.enums import Attribute, Basis, RecordField
from serasi.exchange.models.policies import OF_PEER
from serasi.exchange.querysets import PeerQuerySet
from serasi.people.enums import ConsentPurpose

MOST_RECORDS: Final = 100
"""People in one answer, unless the agreement says less."""


@tracked
class Peer(Record):
    """An outside system that may ask, under the agreement of a unit: about whom that unit, or one below it, knows.

    ``purposes`` are the codes an inquiry may state; where there is only one, it need not be stated. ``record_fields``
    and ``search_attributes`` say what may be told and by what may be searched; both are empty until chosen.
    ``public_keys`` are JWKs (Ed25519) with which its messages are verified. ``reader`` is the account in whose name
    what it read stands in the reading log; nobody can sign in with it.
    """

    personal = Classified(
        none="id unit sender_id name agreement basis legal_ground consent_purpose purposes from_on until_on"
        " record_fields search_attributes most_records callback_url public_keys may_be_unsigned per_minute per_day"
        " registered_at ended_at end_reason revision reader",
        general="registered_by ended_by",
        secret="secret_hash",
    )
    row_policy = OF_PEER

    # PROTECT: a unit with agreements behind it is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    sender_id = models.CharField(_("pengenal sistem (sender_id)"), max_length=60)
    name = models.CharField(_("nama sistem"), max_length=120)
    agreement = models.CharField(_("nomor perjanjian"), max_length=120)
    basis = models.CharField(_("dasar hukum"), max_length=7, choices=Basis)
    legal_ground = models.CharField(_("pasal dan peraturan"), max_length=300, blank=True)
    consent_purpose = models.CharField(_("persetujuan untuk"), max_length=10, choices=ConsentPurpose, blank=True)
    purposes = ArrayField(models.CharField(max_length=60), verbose_name=_("kode tujuan"))
    from_on = models.DateField(_("berlaku mulai"))
    until_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    record_fields = ArrayField(models.CharField(max_length=20, choices=RecordField), default=list, blank=True)
    search_attributes = ArrayField(models.CharField(max_length=20, choices=Attribute), default=list, blank=True)
    most_records = models.PositiveSmallIntegerField(_("orang paling banyak dalam satu jawaban"), default=MOST_RECORDS)
    callback_url = models.CharField(_("alamat balasan"), max_length=300, blank=True)
    public_keys = models.JSONField(_("kunci publik"), default=list, blank=True)
    may_be_unsigned = models.BooleanField(_("boleh tanpa tanda tangan"), default=False)
    per_minute = models.PositiveIntegerField(_("permintaan per menit"), default=60)
    per_day = models.PositiveIntegerField(_("permintaan per hari"), default=5000)
    secret_hash = models.CharField(max_length=64)
    # PROTECT: what was read stays told under this name.
    reader = models.OneToOneField(User, models.PROTECT, related_name="+")
    # PROTECT: authorship stays.
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    # PROTECT: authorship stays.
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("alasan"), max_length=300, blank=True)
    revision = RevisionField()

    objects = PeerQuerySet.as_manager()

    class Meta:
        verbose_name = _("sistem")
        ordering: ClassVar = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sender_id"],
                condition=Q(ended_at=None),
                name="exchange_sender_id_is_held_once",
                violation_error_message=_("Pengenal ini sudah dipakai sistem lain yang belum diakhiri."),
            ),
            models.CheckConstraint(
                condition=Q(sender_id__regex=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$"),
                name="exchange_sender_id_is_plain",
                violation_error_message=_("Pengenal hanya huruf, angka, titik, titik dua, garis bawah dan hubung."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(agreement="") & Q(purposes__len__gt=0),
                name="exchange_peer_names_its_agreement",
                violation_error_message=_("Isi nama sistem, nomor perjanjian, dan sedikitnya satu tujuan."),
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.LAW, consent_purpose="") & ~Q(legal_ground="")
                | Q(basis=Basis.CONSENT) & ~Q(consent_purpose=""),
                name="exchange_basis_is_whole",
                violation_error_message=_(
                    "Tulis pasal dan peraturannya bila dasarnya tugas menurut peraturan; pilih persetujuan untuk apa "
                    "bila dasarnya persetujuan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="exchange_agreement_ends_after_it_begins",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari pertama."),
            ),
            models.CheckConstraint(
                condition=Q(most_records__gte=1, most_records__lte=1000, per_minute__gte=1, per_day__gte=1),
                name="exchange_limits_are_above_nothing",
                violation_error_message=_("Batas paling sedikit 1, dan paling banyak 1.000 orang dalam satu jawaban."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | Q(ended_at__gte=F("registered_at"), ended_by__isnull=False) & ~Q(end_reason=""),
                name="exchange_ending_is_whole",
                violation_error_message=_("Tulis alasan mengakhirinya."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    def is_in_force(self, day: date) -> bool:
        """Whether its agreement holds on a day; the same as the queryset's `in_force`."""
        return self.ended_at is None and self.from_on <= day and (self.until_on is None or day <= self.until_on)
