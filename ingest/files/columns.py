"""Prepares for each field of a mapping the function that takes its value out of a row's cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ingest.files.mapping import FieldSpec
from ingest.files.table import heading_key
from ingest.files.times import LocalTimes, Pass
from ingest.files.values import SkipRow, base_type, value_reader
from rules.errors import RowRejected

REMEMBERED = 10_000  # texts per column

Cells = Sequence[str]
Pick = Callable[[Cells], str]
Value = Callable[[Cells, Mapping[str, object], Pass | None], object]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the record and how it is read.

    Attributes:
        name: Field of the record.
        spec: What the mapping says about it.
        value: Takes (cells, values of fields read before, pass of a repeated hour) and returns
            the value, None for none; raises RowRejected or SkipRow.
        repeated: Takes cells; returns the local time where it occurred twice and the ids should
            tell its pass. None for all other fields.
    """

    name: str
    spec: FieldSpec
    value: Value
    repeated: Callable[[Cells], datetime | None] | None


def picker(places: Mapping[str, int], headings: Sequence[str], empty: Sequence[str] = ()) -> Pick:
    """Build the function that returns the first filled cell under some headings, stripped.

    Args:
        places: Folded heading → index of its column.
        headings: Headings in order of preference; those the table lacks do not count.
        empty: Texts that mean no value.
    """
    keys = (heading_key(heading) for heading in headings)
    indexes = tuple(places[key] for key in keys if key in places)
    nothing = frozenset(word.casefold() for word in empty)
    if len(indexes) == 1 and not nothing:
        only = indexes[0]
        return lambda cells: cells[only].strip()

    def pick(cells: Cells) -> str:
        for index in indexes:
            text = cells[index].strip()
            if text and text.casefold() not in nothing:
                return text
        return ""

    return pick


def build_column(
    name: str, spec: FieldSpec, annotation: object, places: Mapping[str, int], zone: ZoneInfo
) -> Column:
    """Prepare one field for one table."""
    pick = picker(places, spec.columns, spec.empty)
    if base_type(annotation) is datetime:
        times = LocalTimes(zone, spec.formats, spec.day)
        value = _time_value(name, spec, pick, times)
        by_id = spec.repeated_hour == "by_id"
        repeated = _repeated_time(pick, times) if by_id else None
    else:
        value, repeated = _plain_value(name, spec, pick, annotation), None
    if spec.only_if is not None:
        value = _only_if(picker(places, (spec.only_if,)), value)
    return Column(name, spec, value, repeated)


def _plain_value(name: str, spec: FieldSpec, pick: Pick, annotation: object) -> Value:
    constant, wanted_only = spec.constant, spec.otherwise == "skip"
    if constant is not None:
        return lambda cells, values, which: constant
    read = value_reader(name, spec, annotation)
    if read is None:
        return lambda cells, values, which: pick(cells) or None
    known: dict[str, object] = {}

    def value(cells: Cells, values: Mapping[str, object], which: Pass | None) -> object:
        text = pick(cells)
        if text in known:
            return known[text]
        if not text and wanted_only:
            raise SkipRow
        result = read(text) if text else None
        if len(known) < REMEMBERED:  # words and places repeat; reading them once is enough
            known[text] = result
        return result

    return value


def _time_value(name: str, spec: FieldSpec, pick: Pick, times: LocalTimes) -> Value:
    usual: Pass = "second" if spec.repeated_hour == "second" else "first"
    not_before = spec.not_before

    def value(cells: Cells, values: Mapping[str, object], which: Pass | None) -> object:
        text = str(spec.constant) if spec.constant is not None else pick(cells)
        if not text:
            return None
        try:
            moment = times.read(text)
            instant = times.instant(moment, which or usual)
        except (ValueError, OverflowError) as error:
            raise RowRejected("field_invalid", name, f"{text[:80]!r} {error}") from None
        earliest = values.get(not_before) if not_before else None
        if isinstance(earliest, datetime) and instant < earliest:
            return times.instant(moment, "second")
        return instant

    return value


def _repeated_time(pick: Pick, times: LocalTimes) -> Callable[[Cells], datetime | None]:
    def repeated(cells: Cells) -> datetime | None:
        text = pick(cells)
        if not text or times.day_is_plain(text):
            return None
        try:
            moment = times.read(text)
        except ValueError:
            return None
        return moment if times.is_repeated(moment) else None

    return repeated


def _only_if(pick: Pick, value: Value) -> Value:
    def guarded(cells: Cells, values: Mapping[str, object], which: Pass | None) -> object:
        return value(cells, values, which) if pick(cells) else None

    return guarded
