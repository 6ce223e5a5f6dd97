"""How long it takes from a clean clone to the open site, and how long the next day."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

LONGEST = 600


def beginning() -> dict[str, float]:
    """Seconds of `make run` until the site answers, in a clone of what is committed, with no cache of packages."""
    project = Path(__file__).resolve().parents[1]
    with TemporaryDirectory(prefix="serasi-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "--quiet", str(project), str(clone)], check=True)  # noqa: S603, S607
        environment = {
            **{key: value for key, value in os.environ.items() if key not in {"SERASI_HOME", "DATABASE_URL"}},
            "UV_CACHE_DIR": f"{folder}/uv",
            "PIP_CACHE_DIR": f"{folder}/pip",
            "npm_config_cache": f"{folder}/npm",
        }
        return {
            "make run, clean clone": _until_open(clone, environment),
            "make run, again": _until_open(clone, environment),
        }


def _until_open(clone: Path, environment: dict[str, str]) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    run = subprocess.Popen(
        ["make", "run"],  # noqa: S607
        cwd=clone,
        env={**environment, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while run.poll() is None and time.perf_counter() - begun < LONGEST:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/masuk/", timeout=5):
                    return time.perf_counter() - begun
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise RuntimeError("make run did not open the site")
    finally:
        os.killpg(run.pid, signal.SIGINT)
        run.wait(timeout=60)
