"""Which of the demo's cameras are out of order, so that the wall shows what that looks like."""

from __future__ import annotations

import re
from typing import Literal

DemoFault = Literal["", "frozen", "black", "covered", "stalled"]
_NUMBER = re.compile(r"(\d+)$")
# By the last two digits of a camera's number: four of a hundred.
_FAULTS: dict[int, DemoFault] = {9: "frozen", 33: "black", 57: "covered", 81: "stalled"}


def fault_of(name: str) -> DemoFault:
    """Return what is wrong with a demo camera, nothing with most."""
    found = _NUMBER.search(name)
    return _FAULTS.get(int(found[1]) % 100, "") if found else ""
