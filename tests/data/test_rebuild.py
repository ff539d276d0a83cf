"""Whatever happened in whatever order, the state rebuilt from the logs is the live state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.access import current_viewer
from actions.cases.history import CaseStep, move_cases
from actions.cases.moves import move_many
from actions.intake.recording import record, record_community
from data.rebuild import rebuild
from data.store import Store
from rules.case_facts import Move
from rules.records import CaseRecord, CommunityRecord, DeviceRecord, NoticeRecord
from rules.viewer import Viewer
from rules.vocabulary import CASE_ACTIONS, CASE_STATUSES, DEVICE_STATES

START = datetime(2026, 3, 12, 8, tzinfo=UTC)
numbers = count()

case = st.builds(
    CaseRecord,
    source_id=st.sampled_from("abcd"),
    category=st.sampled_from(["noise", "lift_fault", "something else"]),
    reported_at=st.integers(0, 5_000).map(lambda minutes: START + timedelta(minutes=minutes)),
    title=st.sampled_from([None, "楼道灯不亮"]),
    version=st.none() | st.integers(0, 4),
    status=st.none() | st.sampled_from(CASE_STATUSES),
)
device = st.builds(
    DeviceRecord,
    source_id=st.sampled_from("xyz"),
    kind=st.just("camera"),
    name_zh=st.just("东门"),
    state=st.sampled_from(DEVICE_STATES),
    version=st.none() | st.integers(0, 4),
)
notice = st.builds(
    NoticeRecord,
    source_id=st.sampled_from("mn"),
    kind=st.just("outage"),
    title_zh=st.sampled_from(["停水", "来水"]),
    published_at=st.just(START),
)
batch = st.one_of(
    st.tuples(st.just("cases"), st.lists(case, min_size=1, max_size=5)),
    st.tuples(st.just("devices"), st.lists(device, min_size=1, max_size=4)),
    st.tuples(st.just("notices"), st.lists(notice, min_size=1, max_size=3)),
    st.tuples(st.just("moves"), st.lists(st.sampled_from(CASE_ACTIONS), min_size=1, max_size=4)),
    st.tuples(st.just("steps"), st.lists(st.sampled_from(CASE_STATUSES), min_size=1, max_size=3)),
)


def current(store: Store) -> dict[str, tuple[int, int | None]]:
    return {
        row["table_name"]: (row["n"], row["hash"])
        for row in store.rows("store/fingerprint")
        if row["table_name"].endswith("_now")
    }


def make_moves(store: Store, community: str, actions: list[str]) -> None:
    """Make every move on every case, with all it may need; those not possible are refused."""
    officer = Viewer("account", "1", "secretary", frozenset({community}))
    given = {
        "text": "原因说明",
        "report_check": "exists",
        "verification": "pass",
        "outcome": "solved",
        "supervision": "leader",
        "call_back": True,
    }
    token = current_viewer.set(officer)
    for row in store.rows("case/ids", community_id=community):
        wishes = [(row["case_id"], Move(action, **given)) for action in actions]  # type: ignore[arg-type]
        move_many(store, officer, wishes)
    current_viewer.reset(token)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(batch, max_size=8))
def test_rebuilt_equals_live_after_any_sequence_of_events(
    store: Store,
    batches: list[tuple[str, list[object]]],
) -> None:
    community = f"t{next(numbers)}"  # one store for all examples; each has its own community
    for kind, rows in batches:
        if kind == "steps":
            cases = [r["case_id"] for r in store.rows("case/ids", community_id=community)]
            steps = [CaseStep(c, str(status), START) for c in cases for status in rows]
            move_cases(store, community, steps, "officer:1").result()
        elif kind == "moves":
            make_moves(store, community, [str(action) for action in rows])
        else:
            record(store, kind, community, "test", rows).result()  # type: ignore[arg-type]
    live = current(store)
    report = rebuild(store)
    assert current(store) == live
    assert all(table.same for table in report)


def test_rebuild_repairs_a_damaged_table_and_says_so(store: Store) -> None:
    record_community(store, CommunityRecord(community_id="t", name_zh="试")).result()
    before = current(store)
    damage: duckdb.DuckDBPyConnection = store.cursor()
    damage.execute("update community_now set name_zh = 'wrong'")
    damage.close()
    assert current(store) != before
    report = {table.table: table.same for table in rebuild(store)}
    assert current(store) == before
    assert report.pop("community_now") is False
    assert all(report.values())
