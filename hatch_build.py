"""Put the built stylesheet, script and icons into the wheel.

An editable install builds nothing: who works in the tree runs ``make``, and a user of the wheel needs no Node.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = Path("src/serasi/common/static/dist/serasi.css")


class AssetsHook(BuildHookInterface[Any]):
    """Run the front-end build before a wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        npm = shutil.which("npm")
        if npm is not None:
            for command in ([npm, "ci", "--no-audit", "--no-fund"], [npm, "run", "build"]):
                subprocess.run(command, cwd=root / "frontend", check=True)  # noqa: S603 - fixed commands
        elif not (root / BUILT).is_file():
            raise RuntimeError("a wheel needs the built pages: install Node 20 or newer, or run make first")
