"""Addresses a person may enter: read in one way, and led nowhere they must not lead."""

from __future__ import annotations

import pytest

from actions.outgoing import (
    AddressRefused,
    UrlInternal,
    check_url,
    system_resolve,
)
from components.wording import text

NAMES = {
    "cams.example": ["93.184.215.14"],
    "six.example": ["2606:2800:21f:cb07::1"],
    "xn--bcher-kva.example": ["93.184.215.15"],
    "inner.example": ["10.0.0.8"],
    "both.example": ["93.184.215.14", "10.0.0.8"],
    "here.example": ["127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "link.example": ["fe80::1%eth0"],
    "cloud.example": ["169.254.169.254"],
    "empty.example": [],
    "camera1": ["192.168.7.20"],
}


def resolve(host: str, port: int) -> list[str]:
    """A resolver that knows a few names; asked for others as a real one, it fails."""
    if host not in NAMES:
        raise OSError("no such host")
    return NAMES[host]


def check(url: str, **more: object) -> object:
    return check_url(url, resolve=resolve, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "understood", "address"),
    [
        ("https://cams.example", "https://cams.example/", "93.184.215.14"),
        ("HTTPS://CAMS.Example/A?b=C", "https://cams.example/A?b=C", "93.184.215.14"),
        ("http://cams.example.:80/", "http://cams.example/", "93.184.215.14"),
        ("https://cams.example:8443/x", "https://cams.example:8443/x", "93.184.215.14"),
        ("https://six.example/", "https://six.example/", "2606:2800:21f:cb07::1"),
        ("https://[2606:2800:21F:cb07::1]/", "https://[2606:2800:21f:cb07::1]/", None),
        ("https://93.184.215.14/a", "https://93.184.215.14/a", "93.184.215.14"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/", "93.184.215.15"),
        ("https://ＣＡＭＳ.example/", "https://cams.example/", "93.184.215.14"),
        ("https://cams。example/", "https://cams.example/", "93.184.215.14"),
        (
            "https://cams.example/图?名=一",
            "https://cams.example/%E5%9B%BE?%E5%90%8D=%E4%B8%80",
            None,
        ),
        ("https://cams.example/a%20b#part", "https://cams.example/a%20b", None),
        ("https://cams.example/a@b", "https://cams.example/a@b", None),
    ],
)
def test_a_public_address_is_taken_in_one_form_and_pinned(
    url: str, understood: str, address: str | None
) -> None:
    checked = check_url(url, resolve=resolve)
    assert checked.url == understood
    assert address in (None, checked.address)
    assert check_url(checked.url, resolve=resolve) == checked


REFUSED = [
    # this machine, however it is written
    ("http://localhost/", "url_internal"),
    ("http://LOCALHOST./", "url_internal"),
    ("http://app.localhost/", "url_internal"),
    ("http://127.0.0.1/", "url_internal"),
    ("http://127.8.8.8/", "url_internal"),
    ("http://0.0.0.0/", "url_internal"),
    ("http://[::1]/", "url_internal"),
    ("http://[::]/", "url_internal"),
    ("http://[0:0:0:0:0:0:0:1]/", "url_internal"),
    ("http://[::ffff:127.0.0.1]/", "url_internal"),
    ("http://[::ffff:7f00:1]/", "url_internal"),
    ("http://[::127.0.0.1]/", "url_internal"),
    ("http://[64:ff9b::7f00:1]/", "url_internal"),
    ("http://[2002:7f00:1::]/", "url_internal"),
    ("http://１２７.０.０.１/", "url_internal"),
    ("http://127。0。0。1/", "url_internal"),
    ("http://①②⑦.⓪.⓪.①/", "url_internal"),
    ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "url_internal"),
    ("http://here.example/", "url_internal"),
    ("http://mapped.example/", "url_internal"),
    # numbers that only some programs read as addresses
    ("http://2130706433/", "url_malformed"),
    ("http://0x7f000001/", "url_malformed"),
    ("http://0x7f.1/", "url_malformed"),
    ("http://0177.0.0.1/", "url_malformed"),
    ("http://017700000001/", "url_malformed"),
    ("http://127.1/", "url_malformed"),
    ("http://127.0.1/", "url_malformed"),
    ("http://0127.0.0.1/", "url_malformed"),
    ("http://127.0.0.0x1/", "url_malformed"),
    ("http://127.0.0.256/", "url_malformed"),
    ("http://1.2.3.4.5/", "url_malformed"),
    # networks behind this machine
    ("http://10.0.0.1/", "url_internal"),
    ("http://172.16.0.1/", "url_internal"),
    ("http://192.168.1.1/", "url_internal"),
    ("http://169.254.1.1/", "url_internal"),
    ("http://[fe80::1]/", "url_internal"),
    ("http://[fd00::1]/", "url_internal"),
    ("http://100.64.0.1/", "url_internal"),
    ("http://224.0.0.1/", "url_internal"),
    ("http://255.255.255.255/", "url_internal"),
    ("http://inner.example/", "url_internal"),
    ("http://both.example/", "url_internal"),
    ("http://link.example/", "url_internal"),
    ("http://camera1/", "url_internal"),
    # the services that hand out a cloud machine's keys
    ("http://169.254.169.254/latest/meta-data/", "url_internal"),
    ("http://[fd00:ec2::254]/", "url_internal"),
    ("http://100.100.100.200/", "url_internal"),
    ("http://[::ffff:a9fe:a9fe]/", "url_internal"),
    ("http://cloud.example/", "url_internal"),
    # schemes and ports
    ("file:///etc/passwd", "url_scheme"),
    ("ftp://cams.example/", "url_scheme"),
    ("gopher://cams.example/_x", "url_scheme"),
    ("dict://cams.example/", "url_scheme"),
    ("rtsp://cams.example/", "url_scheme"),
    ("javascript://cams.example/%0aalert(1)", "url_scheme"),
    ("data:text/html,x", "url_malformed"),
    ("javascript:alert(1)", "url_malformed"),
    ("//cams.example/", "url_malformed"),
    ("cams.example", "url_malformed"),
    ("https:cams.example", "url_malformed"),
    ("https:/cams.example", "url_malformed"),
    ("https:///cams.example", "url_malformed"),
    ("http://cams.example:22/", "url_port"),
    ("http://cams.example:25/", "url_port"),
    ("http://cams.example:6379/", "url_port"),
    ("http://cams.example:8050/", "url_port"),
    ("http://cams.example:0/", "url_malformed"),
    ("http://cams.example:/", "url_malformed"),
    ("http://cams.example:99999/", "url_malformed"),
    ("http://cams.example:8o/", "url_malformed"),
    # names and passwords, and what only looks like a host
    ("http://me:secret@cams.example/", "url_credentials"),
    ("http://cams.example@127.0.0.1/", "url_credentials"),
    ("http://cams.example%40127.0.0.1/", "url_malformed"),
    ("http://cams.example\\@127.0.0.1/", "url_malformed"),
    ("http://127.0.0.1\\@cams.example/", "url_malformed"),
    ("http://cams.example#@127.0.0.1:6379/", None),
    ("http://[::1%25eth0]/", "url_malformed"),
    ("http://[127.0.0.1]/", "url_malformed"),
    ("http://[::1/", "url_malformed"),
    ("http://[v1.x]/", "url_malformed"),
    # what some programs drop and others do not
    ("http://cams.exa\tmple/", "url_malformed"),
    ("http://cams.example/\r\nHost: x", "url_malformed"),
    (" http://cams.example/", "url_malformed"),
    ("http://cams.example/\x00", "url_malformed"),
    ("http://cams.example/\ufeff", "url_malformed"),
    ("http://ca ms.example/", "url_malformed"),
    ("http://%63ams.example/", "url_malformed"),
    ("http://cams_x.example/", "url_malformed"),
    ("http://-cams.example/", "url_malformed"),
    ("http://cams..example/", "url_malformed"),
    ("http://xn--a.example/", "url_malformed"),
    ("http://⁄.example/", "url_malformed"),
    ("http://./", "url_malformed"),
    ("http:///", "url_malformed"),
    ("", "url_malformed"),
    ("http://cams.example/" + "a" * 3000, "url_malformed"),
    ("http://" + "a" * 64 + ".example/", "url_malformed"),
    # names that lead nowhere
    ("http://nowhere.example/", "url_host_unknown"),
    ("http://empty.example/", "url_host_unknown"),
]


