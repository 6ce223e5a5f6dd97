"""What is done when: of a ward, of one resident, on one day."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    MultipleChoiceField,
    RadioField,
    Row,
    TextField,
    TimeField,
)
from serasi.daily.enums import WEEKDAYS, DayChange
from serasi.daily.models import TimetableEntry
from serasi.daily.operations import Planned
from serasi.residence.models import Ward

_DAYS = [(str(number), name) for number, name in enumerate(WEEKDAYS)]


class PlanForm(ActForm):
    """What is done, when, where, led by whom, on which weekdays and between which days."""

    layout: ClassVar = (
        "what",
        Row("from_time", "until_time"),
        "days",
        Row("place", "leader"),
        "is_instead",
        Row("starts", "ends"),
    )
    what = TextField(label=_("Kegiatan"), max_length=120)
    from_time = TimeField(label=_("Dari pukul"))
    until_time = TimeField(label=_("Sampai pukul"))
    days = MultipleChoiceField(
        label=_("Hari"),
        choices=_DAYS,
        required=False,
        inline=True,
        help_text=_("Tanpa tanda: setiap hari, atau hari itu saja bila mulai dan hari terakhirnya sama."),
    )
    place = TextField(label=_("Tempat"), max_length=120, required=False)
    leader = TextField(label=_("Dipimpin oleh"), max_length=120, required=False)
    is_instead = BooleanField(label=_("Menggantikan kegiatan wisma pada jam itu"), required=False)
    starts = DateField(label=_("Berlaku mulai"), initial=timezone.localdate)
    ends = DateField(label=_("Hari terakhir"), required=False, help_text=_("Kosongkan bila seterusnya."))

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            del self.fields["is_instead"]

    @classmethod
    def of(cls, entry: TimetableEntry, typed: Any) -> "PlanForm":
        """The same anew, from today or from its own first day on, whichever is later."""
        names = ("what", "from_time", "until_time", "place", "leader", "is_instead")
        initial = {name: getattr(entry, name) for name in names} | {
            "days": [str(day) for day in entry.days],
            "starts": max(timezone.localdate(), entry.period.lower),
            "ends": entry.latest,
        }
        return cls(typed, is_own=entry.stay_id is not None, initial=initial)

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "id": self.record_id,
            "planned": Planned(
                typed["what"],
                typed["from_time"],
                typed["until_time"],
                typed["starts"],
                typed["ends"],
                [int(day) for day in typed["days"]],
                typed["place"],
                typed["leader"],
                typed.get("is_instead", False),
            ),
        }


class EndActivityForm(ActForm):
    with_id = False
    latest = DateField(label=_("Hari terakhir"), initial=timezone.localdate)


class DayChangeForm(ActForm):
    """One day that is otherwise."""

    layout: ClassVar = ("day", "kind", Row("from_time", "until_time"), "reason")
    day = DateField(label=_("Hari"), initial=timezone.localdate)
    kind = RadioField(label=_("Yang berubah"), choices=DayChange.choices, initial=DayChange.CANCELLED)
    from_time = TimeField(label=_("Dipindah ke pukul"), required=False)
    until_time = TimeField(label=_("Sampai pukul"), required=False)
    reason = TextField(label=_("Alasan"), max_length=200)


class CopyForm(ActForm):
    """From another ward, or from a day to other days."""

    layout: ClassVar = ("source", "weekday", "days", "starts")
    shown_when: ClassVar[Mapping[str, str]] = {"days": "weekday=0|1|2|3|4|5|6"}
    source = ChoiceField(label=_("Dari wisma"))
    weekday = ChoiceField(
        label=_("Yang disalin"), choices=_DAYS, required=False, empty_label=_("Seluruh minggu, dengan hari-harinya")
    )
    days = MultipleChoiceField(label=_("Ke hari"), choices=_DAYS, required=False, inline=True)
    starts = DateField(label=_("Berlaku mulai"), initial=timezone.localdate)

    def __init__(self, *args: Any, wards: Iterable[Ward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wards = {str(one.pk): one for one in wards}
        source: Any = self.fields["source"]
        source.choices = [("", _("Pilih…")), *((pk, f"{one.name} · {one.unit.name}") for pk, one in self.wards.items())]

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "id": self.record_id,
            "source": self.wards[typed["source"]],
            "weekday": int(typed["weekday"]) if typed["weekday"] else None,
            "days": [int(day) for day in typed["days"]],
            "starts": typed["starts"],
        }
