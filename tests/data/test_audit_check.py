"""Whatever is done to the audit table or its anchor is reported, with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.audit_line import COLUMNS
from tests.data.audit_given import Installation

LINES = 6
TEXTS = [name for name in COLUMNS if name not in ("seq", "happened_at", "recorded_at")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for the many tests that change a single value."""
    made = Installation(tmp_path_factory.mktemp("kept"))
    made.keyring.create(["p1"])
    made.write(*range(1, LINES + 1))
    made.tamper("create table kept as from audit_event")
    yield made
    made.close()


@pytest.fixture
def one_value(kept: Installation) -> Iterator[Installation]:
    """The shared installation, put right again afterwards."""
    assert kept.audit.verify().ok
    yield kept
    kept.tamper("delete from audit_event")
    kept.tamper("insert into audit_event from kept order by seq")


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    made.keyring.create(["p1"])
    made.write(*range(1, LINES + 1))
    assert made.audit.verify().ok
    yield made
    made.close()


def found_in(given: Installation) -> tuple[str, int, int, tuple[str, ...]]:
    fault = given.audit.verify().fault
    assert fault is not None
    return fault.kind, fault.seq, fault.until, fault.columns


def fault_of(given: Installation) -> tuple[str, int, int, tuple[str, ...]]:
    """The fault as found now and, the same, after a restart."""
    found = found_in(given)
    given.reopen()
    assert found_in(given) == found
    return found


@pytest.mark.parametrize("column", TEXTS)
@pytest.mark.parametrize("place", [1, 3, LINES])
def test_one_changed_byte_is_found_with_line_and_column(
    one_value: Installation, column: str, place: int
) -> None:
    # the first character becomes another one of the same length
    one_value.tamper(
        f"update audit_event set {column} = translate(substr({column}, 1, 1), "
        "'0123456789abcdefnpst', '123456789abcdef0oqts') || substr("
        f"{column}, 2) where seq = {place}"
    )
    assert found_in(one_value) == ("changed", place, place, (column,))


@pytest.mark.parametrize("column", ["happened_at", "recorded_at"])
def test_a_time_moved_by_a_millionth_of_a_second_is_found(
    one_value: Installation, column: str
) -> None:
    one_value.tamper(
        f"update audit_event set {column} = {column} + interval 1 microsecond where seq = 4"
    )
    assert found_in(one_value) == ("changed", 4, 4, (column,))


@pytest.mark.parametrize("column", ["field", "case_id", "purpose", "reason", "origin", "detail"])
def test_a_value_taken_away_is_found(one_value: Installation, column: str) -> None:
    one_value.tamper(f"update audit_event set {column} = null where seq = 2")
    assert found_in(one_value) == ("changed", 2, 2, (column,))


def test_the_event_at_fault_is_named(one_value: Installation) -> None:
    event_id = one_value.store.rows("audit/chain")[2]["event_id"]
    one_value.tamper("update audit_event set actor = 'account:0' where seq = 3")
    fault = one_value.audit.verify().fault
    assert fault is not None
    assert fault.event_id == event_id
    assert one_value.audit.verify().count == 2  # lines in order before it


def test_a_row_removed_in_the_middle_is_found_with_its_place(given: Installation) -> None:
    given.tamper("delete from audit_event where seq = 3")
    assert fault_of(given) == ("missing", 3, 3, ())


def test_several_removed_rows_are_one_gap(one_value: Installation) -> None:
    one_value.tamper("delete from audit_event where seq in (2, 3, 4)")
    assert found_in(one_value) == ("missing", 2, 4, ())


def test_a_removed_row_is_found_also_when_the_others_are_numbered_anew(
    given: Installation,
) -> None:
    given.tamper("delete from audit_event where seq = 3")
    given.tamper("update audit_event set seq = seq - 1 where seq > 3")
    assert fault_of(given) == ("changed", 3, 3, ("seq",))


def test_the_first_row_removed_is_found(one_value: Installation) -> None:
    one_value.tamper("delete from audit_event where seq = 1")
    assert found_in(one_value) == ("missing", 1, 1, ())


