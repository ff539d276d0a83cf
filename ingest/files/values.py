"""Turns the text of a cell into the value of a field, by the field's type and its mapping."""

from __future__ import annotations

import math
import types
import typing
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Union

from pydantic import AwareDatetime

from ingest.files.mapping import Constant, FieldSpec
from rules.errors import RowRejected

YES = {"true", "yes", "y", "1", "是", "有", "在岗", "√"}
NO = {"false", "no", "n", "0", "否", "无", "不在岗", "×"}
Reader = Callable[[str], object]


class SkipRow(Exception):
    """The mapping does not want this row at all; it is neither taken nor set aside."""


def base_type(annotation: object) -> type:
    """Find the plain type behind an annotation: datetime, bool, int, float or str."""
    for argument in _leaves(annotation):
        if argument is AwareDatetime:
            return datetime
        if isinstance(argument, type) and issubclass(argument, (datetime, bool, int, float)):
            return argument
    return str


def _leaves(annotation: object) -> list[object]:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _leaves(typing.get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [leaf for part in typing.get_args(annotation) for leaf in _leaves(part)]
    return [annotation]


def word_table(words: dict[str, Constant]) -> dict[str, Constant]:
    """Fold the words of a value map, so that case and width do not count; as written they stay."""
    return {_folded(word): value for word, value in words.items()} | words


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold()


def value_reader(name: str, spec: FieldSpec, annotation: object) -> Reader | None:
    """Build the function that reads one field (times apart, see `times.py`).

    None means that the text is the value. The function takes the stripped, non-empty text of the
    cell and returns the value, or None where the text means none. It raises RowRejected naming the
    field, or SkipRow.
    """
    kind = base_type(annotation)
    words = word_table(spec.values)
    lengths = {int(length): value for length, value in spec.by_length.items()}
    if kind is str and not words and not lengths:
        return None
    plain: dict[type, Reader] = {
        bool: _read_boolean,
        int: _number_reader(spec.scale, whole=True),
        float: _number_reader(spec.scale, whole=False),
    }
    read_plain = plain.get(kind, _as_is)

    def read(text: str) -> object:
        if words or lengths:
            value = words.get(text)
            if value is None:
                value = words.get(_folded(text), lengths.get(len(text)))
            if value is not None:
                return value
            if spec.otherwise == "skip":
                raise SkipRow
            if spec.otherwise == "empty":
                return None
            if spec.otherwise == "reject":
                raise RowRejected("value_unknown", name, f"{text[:80]!r} is not in the value map")
        try:
            return read_plain(text)
        except ValueError as error:
            raise RowRejected("field_invalid", name, f"{text[:80]!r} {error}") from None

    return read


def _as_is(text: str) -> object:
    return text


def _read_boolean(text: str) -> bool:
    word = _folded(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError("is neither yes nor no")


def _number_reader(scale: float, *, whole: bool) -> Reader:
    def read(text: str) -> Any:
        if "_" in text:  # Python would read 1_0 as 10
            raise ValueError("is not a number")
        try:
            number = float(text)
        except ValueError:
            try:
                number = float(unicodedata.normalize("NFKC", text))
            except ValueError:
                raise ValueError("is not a number") from None
        if not math.isfinite(number):
            raise ValueError("is not a finite number")
        number *= scale
        if not whole:
            return number
        if not number.is_integer():
            raise ValueError("is not a whole number")
        return int(number) if abs(number) < 2**53 else int(text)

    return read
