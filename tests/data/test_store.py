"""The store: one writer in groups, readers beside it, migrations that may run twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from data.errors import (
    QueryUnknown,
    StoreClosed,
    StoreError,
    StoreHeld,
    StoreTooNew,
    StoreUnreadable,
)
from data.queries import migrations
from data.store import Store
from data.transaction import Transaction
from data.writer import Commit

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


def community(community_id: str, name: str = "石榴社区") -> dict[str, object]:
    return {
        "event_kind": "registered",
        "happened_at": NOW,
        "actor": "cli",
        "community_id": community_id,
        "name_zh": name,
        "timezone": "Asia/Shanghai",
        "is_demo": False,
    }


def names(store: Store) -> dict[str, str]:
    rows = store.rows("community/list")
    return {row["community_id"]: row["name_zh"] for row in rows}


def test_an_event_is_folded_into_the_current_state_in_the_same_commit(store: Store) -> None:
    store.write(
        lambda tx: tx.append("community", [community("a"), community("a", "新名")])
    ).result()
    assert names(store) == {"a": "新名"}


def test_a_failing_unit_is_rejected_alone_and_its_group_is_committed(store: Store) -> None:
    gate = threading.Event()
    blocker = store.write(lambda tx: gate.wait(10))

    def unit(number: int, tx: Transaction) -> int:
        tx.append("community", [community(f"c{number}")])
        if number == 3:
            raise ValueError("the guilty one")
        return number

    futures = [
        store.write(lambda tx, n=n: unit(n, tx)) for n in range(6)
    ]  # one group behind the gate
    gate.set()
    blocker.result()
    with pytest.raises(ValueError, match="guilty"):
        futures[3].result()
    assert [f.result() for n, f in enumerate(futures) if n != 3] == [0, 1, 2, 4, 5]
    assert sorted(names(store)) == ["c0", "c1", "c2", "c4", "c5"]


def test_a_unit_whose_sql_fails_does_not_take_others_with_it(store: Store) -> None:
    broken = community("x")
    broken["name_zh"] = None  # not null in the schema: refused by the database itself
    gate = threading.Event()
    store.write(lambda tx: gate.wait(10))
    bad = store.write(lambda tx: tx.append("community", [broken]))
    good = store.write(lambda tx: tx.append("community", [community("y")]))
    gate.set()
    good.result()
    with pytest.raises(duckdb.Error):
        bad.result()
    assert list(names(store)) == ["y"]


def test_an_unknown_column_is_an_error_and_writes_nothing(store: Store) -> None:
    with pytest.raises(KeyError, match="nonsense"):
        store.write(lambda tx: tx.append("community", [{**community("a"), "nonsense": 1}])).result()
    assert names(store) == {}


def test_a_commit_tells_its_listeners_what_it_touched(store: Store) -> None:
    heard: list[Commit] = []
    store.on_commit(heard.append)
    store.write(lambda tx: tx.append("community", [community("a")])).result()
    store.write(lambda tx: None).result()  # touched nothing: nobody is woken
    store.write(lambda tx: tx.touch("case", "b")).result()
    assert [commit.touched for commit in heard] == [
        frozenset({("community", "a")}),
        frozenset({("case", "b")}),
    ]


def test_a_listener_that_fails_stops_neither_the_writer_nor_other_listeners(store: Store) -> None:
    heard: list[Commit] = []

    def broken(commit: Commit) -> None:
        raise RuntimeError("listener")

    store.on_commit(broken)
    store.on_commit(heard.append)
    store.write(lambda tx: tx.append("community", [community("a")])).result()
    store.write(lambda tx: tx.append("community", [community("b")])).result()
    assert len(heard) == 2


def test_closing_finishes_what_was_queued_and_refuses_more(tmp_path: Path) -> None:
    url = f"duckdb:{tmp_path / 's.duckdb'}"
    store = Store.open(url)
    futures = [
        store.write(lambda tx, n=n: tx.append("community", [community(f"c{n}")])) for n in range(50)
    ]
    store.close()
    assert all(future.done() and future.exception() is None for future in futures)
    with pytest.raises(StoreClosed):
        store.write(lambda tx: None)
    again = Store.open(url)
    assert len(names(again)) == 50
    again.close()


def test_migrations_may_run_twice_and_a_second_opening_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    Store.open(f"duckdb:{path}").close()
    with duckdb.connect(str(path)) as connection:
        for _, text in migrations():
            connection.execute(text)
        applied = connection.execute("select version from schema_version order by 1").fetchall()
    Store.open(f"duckdb:{path}").close()
    assert applied == [(number,) for number, _ in migrations()]


def test_a_file_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    Store.open(f"duckdb:{path}").close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into schema_version values (9999, now())")
    with pytest.raises(StoreTooNew) as refusal:
        Store.open(f"duckdb:{path}")
    assert refusal.value.fields["found"] == 9999


def test_a_held_file_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    script = (
        "import sys, duckdb\n"
        f"c = duckdb.connect({str(path)!r})\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreHeld) as refusal:
            Store.open(f"duckdb:{path}")
        holder.kill()
    assert refusal.value.fields == {"path": str(path), "pid": str(holder.pid)}


def test_a_file_that_is_no_database_is_reported_as_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    path.write_bytes(b"this is not a database " * 1_000)
    with pytest.raises(StoreUnreadable):
        Store.open(f"duckdb:{path}")
    assert path.read_bytes().startswith(b"this is not a database")


def test_a_store_of_another_kind_is_refused() -> None:
    with pytest.raises(StoreError):
        Store.open("sqlite:somewhere.db")


@pytest.mark.parametrize("name", ["case/nowhere", "../schema/0001_areas", "case", "CASE/open"])
def test_only_named_queries_can_be_run(store: Store, name: str) -> None:
    with pytest.raises(QueryUnknown):
        store.read(name)


def test_health_counts_commits_and_reports_the_slowest(store: Store) -> None:
    for number in range(5):
        store.write(lambda tx, n=number: tx.append("community", [community(f"c{n}")])).result()
    health = store.health()
    assert health.writing
    assert health.commits == 5
    assert health.timings.count == 5
    assert health.timings.max_ms is not None
    assert health.timings.p50_ms is not None
    assert health.timings.max_ms >= health.timings.p50_ms
