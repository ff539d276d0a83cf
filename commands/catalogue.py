"""`import catalogue`, `export catalogue` and `catalogue recompute`: files and open deadlines."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from actions.access import CLI
from actions.catalogue.editing import CatalogueDesk
from actions.catalogue.files import read_rows, write_csv, write_xlsx
from actions.catalogue.recomputing import recompute_deadlines
from commands.context import Context
from rules.errors import RuleViolation


def run_import_catalogue(context: Context, file: Path, community_id: str) -> int:
    """Take over a file; prints each refused row, then a JSON summary. Returns 2 for no catalogue.

    Returns 1 where some rows were refused, the others being taken.
    """
    try:
        found = _desk(context, community_id).take_rows(read_rows(file.name, file.read_bytes()))
    except (RuleViolation, OSError) as refusal:
        context.err(f"Nothing was imported: {refusal}")
        return 2
    for row in found.refused:
        context.err(f"row {row.number} ({row.category or '-'}): {row.code} {row.field}".rstrip())
    summary = {**asdict(found), "changed": len(found.changed), "refused": len(found.refused)}
    context.out(json.dumps(summary))
    return 1 if found.refused else 0


def run_export_catalogue(context: Context, file: Path, community_id: str) -> int:
    """Write the catalogue as CSV or, with the ending .xlsx, as a spreadsheet."""
    entries = _desk(context, community_id).entries()
    write = write_xlsx if file.suffix.lower() == ".xlsx" else write_csv
    file.write_bytes(write(entries))
    context.out(f"{len(entries)} categories are in {file}.")
    return 0


def run_catalogue_recompute(context: Context, community_id: str) -> int:
    """Reckon open deadlines anew; prints how many moved as JSON."""
    context.out(json.dumps(asdict(recompute_deadlines(_desk(context, community_id)))))
    return 0


def _desk(context: Context, community_id: str) -> CatalogueDesk:
    return CatalogueDesk(context.store, context.audit, CLI, community_id)
