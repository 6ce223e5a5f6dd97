"""Forms of the agreement and of taking consent back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.cases.enums import SignedFor, Signing
from serasi.common.forms import (
    ActForm,
    DateField,
    DateTimeField,
    Fieldset,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioField,
    Row,
    SerasiForm,
    TextField,
)
from serasi.people.enums import ConsentPurpose
from serasi.people.reference import consent_texts_on


def consents_on_offer() -> list[Any]:
    """The consent texts in force today whose purposes the register keeps."""
    return [text for text in consent_texts_on(timezone.localdate()) if text.purpose in ConsentPurpose.values]


class AgreementForm(ActForm):
    explained_by = ModelChoiceField(queryset=None, label=_("Dijelaskan oleh"))
    signed_at = DateTimeField(label=_("Disepakati pada"), not_after=timezone.now)
    signed_for = RadioField(label=_("Disetujui oleh"), choices=SignedFor.choices, inline=True)
    guardian_name = TextField(label=_("Nama wali"), max_length=150, required=False)
    guardian_relation = TextField(label=_("Hubungan wali"), max_length=80, required=False)
    signing = RadioField(label=_("Cara menyetujui"), choices=Signing.choices, inline=True)
    witness_name = TextField(
        label=_("Nama saksi"),
        max_length=150,
        required=False,
        help_text=_("Wajib untuk cap jempol dan persetujuan lisan."),
    )
    starts_on = DateField(label=_("Berlaku mulai"))
    ends_on = DateField(label=_("Berlaku sampai"))
    consents = MultipleChoiceField(label=_("Persetujuan pemakaian data"), required=False)
    promises = LongTextField(label=_("Kesepakatan khusus"), max_length=4000, rows=3, required=False)
    layout = (
        Fieldset(_("Penjelasan"), (Row("explained_by", "signed_at"),)),
        Fieldset(_("Persetujuan"), ("signed_for", "guardian_name", "guardian_relation", "signing", "witness_name")),
        Fieldset(_("Lama layanan"), (Row("starts_on", "ends_on"), "promises")),
        Fieldset(
            _("Pemakaian data pribadi (UU 27/2022)"),
            ("consents",),
            hint=_("Bacakan naskah di atas satu per satu. Centang yang disetujui; menolak tidak menghentikan layanan."),
        ),
    )
    shown_when = {
        "guardian_name": "signed_for=guardian",
        "guardian_relation": "signed_for=guardian",
        "witness_name": "signing=thumbprint|spoken",
    }

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explained_by"].queryset = users  # type: ignore[attr-defined]
        self.fields["consents"].choices = [(text.purpose, str(text)) for text in consents_on_offer()]  # type: ignore[attr-defined]


class WithdrawForm(SerasiForm):
    with_id = False
    reason = TextField(label=_("Alasan penarikan"), max_length=500)
