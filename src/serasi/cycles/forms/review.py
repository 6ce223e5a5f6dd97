"""What is typed to plan a review and to write down how it was held: the person's own words come first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.cases.enums import GoalResult
from serasi.cases.models import Goal
from serasi.cases.operations.conference import DecisionMade
from serasi.common.forms import (
    ActForm,
    BooleanField,
    DateField,
    DateTimeField,
    Fieldset,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioField,
    Row,
    TextField,
)
from serasi.common.initials import Veil
from serasi.cycles.models import Meeting, Review
from serasi.cycles.models.review import RESULTS
from serasi.cycles.operations import Answered, Guest

GUESTS, DECISIONS = 3, 3
YES, NO = "yes", "no"


class _WithGuests(ActForm):
    """Staff are ticked, others are named with what they are to the person."""

    marks_optional = False

    def __init__(self, *args: Any, staff: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(user.pk): user for user in staff}
        self.fields["staff"] = MultipleChoiceField(
            label=self.staff_label, choices=[(pk, user.full_name) for pk, user in self.staff.items()], required=False
        )
        self.rows: list[str | Row] = ["staff"]
        for number in range(1, GUESTS + 1):
            self.fields[f"guest_{number}"] = TextField(
                label=gettext("Orang lain %(n)d") % {"n": number}, max_length=150, required=False
            )
            self.fields[f"guest_{number}_as"] = TextField(
                label=_("Sebagai"), max_length=80, required=False, help_text=_("Ibu, guru, pemilik bengkel …")
            )
            self.rows.append(Row(f"guest_{number}", f"guest_{number}_as"))

    staff_label: Any = _("Petugas yang hadir")

    @property
    def guests(self) -> list[Guest]:
        data = self.cleaned_data
        return [Guest(user=self.staff[pk]) for pk in data.get("staff", [])] + [
            Guest(name=data[f"guest_{number}"], as_what=data.get(f"guest_{number}_as", ""))
            for number in range(1, GUESTS + 1)
            if data.get(f"guest_{number}")
        ]


def initial_guests(rows: Sequence[Any]) -> dict[str, Any]:
    """Who was asked, or who came, as this form shows it."""
    named = [row for row in rows if row.user_id is None][:GUESTS]
    found: dict[str, Any] = {"staff": [str(row.user_id) for row in rows if row.user_id]}
    for number, row in enumerate(named, start=1):
        found[f"guest_{number}"], found[f"guest_{number}_as"] = row.name, row.as_what
    return found


class PlanReviewForm(_WithGuests):
    with_id = False
    with_revision = True
    staff_label = _("Petugas yang diundang")
    planned_at = DateTimeField(label=_("Waktu"))
    place = TextField(label=_("Tempat"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = (  # type: ignore[misc]
            "planned_at",
            "place",
            Fieldset(_("Siapa yang diundang"), self.rows, hint=_("Orangnya sendiri selalu diundang.")),
        )

    def facts(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in ("revision", "planned_at", "place")}
        return typed | {"guests": self.guests}


class _MeetingForm(_WithGuests):
    """How a review was held. ``goals`` are those that a closing review answers."""

    was_there = RadioField(
        label=_("Apakah orangnya hadir?"), choices=[(YES, _("Ya, hadir")), (NO, _("Tidak hadir"))], inline=True
    )
    absence_reason = TextField(label=_("Mengapa tidak hadir"), max_length=500, required=False)
    own_words = LongTextField(
        label=_("Kata-katanya sendiri"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("Kutip: apa yang berubah, apa yang ia banggakan, apa yang ia inginkan."),
    )
    held_on = DateField(label=_("Tanggal pelaksanaan"))
    place = TextField(label=_("Tempat"), max_length=120, required=False)
    summary = LongTextField(label=_("Ringkasan"), max_length=4000, rows=4)
    shown_when = {"absence_reason": f"was_there={NO}"}

    def __init__(self, *args: Any, goals: Sequence[Goal], veil: Veil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        answered: list[Fieldset] = []
        for goal in goals:
            result, reason, carries = f"result_{goal.pk}", f"reason_{goal.pk}", f"carries_{goal.pk}"
            statement = veil.over(goal.statement)
            self.fields[result] = RadioField(
                label=_("Hasil"),
                choices=[(one.value, one.label) for one in RESULTS],
                inline=True,
                error_messages={"required": gettext("Jawab tujuan “%(goal)s”.") % {"goal": statement}},
            )
            self.fields[reason] = TextField(
                label=_("Alasan"), max_length=500, required=False, help_text=_("Wajib bila belum tercapai seluruhnya.")
            )
            self.fields[carries] = BooleanField(label=_("Bawa ke siklus berikutnya"), required=False)
            answered.append(Fieldset(statement, (result, reason, carries)))
        self.answered = answered

    @property
    def answers(self) -> list[Answered]:
        data = self.cleaned_data
        return [
            Answered(
                goal,
                GoalResult(data[f"result_{goal.pk}"]),
                reason=data[f"reason_{goal.pk}"],
                carries_over=data[f"carries_{goal.pk}"],
            )
            for goal in self.goals
        ]

    def facts(self) -> dict[str, Any]:
        typed = {
            name: self.cleaned_data[name]
            for name in ("id", "held_on", "place", "absence_reason", "own_words", "summary")
        }
        was_there = self.cleaned_data["was_there"] == YES
        return typed | {"person_was_there": was_there, "guests": self.guests, "answers": self.answers}


class HoldForm(_MeetingForm):
    """With up to three decisions; a closing review may open the next cycle."""

    def __init__(self, *args: Any, review: Review, team: Any, may_open_next: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions: list[str | Row] = []
        for number in range(1, DECISIONS + 1):
            name = f"decision_{number}"
            self.fields[name] = TextField(
                label=gettext("Keputusan %(n)d") % {"n": number}, max_length=300, required=False
            )
            self.fields[f"{name}_owner"] = ModelChoiceField(queryset=team, label=_("Penanggung jawab"), required=False)
            self.fields[f"{name}_due"] = DateField(label=_("Batas waktu"), required=False, help_text="")
            decisions += [name, Row(f"{name}_owner", f"{name}_due")]
        following: tuple[str, ...] = ()
        if review.is_closing and may_open_next:
            self.fields["next_starts_on"] = DateField(
                label=_("Siklus berikutnya dimulai"),
                required=False,
                help_text=_("Kosongkan bila belum ada siklus berikutnya."),
            )
            following = ("next_starts_on",)
        self.layout = (  # type: ignore[misc]  # its fields are known only now
            "was_there",
            "absence_reason",
            "own_words",
            *self.answered,
            "summary",
            Row("held_on", "place"),
            Fieldset(_("Peserta lain"), self.rows),
            Fieldset(
                _("Keputusan"),
                decisions,
                hint=_("Setiap keputusan menjadi tugas dengan batas waktu. Baris yang tidak dipakai dibiarkan kosong."),
            ),
            *following,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, DECISIONS + 1):
            parts = [cleaned.get(f"decision_{number}{end}") for end in ("", "_owner", "_due")]
            is_said = any(f"decision_{number}{end}" in self.errors for end in ("", "_owner", "_due"))
            if any(parts) and not all(parts) and not is_said:
                self.add_error(
                    f"decision_{number}",
                    ValidationError(
                        gettext("Keputusan memerlukan isi, penanggung jawab, dan batas waktu."), code="partial"
                    ),
                )
        return cleaned

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        decisions = [
            DecisionMade(
                data[f"decision_{number}"], data[f"decision_{number}_owner"], _day(data[f"decision_{number}_due"])
            )
            for number in range(1, DECISIONS + 1)
            if data.get(f"decision_{number}")
        ]
        return super().facts() | {"decisions": decisions, "next_starts_on": data.get("next_starts_on")}


class CorrectReviewForm(_MeetingForm):
    reason = LongTextField(label=_("Alasan pembetulan"), max_length=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = (  # type: ignore[misc]  # its fields are known only now
            "was_there",
            "absence_reason",
            "own_words",
            *self.answered,
            "summary",
            Row("held_on", "place"),
            Fieldset(_("Peserta lain"), self.rows),
            "reason",
        )

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"reason": self.cleaned_data["reason"]}


def initial_meeting(meeting: Meeting) -> dict[str, Any]:
    """What was written, as this form shows it."""
    found = initial_guests(list(meeting.seats.all())) | {
        "was_there": YES if meeting.person_was_there else NO,
        "absence_reason": meeting.absence_reason,
        "own_words": meeting.own_words,
        "held_on": meeting.held_on,
        "place": meeting.place,
        "summary": meeting.summary,
    }
    for one in meeting.outcomes.all():
        found[f"result_{one.goal_id}"], found[f"reason_{one.goal_id}"] = one.result, one.reason
        found[f"carries_{one.goal_id}"] = one.carries_over
    return found


def _day(value: Any) -> date:
    assert isinstance(value, date)  # noqa: S101 - for the type checker; `clean` refuses a decision without its day
    return value
