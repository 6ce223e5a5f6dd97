"""What is typed to issue a letter, and to compare a paper with what was issued."""

from django.utils.translation import gettext_lazy as _

from serasi.cases.letters import issuable_kinds
from serasi.common.forms import ActForm, FileField, RadioField, SerasiForm


class LetterForm(ActForm):
    kind = RadioField(label=_("Jenis surat"), choices=issuable_kinds)


class CompareForm(SerasiForm):
    """The PDF someone holds, to be compared with the letter that was issued."""

    with_id = False

    file = FileField(label=_("Berkas PDF surat"), kinds=("pdf",), max_megabytes=5)
