"""Decides whether a move of a case is allowed now, by this actor, with what was given for it.

REFERENCE §1: texts are mandatory where a case ends or stands still, "closed" is not "fixed", only
the reporter can ask to reopen and only a person can do it. The table is in case_transitions.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from rules.approvals import second_person
from rules.case_facts import Actor, Asked, CaseFacts, Decision, Move
from rules.case_transitions import MOVES, MoveRule, next_status
from rules.errors import RuleViolation
from rules.privacy import may
from rules.record_fields import clean_text
from rules.vocabulary import OUTCOMES, REPORT_CHECKS, SUPERVISIONS, VERIFICATIONS

FIELD_ROLES = ("grid_worker", "property")
# A grid worker looks at what others reported or mended; all else in the field is for the assigned.
LOOKING = ("check_report", "verify_fix")
RATINGS = range(1, 6)
TEXT_CHARS = (2, 2_000)  # ours: one character explains nothing
# Fields of a move whose value must stand on a list.
_LISTS: Mapping[str, tuple[str, ...]] = {
    "report_check": REPORT_CHECKS,
    "verification": VERIFICATIONS,
    "outcome": OUTCOMES,
    "supervision": SUPERVISIONS,
}


class TransitionNotAllowed(RuleViolation):
    """The case is in a state from which this move does not go; show its present state."""

    code = "transition_not_allowed"


class MoveNotYours(RuleViolation):
    """The role may not make this move, or the case was not handed to this worker."""

    code = "move_not_yours"


class MoveIncomplete(RuleViolation):
    """Something the move needs is missing or not on its list; `field` names it."""

    code = "move_incomplete"


class CaseChanged(RuleViolation):
    """Somebody else changed the case since it was looked at; look again, nothing was written."""

    code = "case_changed"


class NothingAsked(RuleViolation):
    """Nobody asked for this; it needs one person who asks and another who decides."""

    code = "nothing_asked"


class AlreadyAsked(RuleViolation):
    """Something was asked for already and is not decided; decide that first."""

    code = "already_asked"


class ReportAbsent(RuleViolation):
    """The report was checked and nothing was found; reject it or check again."""

    code = "report_absent"


class FixFailed(RuleViolation):
    """The fix did not pass its check; send the case back to rework instead of closing it."""

    code = "fix_failed"


class CaseTextNeeded(RuleViolation):
    """The text is missing, too short or too long; it is mandatory for this move."""

    code = "case_text_needed"


class OwnWork(RuleViolation):
    """Nobody verifies his or her own work; somebody else must look."""

    code = "own_work"


def decide_move(facts: CaseFacts, move: Move, actor: Actor) -> Decision:
    """Decide one move; nothing is changed here.

    Args:
        facts: The case as it stands at the moment of writing.
        move: What is wanted.
        actor: Who wants it.

    Returns:
        What to write.

    Raises:
        CaseChanged: The actor looked at an older version; show the new one.
        TransitionNotAllowed: Not from this state.
        MoveNotYours: Not by this role, or not on this case.
        NothingAsked, AlreadyAsked: An approval has nothing to approve, or one waits already.
        SecondPersonNeeded: The asker decides.
        MoveIncomplete, CaseTextNeeded: A field or the text is missing.
        ReportAbsent, FixFailed, OwnWork: The check of the report or of the fix forbids it.
    """
    if move.seen_version is not None and move.seen_version != facts.version:
        raise CaseChanged(status=facts.status)
    status = next_status(facts.status, move.action, facts.suspended_from)
    if status is None:
        raise TransitionNotAllowed(status=facts.status, action=move.action)
    rule = MOVES[move.action]
    _check_actor(facts, move.action, rule, actor)
    asked = _asked_after(facts, move.action, status, actor)
    text = case_text(move.text, required=rule.text)
    _check_given(facts, move, rule)
    verification = _verification_after(facts, move, status)
    return Decision(
        action=move.action,
        before=facts.status,
        status=status,
        text=text,
        clock=rule.clock,
        step_begins=status != facts.status or move.action == "dispatch",
        asked=asked,
        suspended_from=_suspended_from_after(facts, move, status),
        verification=verification,
        moves_subscribers_to=move.merge_into if move.action == "merge" else None,
    )


def possible_moves(facts: CaseFacts, actor: Actor) -> tuple[str, ...]:
    """Return the moves this actor can make now, in the order of `MOVES`, for the page's buttons.

    A move listed here can still be refused for what is given with it.
    """
    return tuple(action for action in MOVES if _possible(facts, action, actor))


def _possible(facts: CaseFacts, action: str, actor: Actor) -> bool:
    if next_status(facts.status, action, facts.suspended_from) is None:
        return False
    try:
        _check_actor(facts, action, MOVES[action], actor)
        _asked_after(facts, action, facts.status, actor)
    except RuleViolation:
        return False
    return not (action == "file" and facts.report_check == "absent")


def case_text(given: str | None, *, required: bool) -> str | None:
    """Return a text as it is kept, None where none was given and none is needed.

    Raises:
        CaseTextNeeded: It is required and missing, or shorter or longer than `TEXT_CHARS`.
    """
    text = clean_text(given) if given else None
    if text is None and not required:
        return None
    least, most = TEXT_CHARS
    if text is None or not least <= len(text) <= most:
        raise CaseTextNeeded(least=least, most=most)
    return text


def _check_actor(facts: CaseFacts, action: str, rule: MoveRule, actor: Actor) -> None:
    if action == "decline" and facts.asked is not None:
        rule = MOVES[facts.asked.action]  # who may grant it may decline it
    if actor.role not in rule.roles or not may(actor.role, rule.grant):
        raise MoveNotYours(action=action, role=actor.role)
    if actor.role not in FIELD_ROLES:
        return
    if action == "verify_fix" and actor.assigned:
        raise OwnWork(action=action)
    if action not in LOOKING and not actor.assigned:
        raise MoveNotYours(action=action, role=actor.role)


def _asked_after(facts: CaseFacts, action: str, status: str, actor: Actor) -> Asked | None:
    """What waits for an approver once the case is in `status`."""
    rule, waits = MOVES[action], facts.asked
    if rule.asks is not None:
        if waits is not None:
            raise AlreadyAsked(asked=waits.action)
        return Asked(rule.asks, actor.actor, actor.worker_id)
    if action == "decline":
        if waits is None:
            raise NothingAsked(action=action)
        return None
    if rule.approved:
        if waits is None or waits.action != action:
            raise NothingAsked(action=action)
        second_person(waits.actor, actor.actor, waits.worker_id, actor.worker_id)
        return None
    # A wish that makes no sense in the new state is gone with the old one.
    keeps = waits is not None and next_status(status, waits.action) is not None
    return waits if keeps else None


def _check_given(facts: CaseFacts, move: Move, rule: MoveRule) -> None:
    for need in rule.needs:
        if not _is_given(facts, move, need):
            raise MoveIncomplete(action=move.action, field=need)
    if move.action == "file" and facts.report_check == "absent":
        raise ReportAbsent(action=move.action)
    # A failed check is answered by a new check, not by saying otherwise while closing.
    if move.action == "close" and "fail" in (facts.verification, move.verification):
        raise FixFailed(action=move.action)


def _is_given(facts: CaseFacts, move: Move, need: str) -> bool:
    value = getattr(move, need)
    if need == "verification" and move.action == "close":
        value = value or facts.verification
    if need in _LISTS:
        return value in _LISTS[need]
    if need == "rating":
        return type(value) is int and value in RATINGS
    if need == "merge_into":
        return bool(value) and value != facts.case_id
    if need == "deadline_at":
        if value is None or value.tzinfo is None:
            return False
        return facts.deadline_at is None or bool(value > facts.deadline_at)
    return value is not None and value != () and value != ""


def _suspended_from_after(facts: CaseFacts, move: Move, status: str) -> str | None:
    if move.action == "suspend":
        return facts.status
    # A note on a suspended case leaves it suspended, and it must still find its way back.
    return facts.suspended_from if status == "suspended" else None


def _verification_after(facts: CaseFacts, move: Move, status: str) -> str | None:
    if move.action in ("verify_fix", "close"):
        return move.verification or facts.verification
    # Each feedback is a new claim that it is done, and nobody has checked that one yet.
    return facts.verification if status == facts.status else None
