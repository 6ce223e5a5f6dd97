"""What is typed about two records that may be one person."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ActForm, LongTextField, RadioField
from serasi.people.enums import Verdict


class AskForm(ActForm):
    question = LongTextField(
        label=_("Yang ingin Anda tanyakan"),
        max_length=500,
        rows=3,
        help_text=_("Misalnya sejak kapan ia di sana, atau tanda yang dapat dicocokkan. Tulis hanya yang perlu."),
    )


class AnswerForm(ActForm):
    with_id: ClassVar[bool] = False

    verdict = RadioField(label=_("Apakah orang yang sama?"), choices=Verdict.choices)
    answer = LongTextField(label=_("Keterangan"), max_length=500, rows=3, required=False)
