"""Which database a command works with."""

import os
import sys

from serasi.cli.home import data_folder
from serasi.postgres import Server, ensure


def prepare_database() -> Server | None:
    """Put the embedded server's address into the environment, started first; None when another is named."""
    if os.environ.get("DATABASE_URL"):
        return None
    home = data_folder()
    server = ensure(home, _tell if sys.stderr.isatty() else None)
    os.environ["SERASI_HOME"] = str(home)
    os.environ["DATABASE_URL"] = server.url
    return server


def _tell(message: str) -> None:
    sys.stderr.write(f"serasi: {message}\n")
