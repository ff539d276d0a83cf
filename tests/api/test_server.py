"""HTTPS by the app itself: served, renewed without a restart, and nothing less than TLS 1.2."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import httpx
import pytest

from api.server import tls_files
from settings import Settings, SettingsInvalid
from tests.api.real_server import connect, read_all, serving, small_app
from tests.pem import write_pair


def ask(port: int, cert: Path, path: str = "/hello") -> httpx.Response:
    context = ssl.create_default_context(cafile=str(cert))
    return httpx.get(f"https://127.0.0.1:{port}{path}", verify=context, timeout=10)


def served_certificate(port: int) -> str:
    return ssl.get_server_certificate(("127.0.0.1", port), timeout=10)


def test_the_app_serves_https_with_a_certificate_of_its_own(tmp_path: Path) -> None:
    cert, key = write_pair(tmp_path)
    settings = Settings(var=tmp_path, tls_cert=cert, tls_key=key)
    with serving(small_app(settings), settings, tls_files(settings)) as port:
        answer = ask(port, cert)
        assert answer.json()["scheme"] == "https"
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        plain = connect(port)
        plain.sendall(b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200" not in read_all(plain)[:20]
        old = ssl.create_default_context(cafile=str(cert))
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.raises((ssl.SSLError, ConnectionError)), connect(port) as bare:
            old.wrap_socket(bare, server_hostname="127.0.0.1")


def test_a_renewed_certificate_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    cert, key = write_pair(tmp_path)
    settings = Settings(var=tmp_path, tls_cert=cert, tls_key=key)
    tls = tls_files(settings)
    assert tls is not None
    with serving(small_app(settings), settings, tls) as port:
        assert served_certificate(port).strip() == cert.read_text().strip()
        assert not tls.renew()  # nothing has changed
        newer, newer_key = write_pair(tmp_path, stem="newer")
        cert.write_bytes(newer.read_bytes())
        os.utime(cert, ns=(1, 1))
        assert not tls.renew()  # half a renewal: the old pair stays in use
        assert served_certificate(port).strip() != newer.read_text().strip()
        key.write_bytes(newer_key.read_bytes())
        assert tls.renew()
        assert served_certificate(port).strip() == newer.read_text().strip()
        assert ask(port, newer).status_code == 200


def test_without_certificate_there_is_no_https(tmp_path: Path) -> None:
    assert tls_files(Settings(var=tmp_path)) is None


def test_a_certificate_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    cert, _ = write_pair(tmp_path)
    _, other = write_pair(tmp_path, stem="other")
    with pytest.raises(SettingsInvalid, match="belongs to another certificate"):
        tls_files(Settings(var=tmp_path, tls_cert=cert, tls_key=other))
