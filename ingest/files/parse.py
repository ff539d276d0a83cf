"""Turns the rows of a table into records as a mapping says; the last place that knows columns."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ingest.files.columns import build_column, picker
from ingest.files.failures import FileNotTable, MappingInvalid
from ingest.files.frames import to_wgs84_geometry
from ingest.files.geometry import centre
from ingest.files.mapping import Mapping
from ingest.files.table import Row, Table, heading_key
from ingest.files.times import Pass
from ingest.files.values import SkipRow
from rules.errors import RowRejected
from rules.records import RECORDS, Record, parse_record

Values = dict[str, object]


class RowParser:
    """Reads the rows of one table under one mapping.

    Args:
        mapping: What the columns mean.
        table: The table; its header is checked for headings that occur twice.
        only_under: Graded code outside whose line (above and below) rows are not wanted.

    Raises:
        FileNotTable: A heading the mapping reads stands above two columns.
        MappingInvalid: `only_under` is given but the mapping names no code column.
    """

    def __init__(self, mapping: Mapping, table: Table, only_under: str | None = None) -> None:
        if only_under is not None and not mapping.code_columns:
            raise MappingInvalid(
                file=mapping.source, key="code_columns", reason="is needed for --only-under"
            )
        self.mapping = mapping
        self._only_under = only_under
        self._is_geojson = table.pieces is not None
        self._places = _heading_places(table, mapping)
        self._fields = RECORDS[mapping.kind].model_fields
        self._has_crs = "crs" in self._fields
        self._pick_id = picker(self._places, mapping.id.columns)
        self._pick_code = picker(self._places, mapping.code_columns)
        self._pick_frame = picker(self._places, ("crs",) if self._is_geojson else ())
        zone = ZoneInfo(mapping.timezone)
        columns = [
            build_column(name, spec, self._fields[name].annotation, self._places, zone)
            for name, spec in mapping.fields.items()
        ]
        # A time that cannot precede another is read after it.
        self._columns = sorted(columns, key=lambda column: column.spec.not_before is not None)
        self._ordered = [column for column in columns if column.repeated is not None]

    def parse(self, row: Row, passes: dict[str, Pass] | None = None) -> Record:
        """Read one row.

        Args:
            row: Cells in header order.
            passes: Field name → pass of the repeated hour, where the ids have shown it.

        Raises:
            RowRejected: Naming the field at fault; set the row aside and go on.
            SkipRow: The mapping does not want this row.
        """
        self._skip_unwanted(row)
        cells = row.cells
        values: Values = {}
        for column in self._columns:
            value = column.value(cells, values, passes.get(column.name) if passes else None)
            if value is not None:
                values[column.name] = value
        values["source_id"] = self._source_id(row, values)
        self._locate(row, values)
        return parse_record(self.mapping.kind, values)

    def identify(self, row: Row) -> tuple[str, str]:
        """Read only what tells objects apart: (source id, kind); raises as `parse` does."""
        self._skip_unwanted(row)
        needed = {*self.mapping.id.prefix, "kind"}
        values: Values = {}
        for column in self._columns:
            if column.name in needed:
                values[column.name] = column.value(row.cells, values, None)
        return self._source_id(row, values), str(values.get("kind"))

    def repeated_times(self, row: Row) -> dict[str, datetime]:
        """Local times of the row that occurred twice and whose pass the ids should tell."""
        found = {}
        for column in self._ordered:
            moment = column.repeated(row.cells) if column.repeated else None
            if moment is not None:
                found[column.name] = moment
        return found

    def id_text(self, row: Row) -> str:
        """The id as the source writes it, without prefix; empty where there is none."""
        return self._pick_id(row.cells)

    def _skip_unwanted(self, row: Row) -> None:
        if self._only_under is None:
            return
        code = self._pick_code(row.cells)
        if not (code.startswith(self._only_under) or (code and self._only_under.startswith(code))):
            raise SkipRow

    def _source_id(self, row: Row, values: Values) -> str:
        own = self._pick_id(row.cells)
        if not own and self.mapping.id.missing == "reject":
            raise RowRejected("id_missing", "source_id", "has no id")
        if not own:
            content = json.dumps([row.cells, row.geometry], ensure_ascii=False)
            own = hashlib.blake2b(content.encode(), digest_size=12).hexdigest()
        return "/".join([*(str(values.get(name)) for name in self.mapping.id.prefix), own])

    def _locate(self, row: Row, values: Values) -> None:
        """Add frame, geometry, centre and the mark of a default location."""
        mapping = self.mapping
        if self._is_geojson and row.geometry is None and mapping.geometry.required:
            raise RowRejected("geometry_missing", "geometry", "has no geometry")
        frame = str(values.get("crs") or self._pick_frame(row.cells) or mapping.crs)
        if row.geometry is not None:
            if "lon" in self._fields and "lon" not in values:
                values["lon"], values["lat"] = centre(row.geometry)
            if "geometry" in self._fields:
                values["geometry"] = row.geometry
        if self._has_crs:
            values["crs"] = frame
        elif frame != "WGS84":
            to_wgs84_geometry(values, frame)
        spot = mapping.default_location
        lon, lat = values.get("lon"), values.get("lat")
        if spot is not None and isinstance(lon, float) and isinstance(lat, float):
            off = max(abs(lon - spot.lon), abs(lat - spot.lat))
            if off <= spot.tolerance_deg:
                values["location_flag"] = "default_location"


def _heading_places(table: Table, mapping: Mapping) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        key = heading_key(heading)
        if key in places and key in mapping.known_headings and not table.pieces:
            reason = f"the heading {heading!r} stands above two columns"
            raise FileNotTable(file=table.name, reason=reason)
        places.setdefault(key, index)
    return places


def content_key(row: Row) -> int:
    """A number that is equal for rows of equal content, within this process."""
    geometry: Any = json.dumps(row.geometry) if row.geometry else None
    return hash((tuple(row.cells), geometry))
