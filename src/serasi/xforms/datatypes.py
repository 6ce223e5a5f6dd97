"""Whether a text is of its type (https://getodk.github.io/xforms-spec/#data-types)."""

import re
from datetime import UTC

from serasi.xforms.xpath import DataType
from serasi.xforms.xpath.values import NUMBER, day_of, moment_of, time_of

WHOLE = re.compile(r"-?\d+")


def belongs(text: str, kind: DataType) -> bool:  # noqa: PLR0911 - one line for each type
    match kind:
        case DataType.INT:
            return WHOLE.fullmatch(text) is not None
        case DataType.DECIMAL:
            return NUMBER.fullmatch(text) is not None
        case DataType.BOOLEAN:
            return text in {"true", "false", "1", "0"}
        case DataType.DATE:
            return day_of(text) is not None
        case DataType.TIME:
            return time_of(text) is not None
        case DataType.DATE_TIME:
            return moment_of(text, UTC) is not None
        case DataType.GEOPOINT:
            return _is_point(text)
        case DataType.GEOTRACE | DataType.GEOSHAPE:
            points = [point for point in text.split(";") if point.strip()]
            return len(points) >= 2 and all(map(_is_point, points))
        case DataType.BINARY:
            return "/" not in text and "\\" not in text and not text.startswith(".")
        case _:
            return True


def _is_point(text: str) -> bool:
    """Latitude, longitude, and perhaps altitude and accuracy."""
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(NUMBER.fullmatch(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180
