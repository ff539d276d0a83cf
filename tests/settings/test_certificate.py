"""The certificate and its key: good ones are read, others refused with file and reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from settings import Settings, SettingsInvalid
from settings.certificate import Certificate, certificate_problems, read_certificate
from tests.pem import write_pair

NOW = datetime.now(UTC)


def settings(cert: Path, key: Path, **more: str) -> Settings:
    return Settings(tls_cert=cert, tls_key=key, **more)  # type: ignore[arg-type]


def test_a_good_pair_is_read_with_its_names_and_times(tmp_path: Path) -> None:
    cert, key = write_pair(tmp_path, "wall.example", "*.cams.example", "192.168.1.9")
    found = read_certificate(cert, key)
    assert found.names == ("wall.example", "*.cams.example", "192.168.1.9")
    assert found.not_before < NOW < found.not_after
    assert certificate_problems(settings(cert, key, public_url="https://wall.example"), NOW) == []
    assert certificate_problems(Settings(), NOW) == []


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("wall.example", True),
        ("WALL.example", True),
        ("a.cams.example", True),
        ("a.b.cams.example", False),
        ("cams.example", False),
        ("wall.example.evil.example", False),
        ("192.168.1.9", True),
        ("192.168.1.90", False),
    ],
)
def test_a_certificate_covers_its_names_and_no_others(host: str, covered: bool) -> None:
    found = Certificate(("wall.example", "*.cams.example", "192.168.1.9"), NOW, NOW)
    assert found.covers(host) is covered


def broken(tmp_path: Path, kind: str) -> tuple[Path, Path]:
    cert, key = write_pair(tmp_path)
    if kind == "no certificate":
        cert.unlink()
    elif kind == "no key":
        key.unlink()
    elif kind == "certificate is a folder":
        cert.unlink()
        cert.mkdir()
    elif kind == "certificate is text":
        cert.write_text("hello")
    elif kind == "key is text":
        key.write_text("hello")
    elif kind == "key in the place of the certificate":
        cert.write_bytes(key.read_bytes())
    elif kind == "key of another":
        _, key = write_pair(tmp_path, stem="other")
    elif kind == "passphrase":
        cert, key = write_pair(tmp_path, passphrase=b"hunter-2")
    elif kind == "open to all":
        key.chmod(0o644)
    return cert, key


@pytest.mark.parametrize(
    ("kind", "file", "said"),
    [
        ("no certificate", "wall.pem", "No such file"),
        ("no key", "wall.key", "No such file"),
        ("certificate is a folder", "wall.pem", "Is a directory"),
        ("certificate is text", "wall.pem", "no certificate in PEM form"),
        ("key is text", "wall.key", "no private key in PEM form"),
        ("key in the place of the certificate", "wall.pem", "no certificate"),
        ("key of another", "other.key", "belongs to another certificate"),
        ("passphrase", "wall.key", "has a passphrase"),
        ("open to all", "wall.key", "chmod 600"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_reason(
    tmp_path: Path, kind: str, file: str, said: str
) -> None:
    cert, key = broken(tmp_path, kind)
    with pytest.raises(SettingsInvalid) as refusal:
        read_certificate(cert, key)
    (problem,) = refusal.value.problems
    assert Path(problem.value).name == file
    assert said in problem.message
    assert certificate_problems(settings(cert, key), NOW) == [problem]


def test_a_certificate_out_of_its_time_or_for_others_is_reported(tmp_path: Path) -> None:
    cert, key = write_pair(tmp_path, "wall.example")
    late = certificate_problems(settings(cert, key), NOW + timedelta(days=91))
    early = certificate_problems(settings(cert, key), NOW - timedelta(days=2))
    other = certificate_problems(settings(cert, key, public_url="https://b.example"), NOW)
    assert "has expired on" in late[0].message
    assert "is not valid before" in early[0].message
    assert "is for wall.example, not for b.example" in other[0].message
