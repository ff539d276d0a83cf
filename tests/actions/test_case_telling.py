"""Who is at work on a case is reminded, the desk hears of supervision, programs of each step."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.notify.inbox import unread
from components.told import told
from components.wording import LANGUAGES
from data.store import Store
from rules.case_undo import UndoNotPossible
from tests.actions.test_webhook_events import add_webhook
from tests.case_desk import WHY, CaseDesk


@pytest.fixture
def desk(store: Store) -> CaseDesk:
    """A community with people at work."""
    return CaseDesk(store).set_up()


def told_to(desk: CaseDesk, to: str) -> list[str]:
    """Kinds of what somebody was told."""
    return [one.kind for one in unread(desk.store, to, None, community_id="demo")]


def events(desk: CaseDesk, webhook: str = "hook") -> list[dict[str, Any]]:
    """Events queued for a webhook, in order."""
    cursor = desk.store.cursor()
    rows = cursor.execute(
        "select event_body from delivery_now where target_id = ? order by delivery_id", [webhook]
    ).fetchall()
    cursor.close()
    return [json.loads(body) for (body,) in rows]


def test_a_reminder_reaches_who_is_at_work_and_cannot_be_taken_back(desk: CaseDesk) -> None:
    case_id = desk.report()
    desk.to("dispatched", case_id)
    reminded = desk.move("officer", case_id, "remind", 9)
    worker = f"worker:{desk.workers['w1']}"
    assert told_to(desk, worker)[-1:] == ["case_reminded"]
    assert "case_reminded" not in told_to(desk, "role:duty_officer")
    assert not reminded.undoable
    with pytest.raises(UndoNotPossible):
        desk.move("officer", case_id, "undo", 9.1)


def test_supervision_reaches_the_desk_too_and_the_desk_alone_where_nobody_is_sent(
    desk: CaseDesk,
) -> None:
    case_id = desk.report()
    desk.move("secretary", case_id, "supervise", 1, supervision="leader", text=WHY)
    assert told_to(desk, "role:duty_officer") == ["case_supervised"]
    desk.to("dispatched", case_id)
    desk.move("secretary", case_id, "supervise", 9, supervision="timeout", text=WHY)
    assert told_to(desk, "role:duty_officer").count("case_supervised") == 2
    assert "case_supervised" in told_to(desk, f"worker:{desk.workers['w1']}")


def test_what_is_told_is_worded_in_both_languages_without_a_word_of_the_reporter(
    desk: CaseDesk,
) -> None:
    case_id = desk.report(title="张三家漏水", address="2号楼301", locality="2号楼")
    desk.move("secretary", case_id, "supervise", 1, supervision="leader", text=WHY)
    (one,) = unread(desk.store, "role:duty_officer", None, community_id="demo")
    for lang in LANGUAGES:
        title, body = told(one.kind, one.facts, lang, "Asia/Shanghai")
        assert "2号楼" in body and "{" not in title + body and "—" not in body
        assert not any(word in title + body for word in ("张三", "301", WHY))
    assert told("never_heard_of", {}, "en")[0] == "A notice from Yiping"


def test_programs_hear_of_every_step_of_a_case_without_text_or_person(desk: CaseDesk) -> None:
    add_webhook(desk.store, "hook", "case.created", "case.moved", "case.closed")
    now = datetime.now(UTC)
    desk.report("old", reported_at=now - timedelta(days=3))  # brought in, no news
    case_id = desk.report("new", reported_at=now, title="张三家漏水", description="电话13800000000")
    desk.report("new", reported_at=now, title="张三家还在漏水")  # changed, not created anew
    desk.to("closed", case_id)
    found = events(desk)
    assert [event["type"] for event in found] == [
        "case.created", *["case.moved"] * 7, "case.closed"
    ]  # fmt: skip
    assert {event["subject"] for event in found} == {case_id}
    assert found[-1]["data"]["status"] == "closed" and found[-1]["data"]["outcome"] == "solved"
    said = json.dumps(found, ensure_ascii=False)
    assert not any(word in said for word in ("张三", "13800000000", "已办结", "a-officer"))
    assert len({event["id"] for event in found}) == len(found)
