"""Says where the running installation may send to, for the pages that enter addresses."""

from __future__ import annotations

from actions.notify.posting import Guard
from pages.callbacks import Services


def guard_of(running: Services) -> Guard:
    """Return the guard of every address, by the installation's settings."""
    settings = running.settings
    return Guard(tuple(settings.outgoing_networks), tuple(settings.outgoing_ports))