@pytest.mark.parametrize(("url", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_must_not_be_connected_to_is_refused_with_its_reason(
    url: str, code: str | None
) -> None:
    if code is None:  # a fragment is no host
        assert check_url(url, resolve=resolve).host == "cams.example"
        return
    with pytest.raises(AddressRefused) as refusal:
        check(url)
    assert refusal.value.code == code
    for language in ("zh-CN", "en"):
        said = text(f"error.{code}", language, **refusal.value.fields)
        assert "{" not in said and "secret" not in said


@pytest.mark.parametrize(
    ("url", "networks", "ports", "taken"),
    [
        ("http://camera1:8554/", ["192.168.7.0/24"], [], True),
        ("http://camera1:8554/", ["192.168.8.0/24"], [], False),
        ("http://camera1:5000/", ["192.168.7.0/24"], [], False),
        ("http://camera1:5000/", ["192.168.7.0/24"], [5000], True),
        ("http://both.example/", ["10.0.0.8"], [], True),
        ("http://[::ffff:10.0.0.8]/", ["10.0.0.8"], [], True),
        ("http://127.0.0.1:8000/", ["127.0.0.1"], [], True),
        ("http://cloud.example/", ["169.254.0.0/16"], [], False),
        ("http://169.254.169.254/", ["169.254.169.254"], [], False),
    ],
)
def test_the_operator_opens_a_private_network_or_a_port(
    url: str, networks: list[str], ports: list[int], taken: bool
) -> None:
    if taken:
        check(url, allowed_networks=networks, allowed_ports=ports)
    else:
        with pytest.raises(AddressRefused):
            check(url, allowed_networks=networks, allowed_ports=ports)


def test_a_camera_has_schemes_of_its_own() -> None:
    checked = check_url("rtsp://cams.example/stream", schemes=("rtsp",), resolve=resolve)
    assert (checked.port, checked.authority) == (554, "cams.example")
    with pytest.raises(AddressRefused, match="url_scheme"):
        check("https://cams.example/", schemes=("rtsp",))


def test_a_name_is_asked_for_once() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14"] if len(asked) == 1 else ["127.0.0.1"]

    assert check_url("http://cams.example/", resolve=rebinding).address == "93.184.215.14"
    assert asked == ["cams.example"]


def test_the_system_s_own_resolver_is_understood() -> None:
    assert set(system_resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(UrlInternal):
        check_url("http://127.0.0.1/", resolve=system_resolve)
