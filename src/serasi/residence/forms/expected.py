"""What is typed about people who are expected."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit
from serasi.common.forms import ActForm, ChoiceField, DateField, MultipleChoiceField, TextField
from serasi.residence.enums import Property
from serasi.residence.forms.place import PlaceChoices, bed_of


class ReserveForm(ActForm):
    """Somebody is expected between two days; a bed may be held for them."""

    layout = ("first_day", "last_day", "needs", "bed", "note")
    first_day = DateField(label=_("Ditunggu sejak"), initial=timezone.localdate)
    last_day = DateField(label=_("Sampai"), initial=timezone.localdate)
    needs = MultipleChoiceField(label=_("Kebutuhan tempat"), choices=Property.choices, required=False, inline=True)
    note = TextField(label=_("Keterangan"), max_length=300, required=False)

    def __init__(self, typed: QueryDict | None, *, choices: PlaceChoices, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.unit: Unit = choices.unit
        self.fields["bed"] = ChoiceField(
            label=_("Tempat tidur"), choices=choices.beds, empty_label=_("Ditentukan kemudian"), required=False
        )

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"bed": bed_of(self.unit, typed["bed"])}


class CancelForm(ActForm):
    with_id = False
    reason = TextField(label=_("Mengapa dibatalkan"), max_length=300)
