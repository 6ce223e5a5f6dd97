"""What is typed to refer a case, and to answer."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Owner
from serasi.cases.enums import DisclosedPart, ReferralKind, Urgency
from serasi.cases.reference import referral_reasons, refusal_reasons
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    FilterForm,
    LongTextField,
    MultipleChoiceField,
    RadioField,
    TextField,
)
from serasi.common.initials import Veil
from serasi.people.reference import clusters


class DestinationFilter(FilterForm):
    q = TextField(label=_("Nama unit"), max_length=80, required=False)
    cluster = ChoiceField(label=_("Klaster"), choices=clusters().choices, required=False, empty_label=_("Semua"))
    owner = ChoiceField(label=_("Pemilik"), choices=Owner.choices, required=False, empty_label=_("Semua"))
    province = ChoiceField(label=_("Provinsi"), choices=(), required=False, empty_label=_("Semua"))

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices += provinces  # type: ignore[attr-defined]


class ReferralForm(ActForm):
    kind = RadioField(label=_("Jenis"), choices=ReferralKind.choices, inline=True, initial=ReferralKind.REFERRAL)
    urgency = RadioField(label=_("Kegentingan"), choices=Urgency.choices, inline=True, initial=Urgency.ORDINARY)
    reason_code = ChoiceField(label=_("Alasan rujukan"), choices=referral_reasons().choices)
    reason = LongTextField(
        label=_("Uraian dan yang diminta"),
        max_length=4000,
        help_text=_("Terbaca oleh unit tujuan. Tulis seperlunya saja."),
    )
    disclosed = MultipleChoiceField(
        label=_("Yang diungkap"),
        choices=DisclosedPart.choices,
        required=False,
        help_text=_("Hanya bagian yang dicentang yang terbaca unit tujuan; berkas ini tidak ikut terbuka."),
    )
    documents = MultipleChoiceField(label=_("Dokumen terpilih"), required=False)
    shown_when = {"documents": f"disclosed={DisclosedPart.DOCUMENTS}"}

    def __init__(self, *args: Any, documents: Any, veil: Veil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(document.pk), veil.over(document.title)) for document in documents]
        self.fields["documents"].choices = titles  # type: ignore[attr-defined]
        if not documents:
            del self.fields["documents"]
            self.fields["disclosed"].choices = [  # type: ignore[attr-defined]
                choice for choice in DisclosedPart.choices if choice[0] != DisclosedPart.DOCUMENTS
            ]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        attached = typed.get("documents", []) if DisclosedPart.DOCUMENTS in typed["disclosed"] else []
        return typed | {
            "kind": ReferralKind(typed["kind"]),
            "urgency": Urgency(typed["urgency"]),
            "documents": [UUID(found) for found in attached],
        }


class ReferralChangeForm(ReferralForm):
    with_id = False
    with_revision = True


class SubmitForm(ActForm):
    """Putting a referral before a supervisor; of a sealed case the manager says so in as many words."""

    with_id = False
    with_revision = True
    decides_to_disclose = BooleanField(
        label=_("Sebagai manajer kasus saya memutuskan mengungkap bagian-bagian ini dari kasus rahasia."),
        required=False,
    )

    def __init__(self, *args: Any, is_sealed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_sealed:
            del self.fields["decides_to_disclose"]


class AcceptForm(ActForm):
    reason = LongTextField(
        label=_("Pesan bagi perujuk"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("Misalnya: kapan dapat diantar."),
    )

    def facts(self) -> dict[str, Any]:
        return {"case_id": self.record_id, "reason": self.cleaned_data["reason"]}


class RefuseForm(ActForm):
    with_id = False
    code = ChoiceField(label=_("Alasan penolakan"), choices=refusal_reasons().choices)
    reason = LongTextField(label=_("Penjelasan dan langkah yang disarankan"), max_length=2000, rows=3)


class MessageForm(ActForm):
    text = LongTextField(label=_("Pesan"), max_length=2000, rows=3)


class ResultForm(ActForm):
    with_id = False
    result = LongTextField(label=_("Hasil bagi perujuk"), max_length=4000, rows=4)
