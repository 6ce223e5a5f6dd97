"""Runs pyxform on a workbook, by itself: a process of its own, with as much time and memory as it is given.

Started by its text, in isolated mode, so nothing of Serasi is loaded here. Reads ``{"workbook", "seconds",
"megabytes"}`` as JSON from its input and writes ``{"xform", "warnings"}`` or ``{"code", "context", "english"}`` to
its output.
"""

import json
import re
import resource
import sys
from typing import Any


def main() -> None:
    asked = json.load(sys.stdin)
    memory = asked["megabytes"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))  # pyxform passes the form through a temporary file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        from pyxform.xls2xform import convert  # noqa: PLC0415 - after the limits, and it takes its time

        made = convert(asked["workbook"], pretty_print=False)
        answer: dict[str, Any] = {"xform": made.xform, "warnings": [told(warning) for warning in made.warnings]}
    except MemoryError:
        answer = {"code": "MEMORY", "context": {}, "english": "out of memory"}
    except Exception as error:
        answer = told(str(error) if hasattr(error, "code") else f"{type(error).__name__}: {error}")
    sys.stdout.write(json.dumps(answer))


def told(english: str) -> dict[str, Any]:
    """A sentence of pyxform with its code and what stands in it; most come without, as they were put together."""
    from pyxform.errors import ErrorCode  # noqa: PLC0415 - after the limits

    for code in ErrorCode:
        template = re.split(r"\{(\w+)\}", code.value.msg.replace("{{", "{").replace("}}", "}"))
        seen: set[str] = set()
        pattern = ""
        for place, part in enumerate(template):
            if place % 2:
                pattern += f"(?P={part})" if part in seen else f"(?P<{part}>.*?)"
                seen.add(part)
            else:
                pattern += re.escape(part)
        if match := re.fullmatch(pattern, english.strip(), re.DOTALL):
            return {"code": code.name, "context": match.groupdict(), "english": english}
    return {"code": "", "context": {}, "english": english}


if __name__ == "__main__":
    main()
