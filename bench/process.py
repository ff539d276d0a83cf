"""Runs the real app in its own process with its own data, as a person would start it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Busy:
    """Who kept the processor busy, percent of all cores.

    Attributes:
        web: The process of the app.
        cameras: Its process that reads cameras.
        browser: Every browser that we have started.
        everything: Whatever ran on this machine.
    """

    web: float
    cameras: float
    browser: float
    everything: float

    @property
    def ours(self) -> float:
        """App, its camera process and browser together."""
        return self.web + self.cameras + self.browser


class Processor:
    """Measures how busy this machine is, from its making or its last answer on.

    Args:
        app: Whose processes are told apart.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._before = self._now()

    def busy(self) -> Busy:
        """Return the shares since the last call."""
        before, self._before = self._before, self._now()
        *parts, whole = (after - known for known, after in zip(before, self._before, strict=True))
        return Busy(*(100 * part / whole for part in parts))

    def _now(self) -> tuple[float, ...]:
        """Return seconds of processor time: those of Busy, then what there was of it."""
        times = psutil.cpu_times()
        whole = sum(times) - times.guest - times.guest_nice  # user and nice hold these already
        every = whole - times.idle - times.iowait - times.steal
        started = psutil.Process().children(recursive=True)
        browsers = [each for each in started if "chrom" in each.name()]
        readers = psutil.Process(self._app.pid).children(recursive=True)
        web = _spent_s([psutil.Process(self._app.pid)])
        return web, _spent_s(readers), _spent_s(browsers), every, whole


def _spent_s(processes: Iterable[psutil.Process]) -> float:
    spent = 0.0
    for each in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            spent += sum(each.cpu_times()[:2])
    return spent
