"""Why a camera is refused, stalled or recovering: every code a condition may carry."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "address",
    "connect_failed",
    "decoder",
    "ended",
    "file_missing",
    "file_outside",
    "header_too_long",
    "http_status",
    "no_frame",
    "no_video",
    "not_found",
    "not_jpeg",
    "not_mjpeg",
    "part_too_large",
    "picture_too_large",
    "redirected",
    "server_error",
    "tls_failed",
    "too_many_redirects",
    "too_slow",
    "unauthorized",
    "worker",
]
# With these the source is not acceptable, or does not accept us; with the others it may come back.
REFUSALS: frozenset[Reason] = frozenset(
    {
        "address",
        "file_missing",
        "file_outside",
        "header_too_long",
        "http_status",
        "no_video",
        "not_found",
        "not_jpeg",
        "not_mjpeg",
        "part_too_large",
        "picture_too_large",
        "redirected",
        "tls_failed",
        "too_many_redirects",
        "too_slow",
        "unauthorized",
    }
)


class SourceFailed(Exception):
    """A source gave no pictures; it is tried again later.

    Attributes:
        reason: Why, without any address.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def refused(self) -> bool:
        """True where the source is not acceptable, or does not accept us."""
        return self.reason in REFUSALS
