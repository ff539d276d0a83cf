"""The wall's row of sources shows the outbox as soon as something of it is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.notify.outbox import queue
from actions.upkeep.state import outbox_state
from data.store import Store
from data.views.sources import SOURCES
from data.views.view import Question
from rules.upkeep import OUTBOX_LATE, UpkeepFacts, warnings_of
from tests.desk_store import fill


def asked(store: Store, community_id: str, now: datetime) -> Question:
    """A question of the wall, with no source there."""
    return Question(store, community_id, "Asia/Shanghai", now, tuple, lambda nouns: 0)


def test_what_is_late_shows_on_the_wall_and_as_a_warning(store: Store) -> None:
    fill(store)

    def work(tx: Any) -> Any:
        row = {"community_id": "demo", "target_kind": "channel", "target_id": "ch"}
        queue(tx, [row, row])
        return tx.now

    now = store.write(work).result()
    soon, late = now + timedelta(minutes=1), now + OUTBOX_LATE + timedelta(minutes=1)
    assert SOURCES.compute(asked(store, "demo", soon)) == []
    (row,) = SOURCES.compute(asked(store, "demo", late))
    assert (row["source"], row["state"], row["quarantined"]) == ("outbox", "backoff", 2)
    assert SOURCES.compute(asked(store, "other", late)) == []
    state = outbox_state(store, late)
    assert (state.late, state.oldest_at) == (2, now)
    (warning,) = [
        w for w in warnings_of(UpkeepFacts(now=late, outbox=state)) if w.code == "outbox_late"
    ]
    assert warning.severity == "alarm" and warning.fields["n"] == 2
