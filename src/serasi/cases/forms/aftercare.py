"""What is typed to plan a visit, to hold it, to move it, to call it off."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.cases.forms.monitoring import SCORES, add_scores, scores_of
from serasi.common.forms import ActForm, DateField, Fieldset, LongTextField, ModelChoiceField, RadioField, TextField


class VisitForm(ActForm):
    due_date = DateField(label=_("Jatuh tempo"), not_before=timezone.localdate)
    owner = ModelChoiceField(queryset=None, label=_("Penanggung jawab"))

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = users  # type: ignore[attr-defined]


class VisitHeldForm(ActForm):
    with_id = False
    held_on = DateField(label=_("Tanggal kunjungan"), not_after=timezone.localdate)
    with_whom = TextField(label=_("Bertemu dengan"), max_length=200, required=False)
    account = LongTextField(label=_("Hasil kunjungan"), max_length=4000)
    is_stable = RadioField(
        label=_("Keadaan"), choices=[("yes", _("Stabil")), ("no", _("Perlu perhatian"))], inline=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_scores(self)
        self.layout = ("held_on", "with_whom", Fieldset(_("Keberfungsian sosial"), SCORES), "account", "is_stable")  # type: ignore[misc]  # as they are drawn

    def facts(self) -> dict[str, Any]:
        is_stable = self.cleaned_data["is_stable"] == "yes"
        return super().facts() | scores_of(self.cleaned_data) | {"is_stable": is_stable}


class RescheduleForm(ActForm):
    with_id = False
    due_date = DateField(label=_("Tanggal baru"), not_before=timezone.localdate)
