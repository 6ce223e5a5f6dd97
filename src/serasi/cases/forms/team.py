"""Forms about who works on a case and what they have to do."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.cases.enums import TeamPart
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    LongTextField,
    ModelChoiceField,
    TextField,
)


class MemberForm(ActForm):
    user = ModelChoiceField(queryset=None, label=_("Petugas"))
    part = ChoiceField(
        label=_("Peran dalam tim"),
        choices=[choice for choice in TeamPart.choices if choice[0] != TeamPart.MANAGER],
        empty_label=None,
        initial=TeamPart.MEMBER,
    )
    profession = TextField(label=_("Profesi dalam kasus ini"), max_length=80, required=False)

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]


class HandOverForm(ActForm):
    to = ModelChoiceField(queryset=None, label=_("Manajer kasus yang baru"))
    stays = BooleanField(label=_("Manajer lama tetap menjadi anggota tim"), required=False, initial=True)

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = users  # type: ignore[attr-defined]


class TaskForm(ActForm):
    title = TextField(label=_("Yang harus dilakukan"), max_length=300)
    owner = ModelChoiceField(queryset=None, label=_("Penanggung jawab"))
    due_date = DateField(label=_("Batas waktu"), not_before=timezone.localdate)

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = users  # type: ignore[attr-defined]


class DoneForm(ActForm):
    with_id = False
    with_revision = True
    done_note = LongTextField(label=_("Hasil"), max_length=2000, rows=3, required=False)
