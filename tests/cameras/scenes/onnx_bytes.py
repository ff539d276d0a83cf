"""Writes a tiny ONNX file by hand: its output is the constant it is given, whatever the picture.

ONNX is a protocol buffer; the numbers of the fields are those of onnx.proto.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FLOAT = 1


def constant_model(output: NDArray[np.float32], size: int) -> bytes:
    """Return a model of one input (1, 3, size, size): its mean times nothing plus output."""
    shape = (1, 3, size, size)
    mean = _node("ReduceMean", ["picture"], "mean", _attribute_int("keepdims", 0))
    none = _node("Mul", ["mean", "zero"], "none")
    plus = _node("Add", ["none", "things"], "output")
    graph = b"".join(
        [
            *(_bytes(1, node) for node in (mean, none, plus)),
            _bytes(2, b"g"),
            _bytes(5, _tensor("zero", np.zeros(1, np.float32))),
            _bytes(5, _tensor("things", output)),
            _bytes(11, _value("picture", shape)),
            _bytes(12, _value("output", output.shape)),
        ]
    )
    opset = _bytes(1, b"") + _number(2, 13)
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, opset)


def _varint(value: int) -> bytes:
    parts = []
    while True:
        parts.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(parts)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _attribute_int(name: str, value: int) -> bytes:
    return _bytes(5, _bytes(1, name.encode()) + _number(3, value) + _number(20, 2))


def _node(kind: str, inputs: list[str], output: str, attributes: bytes = b"") -> bytes:
    names = b"".join(_bytes(1, name.encode()) for name in inputs)
    return names + _bytes(2, output.encode()) + _bytes(4, kind.encode()) + attributes


def _tensor(name: str, value: NDArray[np.float32]) -> bytes:
    dims = b"".join(_number(1, n) for n in value.shape)
    return dims + _number(2, _FLOAT) + _bytes(8, name.encode()) + _bytes(9, value.tobytes())


def _value(name: str, shape: tuple[int, ...]) -> bytes:
    dims = b"".join(_bytes(1, _number(1, n)) for n in shape)
    tensor = _number(1, _FLOAT) + _bytes(2, dims)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))
