"""What is typed on the way home: tracing, readiness, hand-over."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.cases.enums import Score, TracingResult
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    LongTextField,
    RegionField,
    Row,
    TextField,
)
from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Region

METHODS = (
    _("Kunjungan ke alamat"),
    _("Telepon atau pesan"),
    _("Dinas sosial setempat"),
    _("Pemerintah desa atau kelurahan"),
    _("Dukcapil"),
    _("Media sosial"),
    _("Polisi"),
    _("Cara lain"),
)


class PlaceField(RegionField):
    """A region by its name or its Kemendagri code."""

    def resolve(self, text: str) -> Region:
        code = text.rpartition("(")[2].rstrip(")").strip() if "(" in text else text
        found = Region.objects.filter(code=code).first() if code[:1].isdigit() else None
        if found is None:
            named = list(Region.objects.filter(name__iexact=text, level__lte=RegionLevel.DISTRICT)[:2])
            found = named[0] if len(named) == 1 else None
        if found is None:
            raise ValidationError(_("Wilayah ini tidak ditemukan. Tulis nama kabupaten/kota atau kode wilayahnya."))
        return found


class TracingForm(ActForm):
    taken_on = DateField(label=_("Tanggal"), not_after=timezone.localdate)
    method = ChoiceField(label=_("Cara"), choices=[(str(method), method) for method in METHODS])
    region = PlaceField(label=_("Wilayah yang ditelusuri"), required=False, help_text=_("Misalnya: Kota Bandung"))
    contact = TextField(label=_("Siapa yang dihubungi"), max_length=200, required=False)
    result = ChoiceField(label=_("Hasil"), choices=TracingResult.choices)
    account = LongTextField(label=_("Uraian"), max_length=4000)
    layout = (Row("taken_on", "method"), "region", "contact", "result", "account")

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"result": TracingResult(self.cleaned_data["result"])}


class ReadinessForm(ActForm):
    held_on = DateField(label=_("Tanggal"), not_after=timezone.localdate)
    person = ChoiceField(
        label=_("Kesiapan penerima manfaat"), choices=[(str(v), f"{v} – {w}") for v, w in Score.choices]
    )
    family = ChoiceField(label=_("Kesiapan keluarga"), choices=[(str(v), f"{v} – {w}") for v, w in Score.choices])
    place = ChoiceField(label=_("Kesiapan lingkungan"), choices=[(str(v), f"{v} – {w}") for v, w in Score.choices])
    is_ready = BooleanField(label=_("Siap kembali"), required=False)
    account = LongTextField(label=_("Penjelasan"), max_length=4000)

    def facts(self) -> dict[str, Any]:
        scores = {name: Score(int(self.cleaned_data[name])) for name in ("person", "family", "place")}
        return super().facts() | scores


class HandOverForm(ActForm):
    handed_at = DateTimeField(label=_("Waktu serah terima"))
    receiver_name = TextField(label=_("Nama penerima"), max_length=150)
    receiver_relation = TextField(
        label=_("Hubungan atau jabatan"), max_length=80, help_text=_("Misalnya: kakak kandung; kepala panti")
    )
    witness_name = TextField(label=_("Saksi"), max_length=150, required=False)
    condition = LongTextField(label=_("Keadaan saat diserahkan"), max_length=2000, rows=3)
    items = LongTextField(label=_("Barang dan dokumen yang diserahkan"), max_length=2000, rows=3, required=False)
    referral = ChoiceField(
        label=_("Untuk rujukan"), choices=(), required=False, empty_label=_("Bukan bagian dari rujukan")
    )
    layout = (
        "handed_at",
        Row("receiver_name", "receiver_relation"),
        "witness_name",
        "condition",
        "items",
        "referral",
    )

    def __init__(self, *args: Any, referrals: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referrals = {str(referral.pk): referral for referral in referrals}
        if referrals:
            self.fields["referral"].choices += [(pk, str(one)) for pk, one in self.referrals.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["referral"]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"referral": self.referrals.get(typed.get("referral", ""))}
