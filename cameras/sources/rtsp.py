"""RTSP cameras over TCP: H.264, H.265 and MJPEG, decoded in a thread (RFC 2326)."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from cameras.reasons import SourceFailed
from cameras.sources.decoding import Video, decode
from cameras.sources.feeding import Feeding
from cameras.sources.http import checked_address
from cameras.sources.rtsp_relay import Relay, open_relay

_OPTIONS = {
    "rtsp_transport": "tcp",
    "protocol_whitelist": "tcp,rtp",
    "analyzeduration": "1000000",
    "probesize": "1000000",
}


async def run(feeding: Feeding) -> None:
    """Give the frames of a camera until it ends or fails.

    The decoder speaks to a relay on this machine, never to the network: so the address that was
    checked is the one that is used, nothing follows a redirect, and a dead connection is cut by us
    instead of waited for.

    Raises:
        SourceFailed: Why there are no more of them.
    """
    source = feeding.source
    checked = await checked_address(source, source.url, ("rtsp", "rtsps"))
    relay = await open_relay(checked, feeding.timing)
    try:
        secret = f"{quote(source.user, '')}:{quote(source.password, '')}@" if source.user else ""
        url = f"rtsp://{secret}127.0.0.1:{relay.port}{checked.target}"
        decoding = asyncio.ensure_future(decode(feeding, Video(url, "rtsp", _OPTIONS)))
        try:
            either: list[asyncio.Future[Any]] = [decoding, relay.over]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if relay.over.done() and not decoding.done():
                # The last pictures are still on their way through the decoder.
                await asyncio.wait([decoding], timeout=1.0)
        finally:
            decoding.cancel()
        _conclude(decoding, relay)
    finally:
        relay.close()


def _conclude(decoding: asyncio.Future[None], relay: Relay) -> None:
    """Raise the best explanation of the end: what the camera said, what we saw, what was decoded.

    The decoder calls it invalid data where the camera did not answer in time.
    """
    refusal, silence = relay.refusal(), relay.silence()
    if refusal is not None:
        raise refusal
    if relay.over.done() and relay.over.result().reason != "ended":
        raise relay.over.result()
    if decoding.done() and not decoding.cancelled():
        if decoding.exception() is not None and silence is not None:
            raise silence
        decoding.result()
    raise SourceFailed("ended")
