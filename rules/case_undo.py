"""Decides whether a move of a case can be taken back by whoever made it.

Only what had no effect outside: nobody was sent, told or kept waiting because of it. Taking back is
itself an event; the log keeps both.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from rules.errors import RuleViolation

UNDO = "undo"  # the action of the event that takes a move back
UNDO_WITHIN = timedelta(seconds=60)  # ours: long enough to see a slip, too short to build on it
UNDOABLE = (
    "check_report",
    "accept",
    "file",
    "verify",
    "verify_fix",
    "ask_suspend",
    "ask_extend",
    "ask_cancel",
    "call_back",
)


class UndoNotPossible(RuleViolation):
    """The move cannot be taken back; make the opposite move instead.

    `reason` is nothing_moved, not_yours, has_effects or too_late.
    """

    code = "undo_not_possible"


def check_undo(
    action: str | None, maker: str, actor: str, moved_at: datetime, now: datetime
) -> None:
    """Hold that a case's last move may be taken back.

    Args:
        action: Action of the last event; None where that was no move.
        maker: Who made it.
        actor: Who wants it back.
        moved_at: Aware moment it was recorded.
        now: Aware present moment.

    Raises:
        UndoNotPossible: With the reason.
    """
    if action is None or action == UNDO:
        raise UndoNotPossible(reason="nothing_moved")
    if maker != actor:
        raise UndoNotPossible(reason="not_yours")
    if action not in UNDOABLE:
        raise UndoNotPossible(reason="has_effects")
    if now - moved_at > UNDO_WITHIN:
        raise UndoNotPossible(reason="too_late")
