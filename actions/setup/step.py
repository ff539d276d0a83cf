"""Carries out one step of setting up: whole-state events, rows for undo and audit lines, as a unit.

Events carry the whole state (ADR 0003), so a step can be taken back by writing the state before it
once more. A version is the id of an event that was current when the object was read; it is stale
when what people and sources can say about the object has changed since. What only follows (the
grid a place lies in) or moves by itself (whether a device is online) does not make it stale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from actions.access import NotThere
from actions.auditing import line_for
from actions.setup.errors import ChangedMeanwhile
from data.audit import AuditChain
from data.records import NOUNS
from data.store import Store
from data.transaction import Transaction
from rules.viewer import Viewer

T = TypeVar("T")
State = dict[str, Any]
StepKind = Literal["registered", "changed", "moved", "removed", "undone"]

MANUAL = "manual"  # the source of everything that was first registered by hand
SETUP_NOUNS = (
    "area",
    "place",
    "device",
    "worker",
    "organisation",
    "contact",
    "community",
    "acknowledgement",
)
_STAMPS = ("event_id", "event_kind", "happened_at", "recorded_at", "actor")
# What says nothing about the object itself: the source's bookkeeping, and what moves by itself.
_APART: dict[str, tuple[str, ...]] = {
    "area": ("source_version", "content_hash"),
    "place": ("source_version", "content_hash", "area_id"),
    "device": ("source_version", "content_hash", "area_id", "state", "seen_at"),
    "worker": ("source_version", "content_hash", "on_duty"),
    "contact": ("content_hash",),
}
_NAMES = ("name_zh", "callsign", "post_zh", "topic")
_KINDS = ("level", "kind")


@dataclass(frozen=True, slots=True)
class SetupDesk:
    """Who sets up which community, and with what.

    Attributes:
        viewer: Somebody whose role may `config.write` there; the caller has asked `allow`.
    """

    store: Store
    audit: AuditChain
    viewer: Viewer
    community_id: str

    def take(self, kind: StepKind, work: Callable[[Step], T], undoes: str | None = None) -> T:
        """Carry out `work` as one step and wait until it is on disk.

        Args:
            kind: What the step is called in the list of changes.
            work: Reads and puts states; may be called again, so it has no other effect.
            undoes: The step it takes back.

        Raises:
            SetupRefused: `work` found something against it; nothing was changed.
            StoreError: The store did not take it.
        """

        def unit(tx: Transaction) -> T:
            step = Step(self, tx, kind, undoes)
            result = work(step)
            step.note()
            return result

        return self.store.write(unit).result()


class Step:
    """One step inside the writer's transaction; it sees what it has put itself."""

    def __init__(
        self, desk: SetupDesk, tx: Transaction, kind: StepKind, undoes: str | None
    ) -> None:
        self.desk = desk
        self.tx = tx
        self.kind: StepKind = kind
        self._undoes = undoes
        self._rows: list[State] = []

    @property
    def community_id(self) -> str:
        """The community that is set up."""
        return self.desk.community_id

    def new_id(self) -> str:
        """Return a new time-ordered id."""
        return self.tx.ids(1)[0]

    def find(self, noun: str, object_id: str | None, event_id: str | None = None) -> State | None:
        """Return the state of an object of this community, now or after an event; None without."""
        rows = self.tx.rows(
            f"setup/state_{noun}",
            community_id=self.community_id,
            object_id=object_id,
            event_id=event_id,
        )
        return rows[0] if rows else None

    def live(self, noun: str, object_id: str | None) -> State | None:
        """Return the current state of an object that is in use, else None."""
        state = self.find(noun, object_id) if object_id else None
        return state if state is not None and state["removed_at"] is None else None

    def current(self, noun: str, object_id: str, version: str) -> State:
        """Return the current state of an object that is still as it was read.

        Args:
            version: Id of the event that was current when the person read it.

        Raises:
            NotThere: This community has no such object.
            ChangedMeanwhile: It was changed or removed since.
        """
        state = self.find(noun, object_id)
        if state is None:
            raise NotThere(noun=noun)
        read = self.find(noun, object_id, version)
        if read is None or state["removed_at"] is not None or not same(noun, read, state):
            raise ChangedMeanwhile(noun=noun, actor=state["actor"], at=state["recorded_at"])
        return state

    def put(self, noun: str, state: State, event_kind: str) -> str:
        """Write the whole state of an object as its next event; returns the event's id."""
        object_id = state[NOUNS[noun].key]
        before = self.find(noun, object_id)
        event_id = self._append(noun, [state], event_kind)[0]
        self._rows.append(
            {
                "noun": noun,
                "object_id": object_id,
                "kind": next((state[k] for k in _KINDS if state.get(k)), None),
                "name": next((state[n] for n in _NAMES if state.get(n)), None),
                "event_id": event_id,
                "before_event_id": before["event_id"] if before else None,
            }
        )
        return event_id

    def follow(self, noun: str, states: list[State]) -> None:
        """Write states that only follow from the step and are no part of what undo takes back."""
        if states:
            self._append(noun, states, "assigned")

    def note(self) -> None:
        """Write down what the step has changed: for the list of changes, and for the audit."""
        if not self._rows:
            return
        change_id, viewer = self.new_id(), self.desk.viewer
        rows = [
            {
                **row,
                "change_id": change_id,
                "position": position,
                "changed_at": self.tx.now,
                "actor": viewer.actor,
                "community_id": self.community_id,
                "step": self.kind,
                "undoes": self._undoes,
            }
            for position, row in enumerate(self._rows)
        ]
        table = self.tx.table("setup_change", rows)
        self.tx.run("setup/append_change", {"incoming": table})
        lines = [
            line_for(
                viewer,
                f"setup.{self.kind}",
                self.community_id,
                subject_kind=row["noun"],
                subject_id=row["object_id"],
                detail=f"step {change_id}",
            )
            for row in self._rows
        ]
        self.desk.audit.note_many(self.tx, lines)

    def _append(self, noun: str, states: list[State], event_kind: str) -> list[str]:
        event_ids = self.tx.ids(len(states))
        stamp = {
            "event_kind": event_kind,
            "happened_at": self.tx.now,
            "recorded_at": self.tx.now,
            "actor": self.desk.viewer.actor,
            "community_id": self.community_id,
        }
        events = [
            {**state, **stamp, "event_id": event_id}
            for state, event_id in zip(states, event_ids, strict=True)
        ]
        self.tx.append_table(noun, self.tx.table(NOUNS[noun].log, events))
        return event_ids


def same(noun: str, one: State, other: State) -> bool:
    """Tell whether two states say the same about an object, stamps and what follows apart."""
    apart = (*_STAMPS, *_APART.get(noun, ()))
    return all(one[column] == other[column] for column in one if column not in apart)


def taken_back(noun: str, before: State, now: State) -> State:
    """Return the state before a step, with what moves by itself as it is now."""
    return {**before, **{column: now[column] for column in _APART.get(noun, ())}}
