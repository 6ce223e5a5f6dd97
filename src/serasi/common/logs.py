"""Lines of the log. What an exception says may hold a name or a number; its kind and its place in the code do not."""

import logging
import re
import traceback
from types import TracebackType
from typing import Final

_Told = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


KEY_IN_ADDRESS: Final = re.compile(r"(/openrosa/k/)[^/\s]+")
"""The key of a field device stands in the addresses it asks for."""


class WithoutContent(logging.Formatter):
    """Writes of an exception, and of those behind it, where it arose and of what kind it is, never what it says."""

    def format(self, record: logging.LogRecord) -> str:
        return KEY_IN_ADDRESS.sub(r"\1…", super().format(record))

    def formatException(self, ei: _Told) -> str:  # noqa: N802  (named by the standard library)
        _kind, error, _trace = ei
        told = []
        while error is not None:
            places = traceback.extract_tb(error.__traceback__)
            told += [f"  {place.filename}:{place.lineno} {place.name}" for place in places]
            told.append(f"{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told)
