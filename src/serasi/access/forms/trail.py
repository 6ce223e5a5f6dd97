"""What is typed on the pages of the trail."""

from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.enums import Subject
from serasi.access.fields import UnitChoiceField
from serasi.access.models import Unit, User
from serasi.access.permissions import SEE_LOOKS
from serasi.common.forms import ChoiceField, DateField, FilterForm, LongTextField, RadioField, SerasiForm, TextField


class LookFilter(FilterForm):
    siapa = TextField(label=_("Nama petugas"), max_length=80)
    unit = UnitChoiceField(None, label=_("Unit"), empty_label=_("Semua unit"))
    apa = ChoiceField(label=_("Yang dibuka"), choices=Subject.choices, empty_label=_("Semua"))
    sejak = DateField(label=_("Sejak"), help_text="")
    sampai = DateField(label=_("Sampai"), help_text="")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.reached_by(by, SEE_LOOKS)  # type: ignore[attr-defined]

    @property
    def first_day(self) -> Any:
        """A month back, unless another day is asked for: the log is long."""
        return self.chosen.get("sejak") or timezone.localdate() - timedelta(days=30)


class ReviewForm(SerasiForm):
    with_id = False
    layout: ClassVar = ("verdict", "note")

    verdict = RadioField(
        label=_("Apakah akses ini dapat dibenarkan?"),
        choices=[
            ("yes", _("Ya, keadaannya memang darurat")),
            ("no", _("Tidak; akses dihentikan dan perlu tindak lanjut")),
        ],
    )
    note = LongTextField(
        label=pgettext_lazy("satu", "Catatan"),
        required=False,
        max_length=1000,
        rows=4,
        help_text=_("Wajib diisi bila tidak dapat dibenarkan: mengapa, dan apa tindak lanjutnya."),
    )
