"""Notes, hand-overs, diets, hours: what is typed on the other pages of a day."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    FilterForm,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    RadioField,
    Row,
    TextField,
    TimeField,
)
from serasi.daily.enums import DietKind, NoteKind, ShiftName
from serasi.daily.forms.medicine import stay_field
from serasi.daily.queries import Resident, Shift


class NoteForm(ActForm):
    """Told first, sorted after: the text stands above."""

    text = LongTextField(
        label=_("Apa yang terjadi?"),
        max_length=2000,
        rows=6,
        help_text=_("Tekan mikrofon pada papan ketik ponsel untuk mendiktekan."),
    )
    kind = RadioField(label=_("Tentang"), choices=NoteKind.choices, initial=NoteKind.OTHER, inline=True)
    is_handed_on = BooleanField(label=_("Teruskan ke giliran berikut"), required=False)

    def __init__(self, *args: Any, people: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stays"] = MultipleChoiceField(
            label=_("Siapa"),
            choices=[(str(one.stay_id), f"{one.shown} (#{one.tag})") for one in people if one.is_known],
            required=False,
            help_text=_("Kosongkan bila tentang wisma."),
        )


class HandoverForm(ActForm):
    """What is left to the next; ``shifts`` are those that may be handed over, the likeliest first."""

    words = LongTextField(
        label=_("Pesan untuk giliran berikut"),
        max_length=4000,
        rows=5,
        required=False,
        help_text=_("Yang terkumpul di atas tidak perlu ditulis lagi."),
    )

    def __init__(self, *args: Any, shifts: Sequence[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shifts = {one.code: one for one in shifts}
        choices = [(one.code, ShiftName(one.name).label) for one in shifts]
        self.fields["shift"] = RadioField(
            label=_("Giliran yang diserahkan"), choices=choices, initial=shifts[0].code, inline=True
        )
        self.order_fields(["shift", "words"])

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "shift": self.shifts[self.cleaned_data["shift"]]}


class DietForm(ActForm):
    layout: ClassVar = ("stay", "kind", "words", "reason", Row("starts", "ends"))
    kind = ChoiceField(label=_("Diet"), choices=DietKind.choices)
    words = TextField(
        label=_("Penjelasan untuk dapur"),
        max_length=120,
        required=False,
        help_text=_("Misalnya tanpa kacang; wajib untuk pantangan alergi dan diet lain."),
    )
    reason = TextField(label=_("Alasan"), max_length=200, help_text=_("Misalnya anjuran dokter puskesmas."))
    starts = DateField(label=_("Mulai"), initial=timezone.localdate)
    ends = DateField(label=_("Hari terakhir"), required=False, help_text="")

    def __init__(self, *args: Any, people: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stay"] = stay_field(people)


class EndDietForm(ActForm):
    with_id = False
    latest = DateField(label=_("Hari terakhir"), initial=timezone.localdate)


class PracticeForm(ActForm):
    with_revision = True
    morning_from = TimeField(label=_("Giliran pagi mulai"))
    afternoon_from = TimeField(
        label=_("Giliran siang mulai"), required=False, help_text=_("Kosongkan bila hanya ada dua giliran.")
    )
    night_from = TimeField(label=_("Giliran malam mulai"))
    contact_within_days = IntegerField(
        label=_("Ingatkan bila seorang penghuni tidak dikunjungi dan tidak ditelepon selama"),
        unit=_("hari"),
        min_value=1,
        max_value=365,
    )


class DayFilter(FilterForm):
    in_sight = ("hari",)
    hari = DateField(label=_("Hari"), help_text="")
