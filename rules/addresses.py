"""Decides which network addresses an address typed by an administrator may lead to.

Whoever may enter the address of a camera or a webhook must not thereby reach this machine, the
network behind it, or the service of a cloud that hands out its machines' keys (CWE-918).
Special ranges: IANA IPv4 and IPv6 Special-Purpose Address Registries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Services that give a cloud machine its passwords, whoever asks; no setting opens them.
METADATA: frozenset[str] = frozenset(
    {
        "169.254.169.254",  # AWS, Azure, Google, Huawei, Tencent
        "169.254.170.2",  # AWS containers
        "169.254.0.23",  # Tencent
        "100.100.100.200",  # Alibaba
        "192.0.0.192",  # Oracle
        "168.63.129.16",  # Azure's host
        "fd00:ec2::254",  # AWS
        "fd20:ce::254",  # Google
    }
)
# Addresses that carry an IPv4 address inside, which is where the packets end: prefix → its bit.
CARRIERS: dict[IPv6Network, int] = {
    IPv6Network("::ffff:0:0/96"): 0,
    IPv6Network("::ffff:0:0:0/96"): 0,
    IPv6Network("::/96"): 0,
    IPv6Network("64:ff9b::/96"): 0,  # RFC 6052
    IPv6Network("2002::/16"): 80,  # RFC 3056: 32 bits after the prefix
}
TEREDO = IPv6Network("2001::/32")  # RFC 4380: the client's IPv4 address, inverted, at the end
# Not public, although Python 3.11's tables do not say so of all of them.
SPECIAL: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def may_reach(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Say whether a connection to an address may be opened.

    Public addresses may; private, local and special ones only where the operator's networks hold
    them; metadata services and addresses of many receivers never. What an address carries inside
    (IPv4 in IPv6) must be allowed as well.

    Args:
        address: The address a name leads to, or that was typed.
        allowed: The setting `outgoing_networks`.
    """
    networks = list(allowed)
    return all(_may_reach(each, networks) for each in (address, *_carried(address)))


def _may_reach(address: Address, allowed: list[Network]) -> bool:
    if str(address) in METADATA or address.is_multicast or address.is_unspecified:
        return False
    if str(address) == "255.255.255.255":
        return False
    if any(address.version == net.version and address in net for net in allowed):
        return True
    if isinstance(address, IPv6Address) and _carries(address):
        return True  # decided by what it carries
    special = any(address.version == net.version and address in net for net in SPECIAL)
    return address.is_global and not special and not address.is_reserved


def _carries(address: IPv6Address) -> bool:
    return any(address in net for net in CARRIERS) and int(address) > 1


def _carried(address: Address) -> Iterator[IPv4Address]:
    if not isinstance(address, IPv6Address):
        return
    for network, shift in CARRIERS.items():
        if address in network and int(address) > 1:
            yield IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    if address in TEREDO:
        yield IPv4Address(~int(address) & 0xFFFFFFFF)
