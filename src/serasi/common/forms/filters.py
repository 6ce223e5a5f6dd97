"""Forms that narrow a list, sent with GET. A wrong value narrows nothing and says so; it never breaks the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from serasi.common.components import PAGE_PARAMETER
from serasi.common.forms.base import SerasiForm
from serasi.common.private_words import KEY, PRIVATE_WORDS


@dataclass(frozen=True)
class ActiveFilter:
    """One choice in force, and the address of the list without it."""

    name: str
    label: str
    shown: str
    remove_url: str


class FilterForm(SerasiForm):
    """`form = CaseFilter(request.GET)`; `form.chosen` holds the valid answers alone, by name.

    Every field is optional whatever it says. `form.ignored` holds the sentences about values that were passed over.
    """

    with_id: ClassVar[bool] = False
    marks_optional: ClassVar[bool] = False
    send_on_change: ClassVar[bool] = True
    in_sight: ClassVar[tuple[str, ...]] = ()
    """Fields that are always shown, when the others fold away; without any, all are."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(_without_nul(data or QueryDict()), **kwargs)
        for field in self.fields.values():
            field.required = False
            for part in getattr(field, "fields", ()):
                part.required = False

    @property
    def is_private(self) -> bool:
        """Whether a field may hold a name or number, so that the form is posted (see `common.private_words`)."""
        return not PRIVATE_WORDS.isdisjoint(self.fields)

    @property
    def chosen(self) -> dict[str, Any]:
        """The answers that were given and make sense."""
        self.full_clean()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", [], ()) and value is not False
        }

    @property
    def fields_in_sight(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not self.in_sight or field.name in self.in_sight]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if self.in_sight and field.name not in self.in_sight]

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded field is in force or was passed over."""
        return any(field.name in self.chosen or field.errors for field in self.folded_fields)

    @property
    def ignored(self) -> list[str]:
        return [message for _leads_to, message in self.error_links]

    @property
    def active(self) -> list[ActiveFilter]:
        """What is in force, except what stands in a field that is always shown."""
        return [
            ActiveFilter(name, str(self.fields[name].label), self._shown(name, value), self._url_without(name))
            for name, value in self.chosen.items()
            if name not in self.in_sight
        ]

    @property
    def clear_url(self) -> str:
        return "?"

    def _shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        values = value if isinstance(value, list | tuple | set) else [value]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            words = {str(key): str(word) for key, word in _flat(field.choices)}
            return ", ".join(words.get(str(v), str(v)) for v in values)
        return ", ".join(str(field.prepare_value(v)) if len(values) == 1 else str(v) for v in values)

    def _url_without(self, name: str) -> str:
        kept = QueryDict(mutable=True)
        data = self.data if isinstance(self.data, MultiValueDict) else QueryDict()
        widget = self.fields[name].widget
        endings = getattr(widget, "widgets_names", [""])
        gone = {PAGE_PARAMETER, *PRIVATE_WORDS, *(self.add_prefix(name) + ending for ending in endings)}
        if name in PRIVATE_WORDS:
            gone.add(KEY)
        for key in data:
            if key not in gone:
                kept.setlist(key, [v for v in data.getlist(key) if v])
        return f"?{kept.urlencode()}"


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for key, word in choices:
        pairs += _flat(word) if isinstance(word, list | tuple) else [(key, word)]
    return pairs


def _without_nul(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The query, without the values that no database can be asked about."""
    if not isinstance(data, QueryDict):
        return data
    kept = QueryDict(mutable=True)
    for key, values in data.lists():
        kept.setlist(key, [v for v in values if "\x00" not in v])
    return kept
