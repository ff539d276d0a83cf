"""Knows who has which case open, and tells them who else has and when it changed.

Kept in memory alone, with an expiry: no log says who looked at which page for how long. A commit
wakes it and one query serves all lookers; nobody polls.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from actions.access import NotThere
from actions.cases.access import reached_case
from data.store import Store
from data.subscription import Message
from data.writer import Commit
from rules.viewer import Viewer

# Our pages say every ten seconds what they look at; one that stopped has been closed or sleeps.
LOOK_S = 30.0
NEWS = frozenset({"case", "case_photo", "case_message", "video_call"})  # what its page shows


@dataclass(slots=True)
class _Looker:
    case_id: str
    community_id: str
    viewer: Viewer
    tell: Callable[[Message], None]
    until: float
    version: str
    told: str = ""


class CaseWatch:
    """The open case pages of one process; everything but `_on_commit` runs on its event loop.

    Args:
        store: Whose commits wake it.
        clock: Seconds that only rise, replaceable in tests.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._clock = clock
        self._lookers: dict[object, _Looker] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._refreshing: asyncio.Task[None] | None = None
        self._again = False
        store.on_commit(self._on_commit)

    async def look(
        self, key: object, viewer: Viewer, case_id: str, tell: Callable[[Message], None]
    ) -> None:
        """Note that a connection shows a case, and tell everybody who shows it.

        Args:
            key: The connection.
            viewer: Who looks; a case out of reach is passed over.
            case_id: The case, or empty for none.
            tell: Hands a message to the connection.
        """
        self._loop = asyncio.get_running_loop()
        known = self._lookers.get(key)
        if known is not None and known.case_id == case_id:
            known.until = self._clock() + LOOK_S
            self._drop_expired()
            return
        self.leave(key)
        if not case_id:
            return
        try:
            case = await asyncio.to_thread(reached_case, self._store, viewer, case_id)
        except NotThere:
            return
        until = self._clock() + LOOK_S
        self._lookers[key] = _Looker(
            case_id, case["community_id"], viewer, tell, until, case["event_id"]
        )
        self._drop_expired()
        self._tell([case_id])

    def leave(self, key: object) -> None:
        """Forget a connection and tell those who stay."""
        gone = self._lookers.pop(key, None)
        if gone is not None:
            self._tell([gone.case_id])

    def _drop_expired(self) -> None:
        now = self._clock()
        for key in [key for key, looker in self._lookers.items() if looker.until < now]:
            self.leave(key)

    def _on_commit(self, commit: Commit) -> None:
        loop = self._loop
        communities = {community for noun, community in commit.touched if noun in NEWS}
        if communities and loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._mark, communities)

    def _mark(self, communities: set[str]) -> None:
        if not any(looker.community_id in communities for looker in self._lookers.values()):
            return
        if self._refreshing is not None and not self._refreshing.done():
            self._again = True
            return
        self._refreshing = asyncio.get_running_loop().create_task(self._refresh())

    async def _refresh(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            case_ids = sorted({looker.case_id for looker in self._lookers.values()})
            rows = await asyncio.to_thread(self._store.rows, "case/versions", case_ids=case_ids)
            versions = {row["case_id"]: row["version"] for row in rows}
            for looker in self._lookers.values():
                looker.version = versions.get(looker.case_id, looker.version)
            self._tell(case_ids)

    def _tell(self, case_ids: Iterable[str]) -> None:
        for case_id in case_ids:
            here = [each for each in self._lookers.values() if each.case_id == case_id]
            for looker in here:
                text = _message(looker, here)
                if text != looker.told:
                    looker.told = text
                    looker.tell(Message("case", 0, text))


def _message(looker: _Looker, here: list[_Looker]) -> str:
    others = {
        (each.viewer.role, each.viewer.label)
        for each in here
        if each.viewer.actor != looker.viewer.actor
    }
    also = [{"role": role, "label": label} for role, label in sorted(others)]
    said = {"t": "case", "case": looker.case_id, "version": looker.version, "also": also}
    return json.dumps(said)
