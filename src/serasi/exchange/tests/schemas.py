"""Whether a message fits a schema of our OpenAPI. Only what that file uses of JSON Schema is understood; all else
fails, so that no rule is passed over in silence."""

import re
from datetime import datetime
from typing import Any, Final

from serasi.exchange.openapi import openapi

_KNOWN: Final = {"type", "required", "properties", "items", "enum", "maxLength", "format", "pattern", "oneOf", "$ref"}
_KNOWN_WORDS: Final = {"description", "example"}
_TYPES: Final[dict[str, Any]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def fits(value: Any, name: str) -> None:
    """Assert that a value fits the named schema."""
    found = list(_wrong(value, {"$ref": f"#/components/schemas/{name}"}, "$"))
    assert found == []


def _wrong(value: Any, schema: dict[str, Any], at: str) -> list[str]:
    unknown = set(schema) - _KNOWN - _KNOWN_WORDS
    if unknown:
        return [f"{at}: the schema says {sorted(unknown)}, which nobody checks"]
    if "$ref" in schema:
        return _wrong(value, openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]], at)
    if "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not _wrong(value, one, at)]
        return [] if len(fitting) == 1 else [f"{at}: fits {len(fitting)} of oneOf"]
    if "type" not in schema:
        return []  # described in words
    kind = _TYPES[schema["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return [f"{at}: not {schema['type']}"]
    found = _wrong_text(value, schema, at) if isinstance(value, str) else []
    if isinstance(value, dict):
        found += [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, told in schema.get("properties", {}).items():
            if name in value:
                found += _wrong(value[name], told, f"{at}.{name}")
    if isinstance(value, list):
        for place, one in enumerate(value):
            found += _wrong(one, schema["items"], f"{at}[{place}]")
    return found


def _wrong_text(value: str, schema: dict[str, Any], at: str) -> list[str]:
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is not one of {schema['enum']}")
    if "maxLength" in schema and len(value) > schema["maxLength"]:
        found.append(f"{at}: too long")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at}: not like {schema['pattern']}")
    if schema.get("format") == "date-time" and datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is None:
        found.append(f"{at}: no zone")
    return found
