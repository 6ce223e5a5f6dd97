"""Who comes or calls, what became of it, and who may not."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms import (
    ActForm,
    BooleanField,
    DateField,
    DateTimeField,
    Fieldset,
    HappenedAtField,
    LongTextField,
    RadioField,
    Row,
    TextField,
    TimeField,
)
from serasi.daily.enums import VisitKind, VisitOutcome
from serasi.daily.operations import Course, Visitor
from serasi.daily.queries import Known

OTHER: Final = "other"
AT_THE_DOOR: Final = (VisitOutcome.KEPT, VisitOutcome.REFUSED_BY_RESIDENT, VisitOutcome.REFUSED_BY_HOUSE)
"""What may have become of somebody who came unannounced."""


class VisitorForm(ActForm):
    """Who it is: one of those whom the register knows, or somebody else by name."""

    marks_optional = False
    visitor_name = TextField(label=gettext_lazy("Nama"), max_length=150, required=False)
    relation = TextField(
        label=gettext_lazy("Hubungan"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Misalnya ibu, teman, pengurus masjid."),
    )
    shown_when: ClassVar[Mapping[str, str]] = {"visitor_name": f"who={OTHER}", "relation": f"who={OTHER}"}

    def __init__(self, *args: Any, known: Sequence[Known], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.relationship.pk): one for one in known}
        if known:
            choices = [(pk, f"{one.name} ({one.relation})") for pk, one in self.known.items()]
            self.fields["who"] = RadioField(
                label=gettext_lazy("Siapa"), choices=[*choices, (OTHER, gettext_lazy("Orang lain"))]
            )

    def _shown_when(self, name: str) -> str:
        return super()._shown_when(name) if self.known or not self.shown_when.get(name, "").startswith("who=") else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (not self.known or cleaned.get("who") == OTHER) and not cleaned.get("visitor_name"):
            self.add_error("visitor_name", _("Tulis namanya, atau sebutan bila namanya tidak diketahui."))
        return cleaned

    @property
    def visitor(self) -> Visitor:
        one = self.known.get(str(self.cleaned_data.get("who", OTHER)))
        if one is not None:
            return Visitor(one.name, one.relation, one.relationship)
        return Visitor(self.cleaned_data["visitor_name"], self.cleaned_data["relation"])


class CourseForm(ActForm):
    """What became of a visit or a call. ``has_bars``: somebody may not contact this resident."""

    with_id = False
    marks_optional = False
    outcomes: ClassVar[Sequence[VisitOutcome]] = tuple(VisitOutcome)
    layout: ClassVar[Sequence[Fieldset | Row | str]] = (
        "outcome",
        "began_at",
        "until",
        "account",
        "is_something_brought",
        "reason",
        "decided_by",
        "despite_bar",
    )
    outcome = RadioField(label=gettext_lazy("Hasil"), initial=VisitOutcome.KEPT)
    began_at = HappenedAtField(label=gettext_lazy("Mulai, atau saat datang"), required=False)
    until = TimeField(label=gettext_lazy("Selesai pukul"), required=False)
    account = LongTextField(
        label=gettext_lazy("Bagaimana jalannya?"),
        max_length=2000,
        rows=4,
        required=False,
        help_text=gettext_lazy("Tekan mikrofon pada papan ketik ponsel untuk mendiktekan."),
    )
    is_something_brought = BooleanField(
        label=gettext_lazy("Membawa sesuatu untuk penghuni"),
        required=False,
        help_text=gettext_lazy("Barang dan uang yang dititipkan dicatat pada Titipan."),
    )
    reason = TextField(label=gettext_lazy("Alasan"), max_length=200, required=False)
    decided_by = TextField(label=gettext_lazy("Diputuskan oleh"), max_length=120, required=False)
    despite_bar = BooleanField(
        label=gettext_lazy("Saya tahu ada larangan; ini tetap terjadi dan dicatat"), required=False
    )
    shown_when: ClassVar[Mapping[str, str]] = {
        "began_at": "outcome=kept|refused|barred",
        "until": "outcome=kept",
        "account": "outcome=kept",
        "is_something_brought": "outcome=kept",
        "reason": "outcome=refused|barred|cancelled|not_kept",
        "decided_by": "outcome=barred",
        "despite_bar": "outcome=kept",
    }

    def __init__(self, *args: Any, has_bars: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(one.value, one.label) for one in self.outcomes]
        if not has_bars:
            del self.fields["despite_bar"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if outcome not in VisitOutcome.values or "began_at" not in cleaned:
            return cleaned
        chosen = VisitOutcome(outcome)
        if chosen.has_a_moment and cleaned["began_at"] is None:
            self.add_error("began_at", _("Isi kapan mereka datang atau menelepon."))
        if chosen is not VisitOutcome.KEPT and chosen is not VisitOutcome.NOT_KEPT and not cleaned.get("reason"):
            self.add_error("reason", _("Tulis alasannya bila ditolak atau dibatalkan."))
        if chosen is VisitOutcome.REFUSED_BY_HOUSE and not cleaned.get("decided_by"):
            self.add_error("decided_by", _("Tulis siapa yang memutuskan bahwa kunjungan tidak diizinkan."))
        if chosen is VisitOutcome.KEPT and (ended := self._ended_at(cleaned)) is not None and ended > timezone.now():
            self.add_error("until", _("“Selesai pukul” belum tiba. Kosongkan bila masih berlangsung."))
        return cleaned

    @staticmethod
    def _ended_at(cleaned: Mapping[str, Any]) -> datetime | None:
        """The next moment at which it is that time of day, from the beginning on."""
        began, until = cleaned.get("began_at"), cleaned.get("until")
        if began is None or until is None:
            return None
        local = timezone.localtime(began)
        ended = local.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
        if ended.hour == local.hour and ended.minute == local.minute:
            return began  # type: ignore[no-any-return]
        return ended if ended > local else ended + timedelta(days=1)

    @property
    def course(self) -> Course:
        typed = self.cleaned_data
        is_kept = typed["outcome"] == VisitOutcome.KEPT
        return Course(
            typed["outcome"],
            typed["began_at"],
            self._ended_at(typed) if is_kept else None,
            typed["account"],
            typed["is_something_brought"] and is_kept,
            typed["reason"],
            typed["decided_by"],
        )

    def facts(self) -> dict[str, Any]:
        return {"course": self.course, "despite_bar": self.cleaned_data.get("despite_bar", False)}


class RecordVisitForm(VisitorForm, CourseForm):
    """Somebody came or called."""

    with_id = True
    outcomes = AT_THE_DOOR
    layout = ("kind", "who", "visitor_name", "relation", *CourseForm.layout)
    shown_when: ClassVar[Mapping[str, str]] = {**VisitorForm.shown_when, **CourseForm.shown_when}
    kind = RadioField(label=gettext_lazy("Cara"), choices=VisitKind.choices, initial=VisitKind.HOUSE, inline=True)

    def facts(self) -> dict[str, Any]:
        return {
            "id": self.record_id,
            "visitor": self.visitor,
            "kind": self.cleaned_data["kind"],
            **CourseForm.facts(self),
        }


class AnnounceVisitForm(VisitorForm):
    """Somebody will come or call."""

    layout: ClassVar = ("kind", "who", "visitor_name", "relation", "expected_at", "despite_bar")
    kind = RadioField(label=gettext_lazy("Cara"), choices=VisitKind.choices, initial=VisitKind.HOUSE, inline=True)
    expected_at = DateTimeField(label=gettext_lazy("Diharapkan"), not_before=timezone.localdate)
    despite_bar = BooleanField(label=gettext_lazy("Saya tahu ada larangan; ini tetap diizinkan"), required=False)

    def __init__(self, *args: Any, has_bars: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_bars:
            del self.fields["despite_bar"]

    def facts(self) -> dict[str, Any]:
        return {
            "id": self.record_id,
            "visitor": self.visitor,
            "kind": self.cleaned_data["kind"],
            "expected_at": self.cleaned_data["expected_at"],
            "despite_bar": self.cleaned_data.get("despite_bar", False),
        }


class WithdrawVisitForm(ActForm):
    with_id = False
    reason = TextField(label=gettext_lazy("Mengapa catatan ini salah?"), max_length=200)


class BarForm(VisitorForm):
    """Who may not come near a resident."""

    layout: ClassVar = ("who", "visitor_name", "relation", "reason", "decided_by", Row("starts", "ends"))
    reason = TextField(label=gettext_lazy("Alasan"), max_length=300)
    decided_by = TextField(
        label=gettext_lazy("Diputuskan oleh"),
        max_length=120,
        help_text=gettext_lazy("Misalnya kepala panti, penetapan pengadilan, permintaan penghuni sendiri."),
    )
    starts = DateField(label=gettext_lazy("Mulai"), initial=timezone.localdate)
    ends = DateField(label=gettext_lazy("Hari terakhir"), required=False, help_text="")

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "id": self.record_id,
            "visitor": self.visitor,
            **{name: typed[name] for name in ("reason", "decided_by", "starts", "ends")},
        }


class LiftBarForm(ActForm):
    with_id = False
    latest = DateField(label=gettext_lazy("Hari terakhir larangan berlaku"), initial=timezone.localdate)
