"""What `check` finds beyond the settings themselves: certificates, secrets, folders."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.check import check_sources
from settings import Settings, load_settings
from settings.deployment import deployment_problems
from tests.pem import write_pair

NOW = datetime.now(UTC)


def test_an_installation_in_order_has_no_problem(tmp_path: Path) -> None:
    cert, key = write_pair(tmp_path)
    settings = Settings(var=tmp_path, tls_cert=cert, tls_key=key)
    assert deployment_problems(settings, NOW) == []
    assert deployment_problems(Settings(var=tmp_path / "not" / "yet"), NOW) == []


def test_each_thing_that_is_wrong_is_named(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter-2")
    secret.chmod(0o644)
    (tmp_path / "file").write_text("")
    (tmp_path / "yiping.toml").write_text(
        f'tls_cert = "{tmp_path}/none.pem"\ntls_key = "{tmp_path}/none.key"\n'
        f'[backup]\nfolder = "{tmp_path}/file/nights"\n'
        f'[oidc]\nclient_secret_file = "{secret}"\n'
    )
    problems = deployment_problems(load_settings(tmp_path / "yiping.toml", {}), NOW)
    assert [problem.key for problem in problems] == [
        "tls_cert",
        "oidc.client_secret_file",
        "backup.folder",
    ]
    assert "hunter-2" not in "".join(map(str, problems))


def test_a_backup_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("settings.deployment.os.access", lambda *_: False)  # root may write all
    (problem,) = deployment_problems(Settings(var=tmp_path), NOW)
    assert "cannot be written to" in problem.message


def test_turned_off_backups_need_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    off = Settings(var=tmp_path, backup={"enabled": False, "folder": tmp_path / "file"})  # type: ignore[arg-type]
    assert deployment_problems(off, NOW) == []


def test_a_source_s_section_shows_no_secret_either() -> None:
    settings = Settings(
        sources={
            "http": {"token": "hunter-2", "max_rows": -1},
            "files": {"quiet_s": "https://me:hunter-2@cams.example"},
        }
    )
    problems = check_sources(settings)
    assert {problem.key for problem in problems} == {
        "sources.http.token",
        "sources.http.max_rows",
        "sources.files.quiet_s",
    }
    assert "hunter-2" not in "".join(map(str, problems))
