"""Changes a community's catalogue: one category at a time or a whole file, each step audited.

A changed limit holds for cases reported from then on; `recomputing.py` moves open deadlines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.catalogue.reading import catalogue_of, entry_of
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.catalogue import Entry, default_catalogue, overlaid
from rules.catalogue_rows import CategoryInvalid, read_entry, write_entry
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer

T = TypeVar("T")
Row = dict[str, Any]

MOST_CATEGORIES = 500


class CategoryNameTaken(RuleViolation):
    """Another community of this installation calls this code by another name; use another code."""

    code = "category_name_taken"


class CatalogueFull(RuleViolation):
    """More categories than a community can have."""

    code = "catalogue_full"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of a file and where it stood.

    Attributes:
        number: Line or row number in the file, its head being 1.
        cells: Text by column.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that was not taken: where it stood, its code, and the field at fault or why."""

    number: int
    category: str
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    changed: tuple[str, ...]
    unchanged: int
    refused: tuple[RowRefused, ...]


@dataclass(frozen=True, slots=True)
class CatalogueDesk:
    """The catalogue of one community, as `asking` may change it."""

    store: Store
    audit: AuditChain
    asking: Viewer
    community_id: str

    def entries(self) -> list[Entry]:
        """Return every category, those out of use included, in list order."""
        return list(catalogue_of(self.store, self.community_id).values())

    def save(self, row: dict[str, str]) -> Entry:
        """Take over one category as a form gives it; returns it as it holds now.

        Raises:
            CategoryInvalid, CategoryNameTaken, NotAllowed: Nothing was changed.
        """

        def work(tx: Transaction) -> Entry:
            entry = read_entry(row)
            if self._take(tx, self._known(tx), entry, "changed"):
                self._note(tx, "catalogue.change", entry.code)
            return entry

        return self._unit("catalogue.change", work)

    def set_in_use(self, code: str, in_use: bool) -> None:
        """Take a category out of use, or into it again; cases keep it either way.

        Raises:
            NotThere: There is no such category.
        """

        def work(tx: Transaction) -> None:
            known = self._known(tx)
            if code not in known:
                raise NotThere(category=code[:60])
            kind = "restored" if in_use else "removed"
            if self._take(tx, known, replace(known[code], in_use=in_use), kind):
                self._note(tx, "catalogue.change", code)

        self._unit("catalogue.change", work)

    def take_rows(self, rows: Sequence[FileRow]) -> Imported:
        """Take over the rows of a file; good rows go on, bad ones are answered with their reason.

        Raises:
            NotAllowed: The role may not.
        """

        def work(tx: Transaction) -> Imported:
            known, refused = self._known(tx), list[RowRefused]()
            changed, seen = list[str](), set[str]()
            for row in rows:
                code = row.cells.get("code", "").strip()
                try:
                    entry = read_entry(row.cells)
                    if entry.code in seen:
                        raise CategoryInvalid(field="code")
                    seen.add(entry.code)
                    if self._take(tx, known, entry, "imported"):
                        changed.append(entry.code)
                except RuleViolation as refusal:
                    field = str(getattr(refusal, "fields", {}).get("field", ""))
                    refused.append(RowRefused(row.number, code[:60], field, refusal.code))
            if changed:
                detail = f"{len(changed)} changed, {len(refused)} refused"
                self._note(tx, "catalogue.import", None, detail)
            same = len(rows) - len(changed) - len(refused)
            return Imported(tuple(changed), same, tuple(refused))

        return self._unit("catalogue.import", work)

    def _known(self, tx: Transaction) -> dict[str, Entry]:
        rows = tx.rows("category/of_community", community_id=self.community_id)
        return overlaid(entry_of(row) for row in rows)

    def _take(self, tx: Transaction, known: dict[str, Entry], entry: Entry, kind: str) -> bool:
        """Append a category where it says something new; `known` is brought up to date."""
        before = known.get(entry.code)
        if before is not None and replace(before, default=False) == entry:
            return False
        if before is None and len(known) >= MOST_CATEGORIES:
            raise CatalogueFull(most=MOST_CATEGORIES)
        self._check_name(tx, entry)
        known[entry.code] = entry
        event_kind = kind if before is not None or kind == "imported" else "created"
        tx.append("category", [self._event(tx, entry, event_kind)])
        return True

    def _check_name(self, tx: Transaction, entry: Entry) -> None:
        """Hold that a code means the same in every community: screens word it by its code."""
        others = [
            row["community_id"]
            for row in tx.rows("community/list")
            if row["community_id"] != self.community_id
        ]
        names = {
            (row["name_zh"], row["name_en"])
            for row in tx.rows("category/of_community", community_id=None)
            if row["code"] == entry.code and row["community_id"] in others
        }
        default = default_catalogue().get(entry.code)
        if others and default is not None:
            names.add((default.name_zh, default.name_en))
        if names - {(entry.name_zh, entry.name_en)}:
            raise CategoryNameTaken(field="name_zh")

    def _event(self, tx: Transaction, entry: Entry, kind: str) -> Row:
        text = write_entry(entry)
        wants = [[want.kind, list(want.services), want.count] for want in entry.wants]
        return {
            **{name: text[name] for name in ("code", "name_zh", "urgency", "limit_kind")},
            "category_id": f"{self.community_id}:{entry.code}",
            "community_id": self.community_id,
            "name_en": entry.name_en,
            "category_group": entry.group,
            "limit_value": entry.limit_value,
            "organisation_kind": entry.organisation_kind,
            "responders": json.dumps(wants),
            "questions": json.dumps(entry.questions, ensure_ascii=False),
            "keywords": json.dumps(entry.keywords, ensure_ascii=False),
            "standard_ref": entry.standard_ref,
            "position": entry.position,
            "removed_at": None if entry.in_use else tx.now,
            "event_kind": kind,
            "happened_at": tx.now,
            "actor": self.asking.actor,
        }

    def _unit(self, action: str, work: Callable[[Transaction], T]) -> T:
        try:
            allow_config(self.asking, self.community_id)
            asked_in = copy_context()  # the writer's thread does not know where this came from
            return self.store.write(lambda tx: asked_in.run(work, tx)).result()
        except RuleViolation as refusal:
            here = self.community_id
            line = line_for(self.asking, action, here, result="refused", detail=refusal.code)
            self.audit.refused(line)
            raise

    def _note(
        self, tx: Transaction, action: str, code: str | None, detail: str | None = None
    ) -> None:
        line = line_for(
            self.asking,
            action,
            self.community_id,
            subject_kind="catalogue",
            subject_id=code,
            detail=detail,
        )
        self.audit.note(tx, line)


def allow_config(asking: Viewer, community_id: str) -> None:
    """Let pass who may set up a community.

    Raises:
        NotThere, NotAllowed: Who may not.
    """
    if asking.kind == "cli":
        return
    if community_id not in asking.community_ids:
        raise NotThere(community=community_id)
    if not may(asking.role, "config.write"):
        raise NotAllowed(role=asking.role, action="config.write")
