"""What every record of Serasi shares: an id from the client, its trail, its row policy, the class of each field."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models

from serasi.access.enums import PersonalClass
from serasi.common.identifiers import uuid7


class Classified(Mapping[str, PersonalClass]):
    """The personal class of each field of a model, by name.

    Written next to the model as words: ``Classified(none="code kind", general="full_name", specific="diagnosis")``.
    A field named twice is refused at import; a field left out is refused by a test over all models.
    """

    def __init__(
        self, *, none: str = "", general: str = "", specific: str = "", identity: str = "", secret: str = ""
    ) -> None:
        given = {
            PersonalClass.NONE: none,
            PersonalClass.GENERAL: general,
            PersonalClass.SPECIFIC: specific,
            PersonalClass.IDENTITY: identity,
            PersonalClass.SECRET: secret,
        }
        self._classes: dict[str, PersonalClass] = {}
        for personal_class, names in given.items():
            for name in names.split():
                if name in self._classes:
                    raise ValueError(f"{name} is classified twice")
                self._classes[name] = personal_class

    def __getitem__(self, name: str) -> PersonalClass:
        return self._classes[name]

    def __iter__(self) -> Any:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)


if TYPE_CHECKING:
    _PositiveIntegerField = models.PositiveIntegerField[int, int]
else:
    _PositiveIntegerField = models.PositiveIntegerField


class RevisionField(_PositiveIntegerField):
    """Counts the changes of a record that two people may edit at once; an update is conditional on it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", 1)
        options.setdefault("editable", False)
        super().__init__(**options)


class Record(models.Model):
    """Base of every record: the id is a UUIDv7 made by the client, so that a retry is the same record.

    ``row_policy`` is the SQL condition under which the application's role may see a row (row-level security);
    None means that the table holds nothing about a person. See `serasi.access.safeguards`.
    """

    personal: ClassVar[Classified]
    row_policy: ClassVar[str | None] = None

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


_M = TypeVar("_M", bound=type[models.Model])
_tracked: list[type[models.Model]] = []


def tracked(model: _M) -> _M:
    """Class decorator: every insert, update and delete of this table goes into the trail, or does not happen."""
    _tracked.append(model)
    return model


def tracked_models() -> Iterable[type[models.Model]]:
    return tuple(_tracked)
