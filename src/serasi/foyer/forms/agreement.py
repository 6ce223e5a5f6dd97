"""The forms of an agreement and what is measured."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    LongTextField,
    RadioField,
    Row,
    RupiahField,
    TextField,
)
from serasi.foyer.enums import Ending, Living, MeasureMoment, Occupation, Party
from serasi.foyer.forms.lines import LinesField
from serasi.foyer.models import Agreement

_ONE_LINE = _("Satu baris satu janji.")
_SCALE = [(number, str(number)) for number in range(1, 6)]


class AgreementForm(ActForm):
    layout: ClassVar[Any] = ("coach", Row("begins_date", "ends_date"), "youth_offers", "house_offers")
    coach = ChoiceField(label=_("Pembimbing"))
    begins_date = DateField(label=_("Berlaku mulai"))
    ends_date = DateField(label=_("Berlaku sampai"))
    youth_offers = LinesField(label=_("Yang ditawarkan anak muda"), help_text=_ONE_LINE)
    house_offers = LinesField(label=_("Yang ditawarkan rumah"), help_text=_ONE_LINE)

    def __init__(self, *args: Any, coaches: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coaches = {str(one.pk): one for one in coaches}
        self.fields["coach"].choices = [("", _("Pilih")), *((key, str(one)) for key, one in self.coaches.items())]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"coach": self.coaches[typed["coach"]]}


class RevisedAgreementForm(AgreementForm):
    """An agreement that is worded anew before anyone has signed."""

    with_id = False
    with_revision = True


class SignatureForm(ActForm):
    """Who signs says the name; the house signs with its own sign-in."""

    layout: ClassVar[Any] = (Row("name", "relation"), "signed_at")
    name = TextField(label=_("Nama yang menandatangani"), max_length=150)
    relation = TextField(label=_("Hubungan dengan anak muda"), max_length=80, help_text=_("Misalnya: ibu, paman, wali"))
    signed_at = DateTimeField(label=_("Ditandatangani"), initial=timezone.now, not_after=timezone.now)

    def __init__(self, *args: Any, party: Party, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["name"].initial = name
        if party != Party.GUARDIAN:
            del self.fields["relation"]
        if party == Party.HOUSE:
            del self.fields["name"]

    def facts(self) -> dict[str, Any]:
        return {"name": ""} | super().facts() | {"party": self.party}


class EndForm(ActForm):
    with_id = False
    ended_date = DateField(label=_("Selesai tanggal"), initial=timezone.localdate)
    ending = RadioField(
        label=_("Bagaimana selesainya"),
        choices=[(value, words) for value, words in Ending.choices if value not in {Ending.RENEWED, Ending.DROPPED}],
    )
    reason = LongTextField(label=_("Alasan"), max_length=500, rows=3)


class ExitPlanForm(ActForm):
    with_id = False
    with_revision = True
    exit_plan = LongTextField(
        label=_("Rencana keluar"),
        max_length=2000,
        rows=6,
        help_text=_("Tinggal di mana, sekolah atau kerja apa, biaya tiga bulan pertama, siapa yang dihubungi."),
    )

    @classmethod
    def of(cls, agreement: Agreement, typed: QueryDict | None) -> Self:
        return cls(typed, initial={"exit_plan": agreement.exit_plan, "revision": agreement.revision})


class MeasureForm(ActForm):
    layout: ClassVar[Any] = (
        "moment", "taken_date", Row("living", "occupation"), Row("income", "savings"), "contacts", "health",
        "confidence", "note",
    )  # fmt: skip
    moment = RadioField(label=_("Saat"), choices=MeasureMoment.choices)
    taken_date = DateField(label=_("Diukur tanggal"), initial=timezone.localdate)
    living = ChoiceField(label=_("Tinggal di mana"), choices=Living.choices)
    occupation = ChoiceField(label=_("Sekolah atau kerja"), choices=Occupation.choices)
    income = RupiahField(label=_("Penghasilan sebulan"), max_value=1_000_000_000)
    savings = RupiahField(label=_("Tabungan"), max_value=1_000_000_000)
    contacts = IntegerField(label=_("Orang yang dapat dihubungi bila ada masalah"), min_value=0, max_value=99)
    health = RadioField(
        label=_("Kesehatan, menurut ia sendiri"),
        choices=_SCALE,
        inline=True,
        help_text=_("1 buruk sekali, 5 baik sekali"),
    )
    confidence = RadioField(
        label=_("Rasa percaya diri, menurut ia sendiri"),
        choices=_SCALE,
        inline=True,
        help_text=_("1 tidak percaya diri, 5 sangat percaya diri"),
    )
    note = TextField(label=_("Catatan"), max_length=500, required=False)

    def __init__(self, *args: Any, moments: Iterable[MeasureMoment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(moment.value, moment.label) for moment in moments]
        self.fields["moment"].choices = offered  # type: ignore[attr-defined]
        if offered:
            self.fields["moment"].initial = offered[0][0]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"health": int(typed["health"]), "confidence": int(typed["confidence"])}