@pytest.mark.parametrize("kept", [0, 1, 5])
def test_cut_off_rows_are_found_with_the_place_of_the_cut(given: Installation, kept: int) -> None:
    given.tamper(f"delete from audit_event where seq > {kept}")
    assert fault_of(given) == ("cut_off", kept + 1, LINES, ())


@pytest.mark.parametrize("restart", [False, True], ids=["running", "restarted"])
def test_a_cut_stays_visible_after_new_lines(given: Installation, restart: bool) -> None:
    given.tamper("delete from audit_event where seq > 4")
    if restart:
        given.reopen()
    given.write(*range(10, 20))
    assert fault_of(given) == ("missing", 5, LINES, ())


def test_two_swapped_rows_are_found(given: Installation) -> None:
    given.tamper("update audit_event set seq = 7 - seq where seq in (2, 5)")
    assert fault_of(given) == ("changed", 2, 2, ("seq",))


def test_two_rows_with_swapped_contents_are_found(one_value: Installation) -> None:
    one_value.tamper(
        "update audit_event set actor = case seq when 2 then 'account:5' else 'account:2' end "
        "where seq in (2, 5)"
    )
    assert found_in(one_value) == ("changed", 2, 2, ("actor",))


def test_a_copied_row_is_found(given: Installation) -> None:
    given.tamper("insert into audit_event from audit_event where seq = 3")
    assert fault_of(given)[0:2] == ("inserted", 3)


@pytest.mark.parametrize("seq", [3, LINES + 1], ids=["between", "behind"])
def test_a_forged_row_is_found(given: Installation, seq: int) -> None:
    given.tamper(
        "insert into audit_event select * replace ("
        f"{seq} as seq, 'account:9' as actor, 'forged' as event_id, 'forged' as action, "
        "(select mac from audit_event where seq = 6) as prev_mac) from audit_event where seq = 2"
    )
    kind, place, _, columns = fault_of(given)
    assert place == seq
    assert kind in ("foreign", "changed")
    assert kind == "foreign" or {"seq", "actor", "event_id", "action"} <= set(columns)


def test_rows_signed_with_another_key_are_found(given: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")
    other.write(1, 2, 3, 4, 5, 6, 7)
    other.close()
    given.tamper(f"attach '{other.database}' as other")
    given.tamper("insert into audit_event from other.audit_event where seq = 7")
    given.tamper("detach other")
    assert fault_of(given) == ("foreign", 7, 7, ())


def test_a_missing_anchor_is_reported_and_the_gap_stays_on_record(given: Installation) -> None:
    given.anchor.unlink()
    given.reopen()
    assert fault_of(given)[:2] == ("anchor_missing", LINES)
    given.write(10)
    assert fault_of(given)[:2] == ("anchor_remade", LINES)


def test_an_altered_anchor_is_reported(given: Installation) -> None:
    fact, _, signature = given.anchor.read_text().partition("\n")
    shorter = {**json.loads(fact), "count": 2}
    for content in (f"{json.dumps(shorter)}\n{signature}", "", "{}", "\xff", fact):
        given.anchor.write_text(content)
        assert fault_of(given)[0] == "anchor_changed"


def test_an_older_anchor_alone_hides_no_cut(given: Installation) -> None:
    older = given.anchor.read_bytes()
    given.write(7, 8)
    given.anchor.write_bytes(older)
    given.tamper("delete from audit_event where seq = 7")
    assert fault_of(given)[:2] == ("missing", 7)


def test_an_anchor_of_another_chain_is_reported(given: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")
    other.write(1)
    other.close()
    given.anchor.write_bytes(other.anchor.read_bytes())
    assert fault_of(given)[0] == "anchor_changed"


def test_a_log_emptied_with_its_anchor_is_not_taken_for_a_new_one(given: Installation) -> None:
    given.tamper("delete from audit_event")
    given.anchor.unlink()
    assert fault_of(given)[0] == "anchor_missing"


def test_a_table_emptied_together_with_the_anchor_is_not_taken_for_new(
    given: Installation,
) -> None:
    # Who can delete the anchor can read the keys beside it; the next line must still tell.
    given.tamper("delete from audit_event where seq < 6")
    given.anchor.unlink()
    given.reopen()
    assert fault_of(given)[:3] == ("missing", 1, 5)
