"""The form that every page of writing starts from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from serasi.common.forms.fields import label_of
from serasi.common.identifiers import is_uuid7, uuid7


class Refusal(Protocol):
    """What an operation raises when it will not: a sentence, and perhaps the field it is about."""

    message: Any


@dataclass(frozen=True)
class Row:
    """Fields that belong in one line on a wide screen."""

    fields: tuple[str, ...]

    def __init__(self, *fields: str) -> None:
        object.__setattr__(self, "fields", fields)


@dataclass(frozen=True)
class Fieldset:
    """A question with several fields: a legend, a hint, fields and rows; `shown_when="reason=other|unknown"` hides it
    until that answer is given, where there is script."""

    legend: str | Promise
    fields: Sequence[str | Row]
    hint: str | Promise = ""
    shown_when: str = ""


@dataclass(frozen=True)
class Part:
    """What the template draws: a line of bound fields."""

    fields: Sequence[BoundField]
    inline: bool
    shown_when: str = ""


@dataclass(frozen=True)
class Section:
    parts: Sequence[Part]
    legend: Any = ""
    hint: Any = ""
    shown_when: str = ""


class RecordIdField(forms.Field):
    """The id of the record that this form makes, chosen when the page was asked for. Sent twice, it is one record."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> UUID:
        if (found := _uuid7_of(value)) is None:
            raise ValidationError(
                _("Halaman ini sudah tidak berlaku. Periksa isian Anda, lalu kirim sekali lagi."), code="id"
            )
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        # Whoever comes with a broken id gets a good one, and can send again.
        return data if _uuid7_of(data) is not None else uuid7()


def _uuid7_of(value: Any) -> UUID | None:
    try:
        found = UUID(str(value))
    except ValueError:
        return None
    return found if is_uuid7(found) else None


class RevisionField(forms.Field):
    """Which version of the record the page showed; the operation refuses when it is no longer the latest."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        text = str(value or "")
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValidationError(_("Halaman ini sudah tidak berlaku. Muat ulang, lalu isi kembali."), code="revision")
        return int(text)


class SerasiForm(forms.Form):
    """The base of all forms that write.

    * `id` (hidden) is chosen at GET; `form.record_id` goes to the operation. `with_id = False` leaves it out.
    * `with_revision = True` adds a hidden `revision`, taken from `initial["revision"]`; read it as `form.revision`.
    * `layout` arranges fields in `Fieldset`s and `Row`s; fields it does not name follow in their own order.
    * `shown_when` maps a field to the answer that makes it matter: `{"other_reason": "reason=other"}`.
    * A required field without a message of its own says "Isi …." or "Pilih …." with its label.
    """

    use_required_attribute = False
    with_id: ClassVar[bool] = True
    with_revision: ClassVar[bool] = False
    marks_optional: ClassVar[bool] = True
    layout: ClassVar[Sequence[Fieldset | Row | str]] = ()
    shown_when: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if self.with_id:
            self.fields["id"] = RecordIdField(initial=uuid7)
        if self.with_revision:
            self.fields["revision"] = RevisionField()
        for name, field in self.fields.items():
            if field.label is None:
                field.label = forms.utils.pretty_name(name)
            if field.required:
                _give_required_message(field)

    # --- What was typed ---------------------------------------------------------------------------------------------

    @property
    def record_id(self) -> UUID:
        """The id for the record that is made, of a form that is valid."""
        value = self.cleaned_data["id"]
        assert isinstance(value, UUID)  # noqa: S101 - for the type checker; clean() gives nothing else
        return value

    @property
    def revision(self) -> int:
        return int(self.cleaned_data["revision"])

    def add_refusal(self, refused: Refusal) -> None:
        """Show what an operation refused, beside its field when it names one of ours."""
        message = str(getattr(refused, "message", refused))
        field = getattr(refused, "field", None)
        known = field in self.fields and not self.fields[field].widget.is_hidden
        self.add_error(field if known else None, ValidationError(message, code="refused"))

    # --- How it is arranged -----------------------------------------------------------------------------------------

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """The error summary, in the order of the page: the id of each control with an error, and the sentence.

        An empty id: the sentence is about all of it.
        """
        drawn = [bound.name for section in self.sections for part in section.parts for bound in part.fields]
        links = []
        for name in sorted(self.errors, key=lambda name: drawn.index(name) if name in drawn else -1):
            bound = None if name == NON_FIELD_ERRORS else self[name]
            leads_to = "" if bound is None or bound.is_hidden else str(getattr(bound, "focus_id", bound.auto_id))
            links += [(leads_to, str(message)) for message in self.errors[name]]
        return links

    @property
    def sections(self) -> Iterator[Section]:
        """The form's parts in the order they are drawn."""
        placed: set[str] = set()
        for entry in self.layout:
            if isinstance(entry, Fieldset):
                parts = [self._part(inner) for inner in entry.fields]
                yield Section(parts, entry.legend, entry.hint, entry.shown_when)
            else:
                parts = [self._part(entry)]
                yield Section(parts)
            placed.update(bound.name for part in parts for bound in part.fields)
        rest = [self._part(bound.name) for bound in self.visible_fields() if bound.name not in placed]
        if rest:
            yield Section(rest)

    def _part(self, entry: str | Row) -> Part:
        if isinstance(entry, Row):
            return Part([self[name] for name in entry.fields if name in self.fields], inline=True)
        bound = [self[entry]] if entry in self.fields else []
        return Part(bound, inline=False, shown_when=self._shown_when(entry))

    def _shown_when(self, name: str) -> str:
        condition = self.shown_when.get(name, "")
        if not condition:
            return ""
        other, _equals, answers = condition.partition("=")
        return f"{self.add_prefix(other)}={answers}"


class ActForm(SerasiForm):
    """A form of one operation. Its fields are named like what the operation takes; where they are not, or where a word
    stands for a kind, the form says so in `facts`."""

    def facts(self) -> dict[str, Any]:
        """What was typed, the record's id or revision with it, of a form that is valid."""
        return dict(self.cleaned_data)


def _give_required_message(field: forms.Field) -> None:
    if field.error_messages["required"] is not forms.Field.default_error_messages["required"]:
        return  # it has its own
    if isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("Beri tanda pada “%(label)s”.") % {"label": field.label}
        return
    choose = isinstance(field, forms.FileField | forms.ChoiceField)
    text = _("“%(label)s” belum dipilih.") if choose else _("“%(label)s” belum diisi.")
    field.error_messages["required"] = text % {"label": label_of(field)}
