"""Fields that the database holds sealed: readable text in Python, bytes without meaning in rows, dumps and
trails.

To find an exact value, put a `KeyedHashField` beside the `EncryptedTextField`; a sealed value itself can be
neither compared nor sorted. Keys: settings SERASI_FIELD_KEYS and SERASI_HASH_KEY, see
`serasi.common.keyring`.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core import checks, validators
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression

from serasi.common.keyring import (
    HASH_BYTES,
    CannotDecrypt,
    KeyFile,
    Keyring,
    KeyringRefused,
    load_or_create_keyring,
    new_key,
)

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _BinaryField = models.BinaryField[Any, Any]
else:
    _Field = models.Field
    _BinaryField = models.BinaryField

__all__ = [
    "HASH_BYTES",
    "CannotDecrypt",
    "EncryptedBinaryField",
    "EncryptedTextField",
    "KeyFile",
    "KeyedHashField",
    "Keyring",
    "KeyringRefused",
    "keyed_hash",
    "keyring",
    "load_or_create_keyring",
    "new_key",
    "rotate",
]


@lru_cache(maxsize=8)
def _keyring_of(field_keys: tuple[str, ...], hash_key: str) -> Keyring:
    return Keyring.from_text(field_keys, hash_key)


def keyring() -> Keyring:
    """The keys of this installation."""
    return _keyring_of(tuple(settings.SERASI_FIELD_KEYS), settings.SERASI_HASH_KEY)


def keyed_hash(text: str, purpose: str) -> bytes:
    """32 bytes for exact match. One purpose for each kind of number, so that equal digits of two kinds stay
    apart.
    """
    return keyring().hash(text, purpose=purpose)


def rotate(sealed: bytes, *, context: str) -> bytes:
    """The sealed value under the newest key; `context` is that of its field. Raises CannotDecrypt."""
    return keyring().rotate(sealed, context=context)


class _Opened(str):
    """Text that remembers how it was sealed, so that saving an untouched row does not look like a change."""

    sealed: bytes
    context: str


class EncryptedTextField(_Field):
    """Text, sealed with AES-256-GCM under the newest key and bound to the field it was written to.

    `context` is fixed when the field first belongs to a model and travels with it into migrations and trail
    tables, whose copies of the bytes could not be opened under another name. Set it by hand when a field is
    renamed.
    """

    description = "Teks terenkripsi"
    empty_strings_allowed = True

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002
        super().contribute_to_class(cls, name, private_only)
        if not self.context and not cls._meta.abstract:
            self.context = f"{cls._meta.app_label}.{cls.__name__}.{name}"

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.context:
            kwargs["context"] = self.context
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            found.append(
                checks.Error(
                    "An encrypted field differs at every sealing and can be neither unique nor indexed.",
                    hint="Put a KeyedHashField beside it.",
                    obj=self,
                    id="common.E001",
                )
            )
        if self.has_default() and self.default not in (None, ""):
            found.append(checks.Error("An encrypted field has no default but empty.", obj=self, id="common.E002"))
        return found

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(
                f"{self} is encrypted and cannot be looked up with '{lookup_name}'; "
                "compare the KeyedHashField beside it."
            )
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self} is encrypted and has no '{lookup_name}'; compare the KeyedHashField beside it.")

    def to_python(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else str(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        if not prepared:
            value = self.get_prep_value(value)
        if value is None or isinstance(value, BaseExpression):
            return value
        database: Any = connection  # the stubs do not know the driver
        return database.Database.Binary(self.sealed(value))

    def sealed(self, value: str) -> bytes:
        """The bytes to store: those the text came from if the newest key still stands, else freshly sealed."""
        keys = keyring()
        if isinstance(value, _Opened) and value.context == self.context and keys.is_current(value.sealed):
            return value.sealed
        return keys.seal(str(value), context=self.context)

    def from_db_value(self, value: Any, _expression: BaseExpression, _connection: BaseDatabaseWrapper) -> str | None:
        if value is None:
            return None
        sealed = bytes(value)
        opened = _Opened(keyring().open(sealed, context=self.context))
        opened.sealed = sealed
        opened.context = self.context
        return opened

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self} is encrypted and is not written to fixtures; back up the database and its keys.")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class EncryptedBinaryField(_BinaryField):
    """Bytes, sealed as an `EncryptedTextField` seals text: a file that a row holds for a while.

    What was stored before the field was sealed is read as it is.
    """

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"context": self.context}

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        sealed = value if value is None else keyring().seal_bytes(bytes(value), context=self.context)
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, _expression: BaseExpression, _connection: BaseDatabaseWrapper) -> bytes | None:
        if value is None:
            return None
        stored, keys = bytes(value), keyring()
        return keys.open_bytes(stored, context=self.context) if keys.knows(stored) else stored


class KeyedHashField(_BinaryField):
    """The keyed hash of a text, for exact match and uniqueness.

    Text given to it, also in `filter(nik_hash="3175…")`, is hashed under `purpose`; bytes are stored as
    they are. With `source`, each save takes the text of that field anew; `update()` and raw SQL do not.
    Give it text that is already normalised, such as the digits alone.
    """

    def __init__(self, *args: Any, purpose: str = "", source: str = "", **kwargs: Any) -> None:
        if source and not purpose:
            raise TypeError("a hash taken from a source needs its purpose")
        self.purpose = purpose
        self.source = source
        kwargs["max_length"] = HASH_BYTES
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        given = {"purpose": self.purpose, "source": self.source}
        kwargs |= {name: value for name, value in given.items() if value}
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001
        if self.source:
            text = getattr(model_instance, self.source)
            setattr(model_instance, self.attname, keyed_hash(str(text), self.purpose) if text else None)
        return super().pre_save(model_instance, add)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if not isinstance(value, str):
            return value
        if not self.purpose:
            raise TypeError(f"{self} has no purpose to hash text under; give it bytes from keyed_hash()")
        return keyed_hash(value, self.purpose)
