"""What tests of pictures in a browser share: which tiles are live, what goes over their socket."""

from __future__ import annotations

import json
import time
from typing import Any

from playwright.sync_api import Page, WebSocket

TILE = "#react-entry-point .mosaic-tile"
# How many tiles show a live picture: the state says so, the age is young, the canvas is not empty.
LIVE = """() => {
  const canvas = document.querySelector("#react-entry-point .mosaic-canvas");
  if (!canvas || !canvas.width) return 0;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const ratio = canvas.width / canvas.clientWidth;
  const home = canvas.getBoundingClientRect();
  return [...document.querySelectorAll("#react-entry-point .mosaic-tile")].filter((tile) => {
    if (tile.dataset.state !== "live" || tile.dataset.veil) return false;
    const box = tile.getBoundingClientRect();
    const [x, y] = [box.x - home.x + box.width / 10, box.y - home.y + box.height / 3];
    const seen = new Set();
    const { data } = context.getImageData(x * ratio, y * ratio, box.width * ratio * 0.8, 20);
    for (let at = 0; at < data.length; at += 4) seen.add(data[at] + "," + data[at + 1]);
    return seen.size > 5;
  }).length;
}"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""


class Wire:
    """What went over the socket of the pictures."""

    def __init__(self, page: Page) -> None:
        self.wants: list[list[dict[str, Any]]] = []
        self.pictures = 0
        page.on("websocket", self._open)

    def _open(self, socket: WebSocket) -> None:
        if "/cameras/live" in socket.url:
            socket.on("framesent", self._sent)
            socket.on("framereceived", self._received)

    def _sent(self, text: str | bytes) -> None:
        said = json.loads(text)
        if said["t"] == "want":
            self.wants.append(said["tiles"])

    def _received(self, message: str | bytes) -> None:
        self.pictures += isinstance(message, bytes)


def wait_for_live(page: Page, tiles: int, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while page.evaluate(LIVE) < tiles:
        assert time.monotonic() < deadline, page.locator(TILE).all_inner_texts()
        page.wait_for_timeout(200)
