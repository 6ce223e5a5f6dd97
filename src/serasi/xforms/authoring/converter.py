"""Runs pyxform on a workbook, by itself: a process of its own, with as much time and memory as it is given.

Started by path, in isolated mode, so nothing of Serasi is loaded here. Reads ``{"workbook", "seconds", "megabytes"}`` as JSON
from its input and writes ``{"xform", "warnings"}`` or ``{"code", "context", "english"}`` to its output.
"""

import json
import resource
import sys


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
        answer = {"xform": made.xform, "warnings": made.warnings}
    except MemoryError:
        answer = {"code": "MEMORY", "context": {}, "english": "out of memory"}
    except Exception as error:
        code, context = getattr(error, "code", None), getattr(error, "context", None) or {}
        answer = {
            "code": getattr(code, "name", ""),
            "context": {name: str(value) for name, value in context.items()},
            "english": f"{type(error).__name__}: {error}" if not hasattr(error, "code") else str(error),
        }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
