"""Makes the sender of the running application: its words, and where it may send to."""

from __future__ import annotations

from actions.notify.posting import Guard
from actions.notify.sender import Sender
from actions.notify.transport import Transport
from api.services import Services
from components.told import told


def outbox_sender(parts: Services) -> Sender:
    """Return a sender of what is queued in the store; start it, and stop it at the end."""
    settings = parts.settings
    guard = Guard(tuple(settings.outgoing_networks), tuple(settings.outgoing_ports))
    transport = Transport(parts.store, parts.keyring, guard, told)
    return Sender(parts.store, transport.send)
