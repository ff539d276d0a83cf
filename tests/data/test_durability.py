"""What was acknowledged is on disk: after SIGKILL, after a torn log record, before each answer.

SIGKILL leaves the operating system's cache intact, so it cannot show a power cut; the order of
system calls and logs cut off in their last record can.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.store import Store

ROOT = Path(__file__).parents[2]
WRITER = """
import os, sys
from datetime import UTC, datetime
from data.store import Store

store = Store.open("duckdb:" + sys.argv[1])
for number in range(int(sys.argv[2])):
    event = {"event_kind": "registered", "happened_at": datetime.now(UTC), "actor": "cli",
             "community_id": f"c{number}", "name_zh": "试", "timezone": "UTC", "is_demo": False}
    store.write(lambda tx: tx.append("community", [event])).result()
    os.write(1, b"ack %d\\n" % number)
os.kill(os.getpid(), 9)
"""


def run_writer(path: Path, count: int, *prefix: str) -> None:
    command = [*prefix, sys.executable, "-c", WRITER, str(path), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.stdout.splitlines() == [f"ack {number}" for number in range(count)], done.stderr


def recorded(path: Path) -> list[str]:
    store = Store.open(f"duckdb:{path}")
    ids = [row["community_id"] for row in store.rows("community/list")]
    store.close()
    return sorted(ids, key=lambda name: int(name[1:]))


def test_the_log_is_synced_to_disk_before_each_acknowledgement(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        message = "strace is not installed; `make test` installs it as root on Debian"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    trace = tmp_path / "trace.txt"
    calls = "trace=write,pwrite64,fsync,fdatasync"
    run_writer(tmp_path / "s.duckdb", 8, strace, "-f", "-y", "-e", calls, "-o", str(trace))
    written = synced = False
    acknowledged = 0
    for line in trace.read_text().splitlines():
        if re.search(r"p?write(64)?\(\d+<[^>]*s\.duckdb\.wal>", line):
            written, synced = True, False
        elif re.search(r"f(data)?sync\(\d+<[^>]*s\.duckdb\.wal>", line):
            synced = True
        elif '"ack ' in line:
            assert written, f"acknowledged before anything was written: {line}"
            assert synced, f"acknowledged before the write was synced: {line}"
            written = synced = False
            acknowledged += 1
    assert acknowledged == 8


def test_a_log_cut_off_anywhere_in_its_last_record_keeps_all_earlier_ones(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    run_writer(path, 6)
    log = path.with_name("s.duckdb.wal")
    whole = log.read_bytes()
    fifth = _log_length_after(tmp_path, 5)
    assert fifth < len(whole)
    for cut in sorted({fifth + 1, *range(fifth, len(whole), max(1, (len(whole) - fifth) // 8))}):
        copy = tmp_path / f"cut{cut}" / "s.duckdb"
        copy.parent.mkdir()
        shutil.copy(path, copy)
        copy.with_name("s.duckdb.wal").write_bytes(whole[:cut])
        assert recorded(copy) == [f"c{number}" for number in range(5)], f"cut at {cut}"
    assert recorded(path) == [f"c{number}" for number in range(6)]


def test_after_a_torn_record_the_store_takes_new_events_and_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    run_writer(path, 4)
    log = path.with_name("s.duckdb.wal")
    log.write_bytes(log.read_bytes()[:-7])
    store = Store.open(f"duckdb:{path}")
    event = {
        "event_kind": "registered",
        "happened_at": datetime.now(UTC),
        "actor": "cli",
        "community_id": "c99",
        "name_zh": "试",
        "timezone": "UTC",
        "is_demo": False,
    }
    store.write(lambda tx: tx.append("community", [event])).result()
    store.close()
    assert recorded(path) == ["c0", "c1", "c2", "c99"]


def _log_length_after(tmp_path: Path, count: int) -> int:
    """Length of the log after `count` events; a run writes the same bytes but for ids and times."""
    other = tmp_path / "shorter" / "s.duckdb"
    other.parent.mkdir()
    run_writer(other, count)
    return other.with_name("s.duckdb.wal").stat().st_size
