from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


class Worded:
    """Something that is called otherwise in the other languages of its form.

    ``words`` are those: by the language as the form names it (``English (en)``), the text by the name of the field.
    """

    words: Mapping[str, Mapping[str, str]]

    def shown(self, name: str) -> str:
        """A text in the reader's language, or as it was written first."""
        code = (get_language() or "").partition("-")[0]
        texts = next((texts for language, texts in self.words.items() if language.endswith(f"({code})")), {})
        own: Any = getattr(self, name)
        return texts.get(name) or str(own)

    @property
    def shown_title(self) -> str:
        return self.shown("title")
