"""Unites the features of a GeoJSON layer that are pieces of one object, such as tile cuts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.files.geometry import family, unite
from ingest.files.parse import RowParser
from ingest.files.table import BadRow, Row
from ingest.files.values import SkipRow
from rules.errors import RowRejected

# Without a word in the mapping the fullest shape of an object wins over its label point.
FULLEST_FIRST = ("polygon", "line", "point")


class Uniting:
    """Groups features by their id and joins each group.

    Attributes:
        left_out: Features the mapping does not want, by kind or by shape.
    """

    def __init__(self, parser: RowParser) -> None:
        self._parser = parser
        self._shapes = parser.mapping.geometry.shapes
        self.left_out = 0

    def unite(self, rows: Iterable[Row | BadRow]) -> Iterator[Row | BadRow]:
        """Yield one row per object, in order of first appearance; faulty rows pass as they are."""
        groups: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            if isinstance(row, BadRow) or row.geometry is None:
                yield row
                continue
            try:
                key = self._parser.identify(row)
            except SkipRow:
                self.left_out += 1
            except RowRejected:
                yield row  # parsing it again names the fault
            else:
                groups.setdefault(key, []).append(row)
        for (_, kind), pieces in groups.items():
            united = self._unite_group(pieces, self._shapes.get(kind, FULLEST_FIRST))
            if united is None:
                self.left_out += len(pieces)
            else:
                yield united

    def _unite_group(self, pieces: Sequence[Row], wanted: Sequence[str]) -> Row | None:
        families: dict[str, list[Row]] = {}
        for piece in pieces:
            if piece.geometry is not None:
                families.setdefault(family(piece.geometry), []).append(piece)
        chosen = next((families[name] for name in wanted if name in families), None)
        if chosen is None:
            return None
        others = [piece for piece in pieces if piece not in chosen]
        cells = [
            next((cell for cell in column if cell), "")
            for column in zip(*(piece.cells for piece in [*chosen, *others]), strict=True)
        ]
        geometry = unite([piece.geometry for piece in chosen if piece.geometry is not None])
        return Row(pieces[0].number, cells, geometry, len(pieces))
