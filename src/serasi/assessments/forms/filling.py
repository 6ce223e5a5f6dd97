"""Beginning to fill an instrument, giving it up, and another opinion of a score."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from serasi.assessments.enums import Mode
from serasi.assessments.models import Band, Score
from serasi.common.forms import ActForm, DateField, LongTextField, ModelChoiceField, RadioField


class StartForm(ActForm):
    marks_optional = False
    mode = RadioField(label=_("Kata siapa jawaban ini"), choices=Mode.choices)
    assessed_on = DateField(label=_("Tanggal asesmen"))


class VoidForm(ActForm):
    with_id = False
    reason = LongTextField(label=_("Mengapa pengisian ini dibatalkan"), max_length=500, rows=2)


class OpinionForm(ActForm):
    band = ModelChoiceField(
        None, label=_("Menurut Anda lebih tepat"), required=False, empty_label=_("Tidak satu pun pita ini")
    )
    reason = LongTextField(label=_("Alasan"), max_length=2000, rows=4)

    def __init__(self, *args: Any, score: Score, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [band.pk for band in score.scale.bands.all() if band.pk != score.band_id]
        self.fields["band"].queryset = Band.objects.filter(pk__in=others)  # type: ignore[attr-defined]
