"""`import`: reads one file of rows of one kind into a community, as a mapping says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import ValidationError

from actions.access import CLI
from actions.auditing import line_for
from actions.communities import ensure_community
from actions.intake.quarantine import QuarantinedRow, set_aside
from actions.intake.recording import RowResult, record
from commands.context import Context
from data.records import NOUNS
from ingest.errors import SourceError
from ingest.files import SOURCE
from ingest.files.batches import Reading
from ingest.files.failures import CommunityUnknown, KindDiffers, describe
from ingest.files.mapping import Mapping
from ingest.files.mapping_files import load_mapping
from ingest.files.taking import Counts, take_file
from rules.records import WITHHELD_KINDS, Record

UNREADABLE = 2


@dataclass(frozen=True, slots=True)
class _StoreTaker:
    """Records the rows of one file under the name a dropped file's rows would have."""

    context: Context
    mapping: Mapping
    community_id: str

    @property
    def source(self) -> str:
        return f"{SOURCE.name}:{self.mapping.source}"

    def offer(self, records: Sequence[Record]) -> Future[list[RowResult]]:
        return record(
            self.context.store,
            self.mapping.kind,
            self.community_id,
            self.source,
            records,
            actor="cli",
        )

    def set_aside(self, rows: Sequence[QuarantinedRow], file: str) -> None:
        store = self.context.store
        set_aside(store, self.community_id, self.source, self.mapping.kind, file, rows).result()


def run_import(
    context: Context,
    kind: str,
    file: Path,
    mapping: str,
    community_id: str,
    only_under: str | None = None,
) -> int:
    """Import a file; the last line of output is a JSON object of what became of its rows.

    Args:
        context: The open store and where the words go.
        kind: What a row becomes, e.g. "cases" or "case"; must be the mapping's kind.
        file: CSV, XLSX, GeoJSON or a ZIP of these.
        mapping: Name of a shipped mapping or of one in `<var>/mappings/`.
        community_id: The community; one that does not exist yet is made, in the mapping's zone.
        only_under: Graded code: take only the rows above and below it.

    Returns:
        0 when every row was taken or quarantined, 2 when the file as a whole could not be read.
    """
    counts = Counts()
    try:
        reading = _prepare(context, kind, file, mapping, community_id, only_under)
        taker = _StoreTaker(context, reading.mapping, community_id)
        take_file(reading, taker, counts, progress=context.progress)
    except SourceError as failure:
        context.err(describe(failure))
        if counts.read:
            context.err(f"{counts.read} rows were read before; importing again changes none twice.")
        return UNREADABLE
    _note_people(context, kind, community_id, counts)
    for note in reading.notes:
        context.err(note)
    if reading.pieces:
        context.err(f"{reading.pieces} features became {counts.read} rows.")
    if reading.left_out:
        context.err(f"{reading.left_out} rows left out, as the mapping or --only-under asks.")
    if reading.forbidden:
        context.err(f"Columns never read about people: {', '.join(reading.forbidden)}")
    if counts.quarantined:
        context.err(f"{counts.quarantined} rows set aside; see: cli.py quarantine")
    context.out(json.dumps({"read": counts.read, **asdict(counts)}))
    return 0


def _note_people(context: Context, kind: str, community_id: str, counts: Counts) -> None:
    """A register of people or cameras leaves its line in the audit: how many rows, never whose."""
    mapped = NOUNS[kind].kind if kind in NOUNS else kind
    if mapped in WITHHELD_KINDS:
        detail = json.dumps({"kind": mapped, **asdict(counts)})
        action = "camera.import" if mapped == "cameras" else "person.import"
        context.audit.record(line_for(CLI, action, community_id, detail=detail)).result()


def _prepare(
    context: Context,
    kind: str,
    file: Path,
    mapping_name: str,
    community_id: str,
    only_under: str | None,
) -> Reading:
    mapping = load_mapping(mapping_name, context.settings.var)
    noun = NOUNS.get(kind)
    kind = noun.kind or kind if noun else kind
    if mapping.kind != kind:
        raise KindDiffers(mapping=mapping_name, kind=mapping.kind, asked=kind)
    _ensure_community(context, community_id, file, mapping.timezone)
    return Reading(file, mapping, only_under=only_under)


def _ensure_community(context: Context, community_id: str, file: Path, timezone: str) -> None:
    """Make the community where there is none and say so; a file that is not there makes none."""
    try:
        if file.is_file() and ensure_community(context.store, community_id, timezone):
            context.err(f"Community {community_id} did not exist and was made ({timezone}).")
    except ValidationError:
        raise CommunityUnknown(community=community_id) from None
