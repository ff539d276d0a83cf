"""The page of the shift handover: empty, written, signed, taken over, in both languages."""

from __future__ import annotations

import pytest
from dash import no_update

from actions.access import NotAllowed, NotThere
from components.wording import text
from tests.desk_store import HOSTILE, fill

STATES = ("open", "signed", "taken")


@pytest.fixture
def handover(store, page):
    fill(store)
    return page("handover")


def press(handover, action, seen="", **values):
    wish = {"action": action, "id": "", "values": {"community": "demo", "seen": seen, **values}}
    return handover.answer_handover(wish)


def version(store):
    rows = store.rows("handover/newest", community_id="demo", row_limit=1)
    return rows[0]["event_id"]


def test_a_shift_goes_from_one_to_the_next(handover, store, render, language, as_viewer):
    shown = render(handover.layout(community="demo"))
    for code in ("handover.state_open", "handover.sign", "handover.no_earlier", "handover.print"):
        assert text(code) in shown
    assert HOSTILE not in shown
    said, body = press(handover, "write", note="<b>水泵</b>")
    assert text("handover.said_write") in render(said)
    assert "<b>水泵</b>" in render(body)
    _, body = press(handover, "sign", version(store), note="<b>水泵</b>")
    assert text("handover.take_back") in render(body)
    assert text("handover.take") not in render(body)
    as_viewer("secretary")
    assert text("handover.take") in render(handover.layout(community="demo"))
    said, body = press(handover, "take", version(store), remark="收到")
    assert text("handover.said_take") in render(said)
    (row,) = store.rows("handover/newest", community_id="demo", row_limit=9)
    assert f"handover={row['handover_id']}" in render(body)
    paper = render(handover.layout(community="demo", handover=row["handover_id"]))
    for words in ("<b>水泵</b>", "收到", text("handover.state_taken")):
        assert words in paper
    assert text("handover.sign") not in paper


def test_a_refusal_says_why_and_leaves_what_was_typed(handover, store, render):
    press(handover, "write", note="一")
    said, body = press(handover, "write", note="二")  # has seen nothing yet
    assert text("error.handover_changed") in render(said)
    assert body is no_update
    for wish in (None, {"action": "steal", "id": "", "values": {}}, {"action": "sign"}):
        said, body = handover.answer_handover(wish)
        assert text("error.door_request_unreadable") in render(said)


def test_others_see_nothing_of_it(handover, render, as_viewer):
    as_viewer("grid_worker")
    with pytest.raises(NotAllowed):
        handover.layout(community="demo")
    with pytest.raises(NotAllowed):
        press(handover, "sign")
    as_viewer("duty_officer")
    assert text("handover.none_title") in render(handover.layout(community="elsewhere"))
    with pytest.raises(NotThere):
        handover.layout(community="demo", handover="x" * 500)
