"""Addresses that lead to this machine or to a cloud's keys: nothing is connected to."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from actions.fetching import fetch_checked
from actions.outgoing import AddressRefused
from components.wording import text
from tests.hostile.payloads import INWARD


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A service of this machine that nobody must reach."""
    with socket.create_server(("", 0)) as made:
        made.setblocking(False)
        yield made


@pytest.mark.parametrize("address", INWARD)
def test_an_inward_address_is_refused_before_anything_is_connected(
    listener: socket.socket, address: str
) -> None:
    port = listener.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(AddressRefused) as refusal:
        fetch_checked(address.format(port=port), allowed_ports=[port], total_s=3)
    assert refusal.value.code in ("url_internal", "url_malformed", "url_credentials")
    assert time.monotonic() - started < 2
    said = text(f"error.{refusal.value.code}", "en", **refusal.value.fields)
    assert "{" not in said
    with pytest.raises(BlockingIOError):  # nobody has come
        listener.accept()
