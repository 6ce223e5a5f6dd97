"""The data folder: everything an installation owns."""

import os
import tomllib
from pathlib import Path


def data_folder() -> Path:
    """Return ``SERASI_HOME``, or ``var`` of the clone this code is in, or ``var`` of the current folder."""
    if wanted := os.environ.get("SERASI_HOME"):
        return Path(wanted).absolute()
    clone = Path(__file__).resolve().parents[3]
    return (clone if _is_clone(clone) else Path.cwd()) / "var"


def _is_clone(folder: Path) -> bool:
    try:
        with (folder / "pyproject.toml").open("rb") as file:
            name: object = tomllib.load(file).get("project", {}).get("name")
    except (OSError, tomllib.TOMLDecodeError):
        return False
    return name == "serasi"
