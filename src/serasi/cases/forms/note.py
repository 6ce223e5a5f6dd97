"""What is typed into a note."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import User
from serasi.cases.enums import AreaTag, NoteKind
from serasi.cases.models.part import readable_tags
from serasi.common.forms import ActForm, DateTimeField, LongTextField, MultipleChoiceField, RadioField


def tag_choices(actor: User) -> list[tuple[str, Any]]:
    return [(tag, AreaTag(tag).label) for tag in readable_tags(actor)]


class NoteForm(ActForm):
    kind = RadioField(label=_("Jenis catatan"), choices=NoteKind.choices, inline=True, initial=NoteKind.PROGRESS)
    happened_at = DateTimeField(label=_("Waktu kejadian"))
    text = LongTextField(label=pgettext_lazy("satu", "Catatan"), max_length=8000, rows=6)
    tags = MultipleChoiceField(
        label=_("Tanda bagian"),
        required=False,
        inline=True,
        help_text=_("Catatan bertanda hanya dibaca profesi yang memerlukannya."),
    )

    def __init__(self, *args: Any, actor: User, may_supervise: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in NoteKind.choices if may_supervise or choice[0] != NoteKind.SUPERVISION]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["tags"].choices = tag_choices(actor)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"kind": NoteKind(self.cleaned_data["kind"])}


class CorrectionForm(ActForm):
    happened_at = DateTimeField(label=_("Waktu kejadian"))
    text = LongTextField(label=_("Catatan yang benar"), max_length=8000, rows=6)
    tags = MultipleChoiceField(label=_("Tanda bagian"), required=False, inline=True)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].choices = tag_choices(actor)  # type: ignore[attr-defined]
