"""Two communities with buildings, grids and a few made-up people on record, for tests of files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from actions.access import current_viewer
from actions.files.editor import Editor
from actions.files.listing import FilesReader, files_reader
from actions.files.name_index import NameIndex, name_index_of
from actions.files.recording import record_files
from actions.intake.recorder import RowResult
from actions.intake.recording import record, record_community
from actions.vault import Vault
from data.store import Store
from rules.records import AreaRecord, CaseRecord, CommunityRecord, PlaceRecord
from rules.residents import PersonRecord
from rules.viewer import Viewer

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
WANG = {"name": "王演禾", "phone": "19900000001"}
ID_WANG = "999999194912310025"
VALUES = ("王演禾", "99999919491231002", "19900000001", "1949-12-31", "五〇一", "李演松", "张演竹")


@dataclass
class FilesStage:
    """A store with two communities; `demo` has two grids with a building each."""

    store: Store
    vault: Vault

    def set_up(self) -> FilesStage:
        """Register communities, grids and buildings."""
        for community_id in ("demo", "other"):
            row = CommunityRecord(community_id=community_id, name_zh=f"{community_id}社区")
            record_community(self.store, row).result()
            grids = [
                AreaRecord(source_id=f"g{n}", level="grid", name_zh=f"网格{n}") for n in (1, 2)
            ]
            record(self.store, "areas", community_id, "t", grids).result()
            places = [
                PlaceRecord(
                    source_id=f"b{n}", kind="building", name_zh=f"石榴苑 {n}号楼", area_id=f"g{n}"
                )
                for n in (1, 2)
            ]
            record(self.store, "places", community_id, "t", places).result()
        return self

    def area(self, number: int, community_id: str = "demo") -> str:
        """Our id of a grid."""
        rows = self.store.rows("desk/areas", community_id=community_id)
        return next(row["area_id"] for row in rows if row["name_zh"] == f"网格{number}")

    def record(
        self, rows: Sequence[dict[str, Any]], community_id: str = "demo", source: str = "t"
    ) -> list[RowResult]:
        """Record people."""
        records = [PersonRecord(**row) for row in rows]
        return record_files(self.store, "persons", community_id, source, records, now=NOW)

    def person(self, source_id: str = "1", community_id: str = "demo", **fields: Any) -> str:
        """Record one person and return the file's id."""
        row: dict[str, Any] = {"source_id": source_id, "name": "李演松", "place_id": "b1", **fields}
        (result,) = self.record([row], community_id)
        assert result.id is not None, result.error
        return result.id

    def wang(self, **fields: Any) -> str:
        """The person with every ordinary value."""
        full = {**WANG, "id_number": ID_WANG, "unit": "1单元", "door": "五〇一", "residence": "own",
                "relation": "head", "household_id": "h1", **fields}  # fmt: skip
        return self.person("登记王", **full)

    def child(self, **fields: Any) -> str:
        """A child under fourteen with a guardian's consent."""
        given = {"birth_date": date(2020, 5, 1), "guardian_consent_on": date(2026, 1, 1)}
        return self.person("child", **{"name": "张演竹", **given, **fields})

    def case(self, status: str = "filed", community_id: str = "demo") -> str:
        """A case; returns its id."""
        row = CaseRecord(
            source_id=f"c-{status}", category="noise", reported_at=NOW, status=status, title="噪声"
        )
        (result,) = record(self.store, "cases", community_id, "t", [row]).result()
        assert result.id is not None
        return result.id

    def become(self, role: str, *communities: str, areas: Sequence[str] = ()) -> Viewer:
        """Sign in as somebody."""
        mine = frozenset(communities or {"demo"})
        viewer = Viewer("account", f"{role}-1", role, mine, frozenset(areas), role)
        current_viewer.set(viewer)
        return viewer

    def editor(self, viewer: Viewer) -> Editor:
        """What the pages edit with."""
        return Editor(self.store, self.vault.audit, viewer, NOW)

    def reader(self, community_id: str = "demo") -> FilesReader:
        """What the pages read with, for the current viewer."""
        return files_reader(self.store, self.vault.keyring, self.vault.audit, community_id, NOW)

    def index(self) -> NameIndex:
        """The index of names, built."""
        index = name_index_of(self.store)
        for community_id in ("demo", "other"):
            index.ready(community_id)
        index.settle()
        return index

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Rows of a statement of the test's own."""
        cursor = self.store.cursor()
        try:
            return cursor.execute(text).fetchall()
        finally:
            cursor.close()

    def audit(self) -> list[tuple[Any, ...]]:
        """(action, result, role, subject_id, field, case_id, purpose, detail) of every line."""
        return self.sql(
            "select action, result, role, subject_id, field, case_id, purpose, detail"
            " from audit_event order by seq"
        )


def until(done: Callable[[], bool], within_s: float = 10.0) -> None:
    """Wait for something another thread does."""
    deadline = time.monotonic() + within_s
    while not done():
        assert time.monotonic() < deadline, "did not come"
        time.sleep(0.02)


def everything(stage: FilesStage, *but: str) -> str:
    """All rows of all tables as one text, to look for what must not be there."""
    tables = stage.sql(
        "select table_name from information_schema.tables where table_schema = 'main'"
    )
    found = []
    for (table,) in tables:
        if table not in but:
            found.append(str(stage.sql(f"from {table}")))
    return "\n".join(found)
