"""Optional second look at a detection by the operator's own ONNX model, for things and vehicles.

Classes come from a closed list. A model may know more of them, persons for instance: their outputs
are never read. Nothing is downloaded, and nothing runs unless an operator hands over a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from cameras.detector_file import MOST_BYTES, DetectorRefused
from cameras.scenes.model import Box
from rules.detections import THINGS


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing the model sees.

    Attributes:
        name: One of THINGS.
        confidence: As the model says, 0 to 1.
        box: Where, in fractions of the picture given.
    """

    name: str
    confidence: float
    box: Box


class Detector:
    """A detection network with one output of (1, 4 + classes, n), as YOLO 8 and later export it.

    Args:
        model: The bytes of the ONNX file; the caller reads it.
        classes: Which output number is which class; outputs not named are never read.
        size: Side of the square the model takes, in pixels.
        least: Confidence below which a thing is not told.

    Raises:
        DetectorRefused: With the reason; use no detector then.
    """

    def __init__(
        self, model: bytes, classes: Mapping[int, str], size: int = 640, least: float = 0.4
    ) -> None:
        for name in classes.values():
            if name not in THINGS:
                raise DetectorRefused("detector_class", name)
        if not classes or not 0 < len(model) <= MOST_BYTES or min(classes) < 0:
            raise DetectorRefused("detector_model")
        try:
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
        except cv2.error as error:
            raise DetectorRefused("detector_model") from error
        self._classes = dict(sorted(classes.items()))
        self._size, self._least = size, least

    def look(self, picture: NDArray[np.uint8]) -> list[Thing]:
        """Return the things in a picture, the surest first.

        Args:
            picture: (height, width, 3) uint8 BGR; not kept.

        Raises:
            DetectorRefused: The model's output is not of the shape named above, or it has too few
                classes; use it no longer.
        """
        size = (self._size, self._size)
        self._net.setInput(cv2.dnn.blobFromImage(picture, 1 / 255.0, size, swapRB=True))
        try:
            output = np.asarray(self._net.forward(), np.float32)
        except cv2.error as error:
            raise DetectorRefused("detector_model") from error
        if output.ndim != 3 or output.shape[1] < 5 + max(self._classes):
            raise DetectorRefused("detector_model")
        return self._things(output[0])

    def _things(self, rows: NDArray[np.float32]) -> list[Thing]:
        numbers = list(self._classes)
        scores = rows[[4 + number for number in numbers]]
        best = scores.argmax(axis=0)
        sure = scores[best, np.arange(rows.shape[1])]
        middle_x, middle_y, width, height = rows[:4] / self._size
        boxes = np.stack([middle_x - width / 2, middle_y - height / 2, width, height], axis=1)
        kept = cv2.dnn.NMSBoxes(boxes.tolist(), sure.tolist(), self._least, 0.5)
        things = []
        for index in np.asarray(kept, np.int64).ravel():
            x, y, wide, high = (float(value) for value in boxes[index])
            box = Box(max(0.0, x), max(0.0, y), min(1.0, x + wide), min(1.0, y + high))
            name = self._classes[numbers[int(best[index])]]
            # A model without a sigmoid at its end gives scores above one.
            things.append(Thing(name, round(min(1.0, float(sure[index])), 3), box))
        return sorted(things, key=lambda thing: -thing.confidence)
