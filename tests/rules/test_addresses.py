"""Where an address may lead: public yes, ours only where allowed, a cloud's keys never."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from rules.addresses import METADATA, may_reach


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("223.5.5.5", True),
        ("2400:3200::1", True),
        ("::ffff:8.8.8.8", True),  # a public address in IPv6 dress
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("0.0.0.0", False),
        ("0.1.2.3", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("172.31.255.255", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("192.0.0.8", False),
        ("192.0.2.1", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("198.51.100.1", False),
        ("203.0.113.1", False),
        ("100.64.0.1", False),
        ("100.127.255.255", False),
        ("169.254.1.1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::2", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("ff02::1", False),
        ("100::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2002:a9fe:a9fe::1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),  # Teredo around 127.0.0.1
    ],
)
def test_only_public_addresses_are_reached_by_default(address: str, expected: bool) -> None:
    assert may_reach(ip_address(address)) is expected


@pytest.mark.parametrize(
    ("address", "network", "expected"),
    [
        ("10.1.2.3", "10.1.0.0/16", True),
        ("10.2.2.3", "10.1.0.0/16", False),
        ("::ffff:10.1.2.3", "10.1.0.0/16", True),
        ("::ffff:10.2.2.3", "10.1.0.0/16", False),
        ("192.168.4.7", "192.168.4.7/32", True),
        ("fd12::7", "fd12::/16", True),
        ("127.0.0.1", "127.0.0.1/32", True),  # a camera gateway on the same machine
        ("127.0.0.2", "127.0.0.1/32", False),
        ("224.0.0.1", "224.0.0.0/4", False),
    ],
)
def test_a_private_network_is_reached_where_the_operator_allows_it(
    address: str, network: str, expected: bool
) -> None:
    assert may_reach(ip_address(address), [ip_network(network)]) is expected


@pytest.mark.parametrize("address", sorted(METADATA))
def test_no_setting_opens_a_cloud_s_keys(address: str) -> None:
    wide = [ip_network(text) for text in ("128.0.0.0/1", "0.0.0.0/1", "8000::/1")]
    assert not may_reach(ip_address(address), wide)
    if ":" not in address:
        assert not may_reach(ip_address(f"::ffff:{address}"), wide)
