"""The whole command line around keys, audit and restore, with the app running and without."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import duckdb
import httpx

from tests.conftest import ROOT, AppProcess

PASSPHRASE = "not a real passphrase\n"


def typed(app: AppProcess, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "cli.py", *arguments],
        cwd=ROOT,
        env=app.environment,
        capture_output=True,
        text=True,
        timeout=300,
        input=PASSPHRASE,
    )


def wait_for_the_restart(app: AppProcess) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            status = httpx.get(f"{app.url}/api/v1/health", timeout=2).status_code
            if status == 200 and "Restored" in app.log:
                return
        except httpx.TransportError:
            pass  # it is between the two
        time.sleep(0.2)
    raise AssertionError(f"the app did not come back:\n{app.log}")


def test_keys_audit_and_restore_from_the_command_line(app_process: AppProcess) -> None:
    app = app_process
    assert app.cli("init", "--community", "t", "--name-zh", "试").returncode == 0
    assert app.cli("audit", "verify").returncode == 0
    export = str(app.folder / "keys.export")
    assert typed(app, "keyring", "export", export).returncode == 0
    assert app.cli("backup", str(app.folder / "backup")).returncode == 0
    app.start()
    assert app.cli("keyring", "rotate").returncode == 0
    assert app.cli("keyring", "status").returncode == 0
    verified = app.cli("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    lines = int(re.findall(r"order: (\d+) lines", verified.stdout)[0])
    restored = app.cli("restore", str(app.folder / "backup"))
    assert restored.returncode == 0, restored.stderr
    wait_for_the_restart(app)
    assert app.stop() == 0
    after = app.cli("audit", "verify")
    assert after.returncode == 0, after.stdout
    assert "a backup was restored" in after.stdout
    assert int(re.findall(r"order: (\d+) lines", after.stdout)[0]) == lines + 1
    assert typed(app, "keyring", "import", export).returncode == 0
    with duckdb.connect(str(app.database)) as database:
        database.execute("update audit_event set actor = 'x' where seq = 1")
    tampered = app.cli("audit", "verify")
    assert tampered.returncode == 1
    assert tampered.stdout.startswith("Note:")
    assert "Line 1 " in tampered.stdout and "column actor" in tampered.stdout
