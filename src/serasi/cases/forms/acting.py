"""The form of an act: what is typed into it, as the operation takes it."""

from typing import Any

from serasi.common.forms import SerasiForm


class ActForm(SerasiForm):
    """A form of one operation. Its fields are named like what the operation takes; where they are not, or where a word
    stands for a kind, the form says so in `facts`."""

    def facts(self) -> dict[str, Any]:
        """What was typed, the record's id or revision with it, of a form that is valid."""
        return dict(self.cleaned_data)
