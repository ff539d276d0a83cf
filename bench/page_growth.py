"""Tells whether a page grows: what it holds each time after its garbage was collected."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

NAMES = ("JSHeapUsedSize", "Nodes", "JSEventListeners", "OpenBitmaps")
# Counts bitmaps that are made and not closed: they lie outside the heap. For add_init_script.
COUNT_BITMAPS = """(() => {
  const make = window.createImageBitmap.bind(window);
  const close = ImageBitmap.prototype.close;
  let made = 0;
  let closed = 0;
  window.createImageBitmap = async (...what) => {
    const bitmap = await make(...what);
    made += 1;
    return bitmap;
  };
  ImageBitmap.prototype.close = function () {
    closed += 1;
    close.call(this);
  };
  window.madeBitmaps = () => made;
  window.openBitmaps = () => made - closed;
})();"""


class PageGrowth:
    """What a page held at some moments, by NAMES: bytes of heap, and numbers.

    Args:
        page: Opened after COUNT_BITMAPS was added to it.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable")
        self.samples: dict[str, list[float]] = {name: [] for name in NAMES}

    def sample(self) -> None:
        """Collect the page's garbage and note what is left."""
        self._devtools.send("HeapProfiler.collectGarbage")
        told = self._devtools.send("Performance.getMetrics")["metrics"]
        held = {each["name"]: float(each["value"]) for each in told}
        held["OpenBitmaps"] = float(self._page.evaluate("window.openBitmaps()"))
        for name, values in self.samples.items():
            values.append(held[name])

    def of(self, name: str, floor: float = 0.0) -> float:
        """Return how much more was held in the last third than in the second; see `growth`."""
        return growth(self.samples[name], floor)


def growth(samples: Sequence[float], floor: float = 0.0) -> float:
    """Return the mean of the last third of samples beside that of the second.

    Args:
        samples: Three or more, in order. The first third is left out: caches fill then.
        floor: Taken for the second third where it held less, so that 1 beside 0 is no growth.
    """
    third = len(samples) // 3
    second, last = samples[third : 2 * third], samples[2 * third :]
    return (sum(last) / len(last)) / max(floor, sum(second) / len(second), 1e-9)
