"""Names the operator's own model, and says whether it is used or why not (ADR 0030).

Nothing here loads it: the hub of the web process keeps this, a worker process runs the model.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cameras.model import CameraError
from rules.detections import THINGS, ThingUnknown, classes_of

FOLDER = "models"  # of <var>
MOST_BYTES = 100_000_000  # ours: with its memory while it runs it stays well below memory_mb
# Why a model is not used, and `on` where it is. loading: a process has begun to load it.
TROUBLES = (
    "detector_outside",
    "detector_missing",
    "detector_large",
    "detector_class",
    "detector_model",
    "detector_slow",
    "detector_crashed",
)
_TOLD = frozenset({"loading", "on", *TROUBLES})


class DetectorRefused(CameraError):
    """The model or what is asked of it is not acceptable.

    Attributes:
        code: One of TROUBLES.
        name: The class at fault, or empty.
    """

    code = "detector_model"

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code}: {name}" if name else code)
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class DetectorFile:
    """A model and how it is asked.

    Attributes:
        path: The ONNX file.
        classes: Number of an output and the thing it stands for; others are never read.
        size: Side of the square picture the model takes, pixels.
    """

    path: str
    classes: tuple[tuple[int, str], ...]
    size: int

    @classmethod
    def of_message(cls, told: dict[str, Any]) -> DetectorFile:
        """Return what `as_message` was made of."""
        classes = tuple((int(number), str(name)) for number, name in told["classes"])
        return cls(str(told["path"]), classes, int(told["size"]))

    def as_message(self) -> dict[str, Any]:
        """Return it as told to a worker process."""
        return dataclasses.asdict(self)

    def read(self) -> bytes:
        """Return the bytes of the model.

        Raises:
            DetectorRefused: It is missing, or larger than MOST_BYTES.
        """
        try:
            if Path(self.path).stat().st_size > MOST_BYTES:
                raise DetectorRefused("detector_large")
            return Path(self.path).read_bytes()
        except OSError:
            raise DetectorRefused("detector_missing") from None


def detector_file(folder: Path, name: str, classes: Iterable[str], size: int) -> DetectorFile:
    """Return the model of the settings, looked at from outside only.

    Args:
        folder: The one place models are taken from.
        name: Path of the ONNX file, within that folder.
        classes: Which output is which thing, such as 2=car.
        size: Side of the square picture it takes, pixels.

    Raises:
        DetectorRefused: It lies elsewhere, is not there or too large, or a class is no thing.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise DetectorRefused("detector_outside")
    try:
        if not path.is_file():
            raise DetectorRefused("detector_missing")
        if path.stat().st_size > MOST_BYTES:
            raise DetectorRefused("detector_large")
        found = classes_of(classes)
    except OSError:
        raise DetectorRefused("detector_missing") from None
    except ThingUnknown as unknown:
        raise DetectorRefused("detector_class", unknown.name) from None
    if not found or not set(found.values()) <= set(THINGS):
        raise DetectorRefused("detector_class")
    return DetectorFile(str(path), tuple(sorted(found.items())), size)


class DetectorState:
    """Whether the model is used; told by worker processes, which are not trusted.

    A process that dies while it loads the model is not given it again: scenes come first.

    Attributes:
        trouble: Why it is not used, one of TROUBLES; empty where it is, or none is wanted.
    """

    def __init__(self, file: DetectorFile | None = None, trouble: str = "") -> None:
        self._file, self.trouble = file, trouble
        self._loading: set[int] = set()

    def order(self) -> dict[str, Any] | None:
        """Return what a new process is told; None where it has nothing to load."""
        if self._file is None or self.trouble:
            return None
        return {"do": "detector", "detector": self._file.as_message()}

    def heard(self, index: int, state: str) -> None:
        """Note how a process does with it.

        Raises:
            ValueError: Our workers say no such thing.
        """
        if state not in _TOLD:
            raise ValueError
        if state == "loading":
            self._loading.add(index)
            return
        self._loading.discard(index)
        self.trouble = "" if state == "on" else state

    def went_down(self, index: int) -> None:
        """A process is gone; where it was loading the model, the model is to blame."""
        if index in self._loading:
            self._loading.discard(index)
            self.trouble = "detector_crashed"
