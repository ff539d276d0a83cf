"""How much of a file we are ready to read; beyond it a row or the file is refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

MIB = 1024 * 1024


class Limits(BaseModel):
    """Bounds that keep a hostile or broken file from taking the machine with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_bytes: int = Field(
        default=512 * MIB, gt=0, description="Largest file, and largest archive content, bytes."
    )
    geojson_bytes: int = Field(
        default=64 * MIB, gt=0, description="Largest GeoJSON file, bytes; it is read whole."
    )
    line_chars: int = Field(
        default=1_000_000, ge=1_000, description="Longest line of a text table, characters."
    )
    record_lines: int = Field(
        default=2_000, ge=1, description="Most lines one row may span by quoted line breaks."
    )
    cell_chars: int = Field(
        default=32_767, ge=1, description="Longest cell, characters; what a spreadsheet allows."
    )
    columns: int = Field(default=1_000, ge=1, description="Most columns of a table.")
    rows: int = Field(default=5_000_000, ge=1, description="Most rows of one table.")
    members: int = Field(default=1_000, ge=1, description="Most files in an archive.")
    ratio: int = Field(
        default=200, ge=1, description="Largest size of an archive member per compressed byte."
    )
    broken_quotes: int = Field(
        default=100, ge=0, description="Rows with a quote that never closes before giving up."
    )
