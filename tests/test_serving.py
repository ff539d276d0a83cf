"""The whole app as it is served: what stops the start, HTTPS of its own, upkeep that is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.pem import write_pair


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"YIPING_HOST": "0.0.0.0"}, "readable to everybody"),
        ({"YIPING_TLS_CERT": "c.pem"}, "go together"),
        ({"YIPING_TLS_CERT": "c.pem", "YIPING_TLS_KEY": "k.pem"}, "No such file"),
        ({"YIPING_PUBLIC_URL": "https://wall.example"}, "nothing does it"),
    ],
)
def test_what_would_be_unsafe_or_cannot_work_stops_the_start_in_one_line(
    tmp_path: Path, app_class: Any, variables: dict[str, str], said: str
) -> None:
    app = app_class(tmp_path, **variables)
    for command in ("run", "check"):
        ended = app.cli(command)
        assert ended.returncode == 2, ended.stderr
        assert "Traceback" not in ended.stderr
        assert ended.stderr.count(said) == 1
    assert not (tmp_path / "yiping.duckdb").exists()


def test_check_names_an_expired_certificate_and_run_goes_on_with_a_warning(
    tmp_path: Path, app_class: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    cert, key = write_pair(tmp_path, not_after=now + timedelta(days=3))
    app = app_class(
        tmp_path,
        YIPING_TLS_CERT=str(cert),
        YIPING_TLS_KEY=str(key),
        YIPING_HOST="0.0.0.0",
        YIPING_PUBLIC_URL="https://127.0.0.1",
    )
    assert app.cli("check").returncode == 0
    app.url = f"https://127.0.0.1:{app.port}"
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    app.start()
    try:
        deadline = datetime.now(UTC) + timedelta(seconds=30)
        warnings: list[str] = []
        while "certificate_expires" not in warnings and datetime.now(UTC) < deadline:
            answer = httpx.get(f"{app.url}/api/v1/health", timeout=10)
            warnings = answer.json()["warnings"]
        assert "certificate_expires" in warnings
        assert "insecure_http" not in warnings
        assert answer.headers["strict-transport-security"]
        assert "since" in json.loads((tmp_path / "backup.json").read_text())
        with pytest.raises(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{app.port}/api/v1/health", timeout=10)
        page = httpx.get(app.url, timeout=10, follow_redirects=False)
        assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2F")
    finally:
        assert app.stop() == 0
    write_pair(tmp_path, not_after=now - timedelta(minutes=1))
    ended = app.cli("check")
    assert ended.returncode == 2
    assert "has expired on" in ended.stderr and str(cert) in ended.stderr
