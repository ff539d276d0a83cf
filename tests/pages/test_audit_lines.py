"""The lines of the audit page: filtered, turned over, copied, and each reading written down."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from actions import audit_reading as reading
from actions.vault import Vault
from components import ids
from components.wording import Language, text
from data.store import Store
from rules.viewer import Viewer
from tests.data.audit_given import line
from tests.desk_store import fill

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
As = Callable[..., Viewer]
OPENED = {"community": "demo", "opening": "one"}


@pytest.fixture
def audit(page: Page, store: Store) -> ModuleType:
    fill(store)
    module = page("audit")
    module.openings.__init__()  # what another test opened was another page
    return module


def told(number: int, **more: Any) -> Any:
    return replace(line(number), community_id="demo", **more)


def lines(vault: Vault) -> list[dict[str, Any]]:
    return vault.audit._store.rows("audit/chain")


def block(audit: ModuleType, pressed: str = "", place: dict[str, Any] | None = None) -> Any:
    return audit.lines_block(OPENED, pressed, place or {})


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"action": "sign_in"}, [2]),
        ({"result": "refused"}, [3]),
        ({"actor": "account:1"}, [1]),
        ({"subject": "p9"}, [3]),
        ({"case": "c2"}, [2]),
        ({"since": "2000-01-01", "until": "2000-01-02"}, []),
        ({"until": "2000-01-02"}, []),
        ({"since": "2000-01-01"}, [3, 2, 1]),
        ({"since": "yesterday", "result": "made up", "action": ""}, [3, 2, 1]),
        ({"since": "9999-12-31", "until": "9999-12-31"}, []),
        ({"actor": "' or 1=1 --"}, []),
        ({"action": ["sign_in", "x"]}, [2]),
        ({"action": 7, "case": None}, [3, 2, 1]),
    ],
)
def test_filters_narrow_and_nonsense_is_left_out(
    audit: ModuleType, vault: Vault, as_viewer: As, wanted: dict[str, Any], found: list[int]
) -> None:
    vault.audit.record(told(1)).result()
    vault.audit.record(told(2, action="sign_in")).result()
    vault.audit.record(told(3, result="refused", subject_id="p9")).result()
    as_viewer("privacy")
    parameters = audit.audit_filter_of({**OPENED, **wanted}).parameters(audit._zone("demo"))
    rows = audit.read_block(audit.services().store, vault.audit, parameters)
    assert [row["seq"] for row in rows] == found


def test_paging_walks_there_and_back(audit: ModuleType, vault: Vault, as_viewer: As) -> None:
    store = audit.services().store
    store.write(lambda tx: vault.audit.note_many(tx, [told(n) for n in range(250)])).result()
    as_viewer("privacy")
    assert block(audit)[1] == {"first": 251, "last": 152}  # the opening itself is the newest
    _, place, oldest, newest = block(audit)
    assert (oldest, newest) == (False, True)
    _, place, oldest, newest = block(audit, ids.AUDIT_OLDER, place)
    assert (place, oldest, newest) == ({"first": 151, "last": 52}, False, False)
    _, place, oldest, newest = block(audit, ids.AUDIT_OLDER, place)
    assert (place, oldest, newest) == ({"first": 51, "last": 1}, True, False)
    _, place, oldest, newest = block(audit, ids.AUDIT_NEWER, place)
    assert place == {"first": 151, "last": 52}
    assert block(audit, ids.AUDIT_OLDER, {"last": "1; drop"})[1]["first"] == 251
    assert block(audit, ids.AUDIT_OLDER, {"last": 1})[2] is True


def test_reading_is_written_down_once_per_opening(
    audit: ModuleType, vault: Vault, as_viewer: As
) -> None:
    viewer = as_viewer("privacy")
    for _ in range(3):
        block(audit)
    audit.lines_block({**OPENED, "opening": "two", "subject": "p1", "result": "done"}, "", {})
    rows = lines(vault)
    assert [row["action"] for row in rows] == ["audit.read"] * 2
    assert {row["actor"] for row in rows} == {viewer.actor}
    assert rows[0]["detail"] is None
    assert (rows[1]["detail"], rows[1]["subject_id"]) == ("filters result, subject", "p1")


def test_an_opening_kept_for_long_or_by_somebody_else_counts_anew(
    audit: ModuleType, vault: Vault, as_viewer: As
) -> None:
    moment = [0.0]
    audit.openings.__init__(lambda: moment[0])
    as_viewer("privacy")
    block(audit)
    as_viewer("privacy", "demo", "elsewhere")  # the same account
    block(audit)
    moment[0] += 901
    block(audit)
    for number in range(2_000):
        audit.openings.first("account:x", str(number))
    block(audit)
    assert len(lines(vault)) == 3


def test_a_copy_needs_a_reason_is_marked_and_written_down(
    audit: ModuleType, vault: Vault, as_viewer: As, language: Language
) -> None:
    vault.keyring.create(["p1"])
    vault.audit.record(told(1)).result()
    vault.audit.record(told(2, subject_id="a1", reason="open", detail="=1+1")).result()
    viewer = as_viewer("privacy")
    for reason in (None, "", "   ", "short"):
        _, said = audit.export_lines(1, OPENED, reason)
        assert said == text("error.audit_reason_missing", None, shortest=6)
    assert len(lines(vault)) == 2
    file, _ = audit.export_lines(1, OPENED, "年度合规审计")
    rows = list(csv.reader(io.StringIO(file["content"].lstrip("\ufeff"))))
    assert viewer.label in rows[0][0]
    assert "年度合规审计" in rows[0][0]
    assert rows[1][0] == text("audit.column_seq")
    assert [row[0] for row in rows[2:]] == ["2", "1"]
    assert rows[2][-1] == "'=1+1"
    assert "虚构的理由" not in file["content"]
    assert text("audit.reason_sealed") in rows[3]
    last = lines(vault)[-1]
    assert (last["action"], last["reason"], last["detail"]) == (
        "audit.export",
        "年度合规审计",
        "lines 2",
    )
    assert file["filename"].startswith("audit-demo-")


def test_too_large_a_copy_is_refused_and_written_down(
    audit: ModuleType, vault: Vault, as_viewer: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_EXPORTED", 2)
    for number in range(3):
        vault.audit.record(told(number)).result()
    as_viewer("privacy")
    _, said = audit.export_lines(1, OPENED, "a reason long enough")
    assert said == text("error.audit_too_many_lines", None, most=2)
    vault.audit.close()
    assert [(row["action"], row["result"]) for row in lines(vault)][-1] == (
        "audit.export",
        "refused",
    )
