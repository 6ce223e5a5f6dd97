"""What is typed on the pages of peers."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy

from serasi.access.fields import UnitChoiceField
from serasi.access.models import Unit
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    Fieldset,
    FilterForm,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    RadioField,
    Row,
    TextField,
)
from serasi.exchange.enums import Action, Attribute, Basis, Outcome, RecordField
from serasi.exchange.models import Peer
from serasi.exchange.models.peer import MOST_RECORDS
from serasi.people.enums import ConsentPurpose

_PURPOSES: Final = [(one.value, one.label) for one in (ConsentPurpose.SHARING, ConsentPurpose.MATCHING)]


class PeerForm(ActForm):
    unit = UnitChoiceField(
        None,
        label=gettext_lazy("Unit yang berjanji"),
        help_text=gettext_lazy("Yang dijawab hanya orang yang dikenal unit ini dan unit di bawahnya."),
    )
    sender_id = TextField(
        label=gettext_lazy("Pengenal sistem (sender_id)"),
        max_length=60,
        help_text=gettext_lazy("Seperti yang tertulis pada pesannya. Tidak dapat diubah."),
    )
    name = TextField(label=gettext_lazy("Nama sistem"), max_length=120)
    agreement = TextField(label=gettext_lazy("Nomor perjanjian"), max_length=120)
    from_on = DateField(label=gettext_lazy("Berlaku mulai"), initial=timezone.localdate)
    until_on = DateField(label=gettext_lazy("Berlaku sampai"), required=False)
    basis = RadioField(label=gettext_lazy("Dasar hukum"), choices=Basis.choices)
    consent_purpose = ChoiceField(label=gettext_lazy("Persetujuan untuk"), choices=_PURPOSES, required=False)
    legal_ground = TextField(label=gettext_lazy("Pasal dan peraturan"), max_length=300, required=False)
    purposes = TextField(
        label=gettext_lazy("Kode tujuan"),
        help_text=gettext_lazy(
            "Pisahkan dengan koma, misalnya eligibility, graduation. Permintaan untuk tujuan lain ditolak."
        ),
    )
    record_fields = MultipleChoiceField(
        label=gettext_lazy("Yang dijawab tentang seseorang"),
        choices=RecordField.choices,
        required=False,
        help_text=gettext_lazy("Pilih sesedikit mungkin. Tanpa pilihan, jawabannya hanya bahwa orang itu ada."),
    )
    search_attributes = MultipleChoiceField(
        label=gettext_lazy("Yang boleh dipakai mencari"),
        choices=Attribute.choices,
        required=False,
        help_text=gettext_lazy("NIK saja cukup bila ia bertanya tentang orang yang sudah dikenalnya."),
    )
    most_records = IntegerField(
        label=gettext_lazy("Orang paling banyak dalam satu jawaban"),
        initial=MOST_RECORDS,
        min_value=1,
        max_value=1000,
        help_text=gettext_lazy("Pencarian yang menemukan lebih banyak ditolak."),
    )
    callback_url = TextField(
        label=gettext_lazy("Alamat balasan"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "https, tanpa /registry/on-search di belakangnya. Kosong: ia hanya dapat bertanya secara langsung (sync)."
        ),
    )
    public_keys = LongTextField(
        label=gettext_lazy("Kunci publik (JWKS)"),
        rows=4,
        max_length=5000,
        required=False,
        help_text=gettext_lazy("Kunci Ed25519 milik sistem itu. Pesannya diperiksa dengan kunci ini."),
    )
    may_be_unsigned = BooleanField(
        label=gettext_lazy("Perjanjian membolehkan pesan tanpa tanda tangan"), required=False
    )
    per_minute = IntegerField(label=gettext_lazy("Permintaan per menit"), initial=60, min_value=1, max_value=100_000)
    per_day = IntegerField(label=gettext_lazy("Permintaan per hari"), initial=5000, min_value=1, max_value=10_000_000)
    layout: ClassVar = (
        Fieldset(gettext_lazy("Siapa"), ("unit", "sender_id", "name")),
        Fieldset(
            gettext_lazy("Perjanjian"),
            ("agreement", Row("from_on", "until_on"), "basis", "consent_purpose", "legal_ground", "purposes"),
        ),
        Fieldset(gettext_lazy("Yang boleh diketahui"), ("record_fields", "search_attributes", "most_records")),
        Fieldset(
            gettext_lazy("Cara bertukar"),
            ("callback_url", "public_keys", "may_be_unsigned", Row("per_minute", "per_day")),
        ),
    )
    shown_when: ClassVar = {"consent_purpose": "basis=consent", "legal_ground": "basis=law"}

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(pk__in=[one.pk for one in units]).order_by("path")

    def facts(self) -> dict[str, Any]:
        return _terms(super().facts())


class ChangePeerForm(PeerForm):
    """As `PeerForm`, of a peer that stands already: whose it is and how it is called stays."""

    with_id = False
    with_revision = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, units=(), **kwargs)
        del self.fields["unit"], self.fields["sender_id"]


def _terms(typed: dict[str, Any]) -> dict[str, Any]:
    return {**typed, "purposes": typed["purposes"].split(",")}


def initial_of(peer: Peer) -> dict[str, Any]:
    """The terms of a peer as they are typed."""
    names = [*PeerForm.base_fields, "revision"]
    found = {name: getattr(peer, name) for name in names if name not in {"unit", "sender_id"}}
    keys = json.dumps({"keys": peer.public_keys}, indent=2) if peer.public_keys else ""
    return found | {"purposes": ", ".join(peer.purposes), "public_keys": keys}


class EndForm(ActForm):
    with_id = False
    reason = TextField(label=gettext_lazy("Alasan"), max_length=300)


class InquiryFilter(FilterForm):
    tindakan = ChoiceField(label=gettext_lazy("Tindakan"), choices=Action.choices, empty_label=gettext_lazy("Semua"))
    hasil = ChoiceField(label=gettext_lazy("Hasil"), choices=Outcome.choices, empty_label=gettext_lazy("Semua"))
    mulai = DateField(label=gettext_lazy("Mulai tanggal"))
