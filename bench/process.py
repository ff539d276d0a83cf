"""Runs the real app in its own process with its own data, as a person would start it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import httpx
import psutil

ROOT = Path(__file__).parent.parent
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Return the path of the Chromium on this machine."""
    import shutil

    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("no Chromium found; install the package chromium")


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class App:
    """The app on a free port with the data folder `var`; use it as a context manager."""

    def __init__(self, var: Path, **variables: str) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("YIPING_")},
            "YIPING_VAR": str(var),
            "YIPING_STORE": f"duckdb:{var / 'yiping.duckdb'}",
            "YIPING_PORT": str(self.port),
            "YIPING_LOG_LEVEL": "WARNING",
            **variables,
        }
        self.cookies: dict[str, dict[str, str]] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Id of the process of the app that runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def camera_pid(self) -> int:
        """Id of the process that reads cameras; it is there once one was wanted."""
        for child in psutil.Process(self.pid).children():
            if "cameras.worker" in child.cmdline():
                pid: int = child.pid
                return pid
        raise LookupError("no camera was wanted yet")

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the command line on the same data."""
        return subprocess.run(
            [sys.executable, "cli.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )

    def __enter__(self) -> App:
        self._process = subprocess.Popen(
            [sys.executable, "cli.py", "run"], cwd=ROOT, env=self.environment
        )
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/api/v1/health", timeout=2).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise TimeoutError("the app did not answer within a minute")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(30)


class Processor:
    """How busy all cores of this machine are, from its making or its last answer on.

    Args:
        app: Counted as ours with its processes, and with every browser that we have started.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._before = self._now()

    def busy(self) -> tuple[float, float]:
        """Return percent of all cores: app, its processes and browser; everything that runs."""
        before, self._before = self._before, self._now()
        ours, every, whole = (b - a for a, b in zip(before, self._before, strict=True))
        return 100 * ours / whole, 100 * every / whole

    def _now(self) -> tuple[float, float, float]:
        """Return seconds of processor time: ours, everybody's, and what there was."""
        times = psutil.cpu_times()
        whole = sum(times) - times.guest - times.guest_nice  # user and nice hold these already
        return self._ours(), whole - times.idle - times.iowait - times.steal, whole

    def _ours(self) -> float:
        app = psutil.Process(self._app.pid)
        started = psutil.Process().children(recursive=True)
        browsers = [each for each in started if "chrom" in each.name()]
        spent = 0.0
        for each in [app, *app.children(recursive=True), *browsers]:
            with contextlib.suppress(psutil.NoSuchProcess):
                spent += sum(each.cpu_times()[:2])
        return spent
