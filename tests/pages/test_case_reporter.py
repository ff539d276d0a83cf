"""The reporter on the case page: messages both ways, the number opened with a line in the audit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.access import NotAllowed, current_viewer
from actions.reporting.contacts import show_numbers
from actions.reporting.links import open_link
from actions.reporting.messages import ask_reporter, messages_of
from actions.reporting.receiving import receive
from actions.vault import Vault
from components.case_reporter import calls_panel, reporter_panel
from data.store import Store
from rules.reports import ReportDraft
from tests.case_desk import CaseDesk

NUMBER = "13900000001"


def words_of(part: Any) -> str:
    return str(part.to_plotly_json()) if part is not None else ""


@pytest.fixture
def reported(store: Store, tmp_path: Path) -> Any:
    desk = CaseDesk(store).set_up()
    vault = Vault.open(tmp_path / "keys", store)
    draft = ReportDraft("r" * 32, "demo", "楼道灯不亮", address="二单元", number=NUMBER)
    taken = receive(store, vault.keyring, draft, [], datetime.now(UTC))
    yield desk, vault, taken
    vault.close()


def test_the_number_is_opened_by_the_desk_alone_and_audited(reported: Any) -> None:
    desk, vault, taken = reported
    for login, error in (("officer", None), ("privacy", NotAllowed), ("subdistrict", NotAllowed)):
        token = current_viewer.set(desk.viewers[login])
        try:
            if error is None:
                asked = (desk.store, vault.keyring, vault.audit, taken.case_id, "回访")
                assert show_numbers(*asked) == ["13900000001"]
            else:
                with pytest.raises(error):
                    show_numbers(desk.store, vault.keyring, vault.audit, taken.case_id, "")
        finally:
            current_viewer.reset(token)
    lines = desk.store.cursor().execute(
        "select action, actor, case_id, field from audit_event where action = 'case.contact'"
    )
    assert lines.fetchall() == [("case.contact", "account:a-officer", taken.case_id, "phone")]


def test_the_desk_asks_and_the_panel_shows_it(reported: Any) -> None:
    desk, _, taken = reported
    officer = desk.viewers["officer"]
    token = current_viewer.set(officer)
    ask_reporter(desk.store, officer, taken.case_id, "方便什么时间上门？")
    current_viewer.reset(token)
    link = open_link(desk.store, taken.token)
    messages = messages_of(desk.store, taken.case_id, link.link_id)
    assert [row["note"] for row in messages] == ["方便什么时间上门？"]
    links = desk.store.rows("case_link/of_case", case_id=taken.case_id)
    zone = ZoneInfo("Asia/Shanghai")
    shown = words_of(reporter_panel(links, messages, 1, zone, {}, may_write=True))
    assert "方便什么时间上门？" in shown and "show_number" in shown and NUMBER not in shown
    only_read = words_of(reporter_panel(links, messages, 1, zone, {}, may_write=False))
    assert "show_number" not in only_read
    assert reporter_panel([], [], 0, zone, {}, may_write=True) is None
    assert calls_panel([], zone) is None
