"""The form of one operation."""

from typing import Any

from serasi.common.forms import SerasiForm


class ActForm(SerasiForm):
    """Its fields are named like what the operation takes; where a word stands for a kind, `facts` gives the kind."""

    def facts(self) -> dict[str, Any]:
        """What was typed, the record's id or revision with it, of a form that is valid."""
        return dict(self.cleaned_data)
