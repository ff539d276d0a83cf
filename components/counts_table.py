"""Counts of people by building and grid, small ones hidden, as rules/privacy.py parts them."""

from __future__ import annotations

from typing import Any

from components.file_table import file_table
from components.wording import local_name, text
from rules.privacy import SMALL_CELL, ShownCounts


def counts_table(counts: ShownCounts, names: Any) -> Any:
    """A table: buildings by name, then the other buildings of a grid together, then the rest.

    Args:
        counts: What may be shown side by side.
        names: actions.intake.place_names.PlaceNames of the community.
    """
    areas = {row["area_id"]: local_name(row, stem="area") for row in names.rows.values()}
    rows: list[tuple[Any, ...]] = sorted(
        (
            (
                local_name(dict(names.row(place_id))) or text("file.not_known"),
                local_name(dict(names.row(place_id)), stem="area") or "—",
                f"{n:,}",
            )
            for place_id, n in counts.buildings.items()
        )
    )
    rows += sorted(
        (text("counts.small", area=areas.get(area_id) or "—"), areas.get(area_id) or "—", f"{n:,}")
        for area_id, n in counts.areas.items()
    )
    if counts.remainder:
        small = counts.remainder < SMALL_CELL
        number = text("counts.hidden") if small else f"{counts.remainder:,}"
        rows.append((text("counts.rest"), "—", number))
    return file_table(["files.col_building", "files.col_area", "counts.people"], rows)
