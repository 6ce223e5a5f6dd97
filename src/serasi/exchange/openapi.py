"""What this registry takes and answers, as OpenAPI 3.0: our own words, written from the standard (`reference/`)."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def openapi() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (Path(__file__).parent / "reference" / "openapi.json").read_text(encoding="utf-8")
    )
    return read
