"""Fixtures every test may use: a store of its own, and where the real data lies."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from bench.session import open_sessions
from data.store import Store
from tests.closing import close_for_good
from tests.rights_stage import Stage, opened_stage

ROOT = Path(__file__).parent.parent
SIGNED_IN = "signed-in.json"


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table and no row; copy it, never open it."""
    database = tmp_path_factory.mktemp("empty") / "yiping.duckdb"
    Store.open(f"duckdb:{database}").close()
    return database


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    """An empty store on disk, closed at the end."""
    opened = Store.open(f"duckdb:{shutil.copy(empty_database, tmp_path / 'yiping.duckdb')}")
    yield opened
    close_for_good(opened)


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real data; skips where it is absent, fails there with CI=true."""
    folder = Path(os.environ.get("YIPING_REALDATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        reason = f"real data is absent: {folder} (set YIPING_REALDATA)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


class AppProcess:
    """The real app in its own process on a free port, with its own data folder."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.database = folder / "yiping.duckdb"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("YIPING_")},
            "YIPING_VAR": str(folder),
            "YIPING_STORE": f"duckdb:{self.database}",
            "YIPING_PORT": str(self.port),
            **variables,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.key = ""
        self.cookies: dict[str, dict[str, str]] = {}

    @classmethod
    def copied(cls, made: Path, folder: Path, **variables: str) -> AppProcess:
        """An app on a copy of a folder made once, with its key and the cookies of its sessions."""
        shutil.copytree(made, folder, dirs_exist_ok=True)
        app = cls(folder, **variables)
        signed_in = json.loads((folder / SIGNED_IN).read_text())
        app.key, app.cookies = signed_in["key"], signed_in["cookies"]
        return app

    @property
    def log(self) -> str:
        """Everything the app has printed."""
        return (self.folder / "app.log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start the app and wait until it answers."""
        with (self.folder / "app.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "cli.py", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise AssertionError(f"the app did not start:\n{self.log}")
            try:
                if httpx.get(f"{self.url}/api/v1/health", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the app did not answer:\n{self.log}")

    def kill(self) -> None:
        """End it at once, as a power cut would end the process."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to stop and wait; returns its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(timeout=60)

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the command line with the app's settings."""
        return subprocess.run(
            [sys.executable, "cli.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def running(self) -> bool:
        """Tell whether the process lives."""
        return self._process is not None and self._process.poll() is None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def app_process(tmp_path: Path) -> Iterator[AppProcess]:
    """An app that is not started yet; whatever runs of it is ended with the test."""
    app = AppProcess(tmp_path)
    yield app
    if app.running():
        app.kill()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo community with a key and sessions; copy it, never open it (`AppProcess.copied`)."""
    return _made_once(tmp_path_factory, "demo", ["demo"])


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One real community that has nothing yet, with a key and sessions; copy it."""
    return _made_once(
        tmp_path_factory, "new", ["init", "--community", "new", "--name-zh", "新社区"]
    )


def _made_once(factory: pytest.TempPathFactory, community: str, command: Sequence[str]) -> Path:
    """Fill a data folder by a command, once for all workers."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, done = shared / f"community-{community}", shared / f"community-{community}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 280
        while not done.exists():
            assert time.monotonic() < deadline, "another worker did not finish the community"
            time.sleep(0.2)
        return folder
    app = AppProcess(folder)
    filled = app.cli(*command)
    assert filled.returncode == 0, filled.stderr
    key = app.cli("key", "create", "--role", "source", "--community", community).stdout.strip()
    cookies = open_sessions(app.database, community)
    (folder / SIGNED_IN).write_text(json.dumps({"key": key, "cookies": cookies}))
    done.touch()
    return folder


@pytest.fixture(scope="session")
def app_class() -> type[AppProcess]:
    """The class of app processes, for tests that keep one over several cases."""
    return AppProcess


@pytest.fixture(scope="session")
def new_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a community on record, closed; copy it, never open it."""
    folder = tmp_path_factory.mktemp("new-register")
    Stage(folder).close()
    return folder


@pytest.fixture
def register(tmp_path: Path, new_register: Path) -> Iterator[Stage]:
    """A community with officers and people on record; its store is on disk."""
    with opened_stage(tmp_path, new_register) as made:
        yield made
