"""What is typed on the pages of this app."""

from django.utils.translation import gettext_lazy as _

from serasi.capacity.enums import Answer, Leaving, Tonight, Way
from serasi.common.forms import ActForm, ChoiceField, FilterForm, MultipleChoiceField, RadioField, TextField
from serasi.institutions.enums import Cluster
from serasi.residence.enums import Property


class WaitForm(ActForm):
    layout = ("tonight", "reason", "needs")
    tonight = RadioField(label=_("Malam ini tidur"), choices=Tonight.choices)
    reason = TextField(
        label=_("Mengapa perlu tinggal di lembaga"),
        max_length=300,
        help_text=_("Yang tidak dapat dipenuhi keluarga, pendamping atau layanan di dekat rumahnya."),
    )
    needs = MultipleChoiceField(label=_("Kebutuhan tempat"), choices=Property.choices, required=False, inline=True)


class AttemptForm(ActForm):
    layout = ("way", "answer", "account")
    way = RadioField(label=_("Yang dicoba"), choices=Way.choices)
    answer = RadioField(label=_("Hasilnya"), choices=Answer.choices)
    account = TextField(
        label=_("Dengan siapa, dan apa jawabannya"),
        max_length=300,
        help_text=_("Misalnya: kakaknya di Tegal bersedia bila dibantu biaya obat."),
    )


class LeaveForm(ActForm):
    with_id = False
    layout = ("leaving", "left_reason")
    leaving = RadioField(
        label=_("Selesai menunggu karena"),
        choices=[choice for choice in Leaving.choices if choice[0] not in {Leaving.ADMITTED, Leaving.DIVERTED}],
    )
    left_reason = TextField(label=_("Penjelasan"), max_length=300)


class ReckonForm(ActForm):
    """Nothing is typed: the day is today."""

    with_id = False


class ElsewhereFilter(FilterForm):
    in_sight = ("klaster",)
    klaster = ChoiceField(label=_("Untuk"), choices=Cluster.choices, empty_label=_("Semua klaster"))
