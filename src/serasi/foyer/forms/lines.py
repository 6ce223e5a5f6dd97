"""A list typed as lines of one box: one line, one promise."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from serasi.common.forms import LongTextField

MOST_LINES = 20
LONGEST_LINE = 300


class LinesField(LongTextField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("rows", 6)
        super().__init__(max_length=MOST_LINES * LONGEST_LINE, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip(" -•\t") for line in str(super().clean(value) or "").splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(
                _("“%(label)s”: paling banyak %(lines)d baris, tiap baris paling panjang %(letters)d huruf.")
                % {"label": self.label, "lines": MOST_LINES, "letters": LONGEST_LINE}
            )
        return lines
