"""Makes the secrets of webhooks and signs what they are sent.

Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

PREFIX = "whsec_"
SECRET_BYTES = 32
# The former secret signs beside the new one for this long, so that a receiver can change over.
ROTATION = timedelta(hours=24)


def new_secret() -> str:
    """Return a new signing secret, as it is shown once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(
    delivery_id: str, body: bytes, at: datetime, signing: Iterable[str]
) -> dict[str, str]:
    """Return the headers that prove where a body came from and when.

    A receiver takes it when one of the signatures is right and the time is within five minutes.

    Args:
        delivery_id: Id of the delivery; the same at each try.
        body: The very bytes that are sent.
        at: Aware moment of this try.
        signing: The secrets that hold now, as they were shown.
    """
    stamp = str(int(at.timestamp()))
    signatures = (f"v1,{signature(delivery_id, stamp, body, secret)}" for secret in signing)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(signatures),
    }


def signature(delivery_id: str, stamp: str, body: bytes, secret: str) -> str:
    """Return the base64 HMAC-SHA256 of `id.stamp.body` under a secret as it was shown."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    text = f"{delivery_id}.{stamp}.".encode() + body
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
