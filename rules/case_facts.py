"""Holds what is known of a case, what somebody wants to do with it, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.case_transitions import ClockEffect


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a move.

    Attributes:
        actor: Account or link that acts, as the log names it.
        role: A role of rules/privacy.py; "resident" is the reporter by the private link.
        worker_id: The worker who uses the account, where known.
        assigned: True where the case is handed to this worker or to the worker's organisation.
        organisation_id: Organisation that worker belongs to, where known.
    """

    actor: str
    role: str
    worker_id: str | None = None
    assigned: bool = False
    organisation_id: str | None = None

    def does(self, assignee_kind: str, assignee_id: str) -> bool:
        """Tell whether what was given to an assignee is this actor's to do."""
        own = self.worker_id if assignee_kind == "worker" else self.organisation_id
        return own is not None and own == assignee_id


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked an approver for and nobody has decided yet.

    Attributes:
        action: suspend, extend, cancel or reopen.
        actor: Who asked.
        worker_id: The worker behind the asker's account, where known.
    """

    action: str
    actor: str
    worker_id: str | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a decision must know of a case.

    Attributes:
        case_id: The case.
        status: A code of CASE_STATUSES.
        version: Id of its latest event.
        deadline_at: Aware deadline; None without a limit.
        suspended_from: State in which it was suspended.
        report_check: Last answer to "is it real", a code of REPORT_CHECKS.
        verification: Answer to "is it done" since the last feedback, a code of VERIFICATIONS.
        asked: What waits for an approver.
    """

    case_id: str
    status: str
    version: str
    deadline_at: datetime | None = None
    suspended_from: str | None = None
    report_check: str | None = None
    verification: str | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What an actor wants to do with a case, and what was given for it.

    Attributes:
        action: A code of CASE_ACTIONS.
        seen_version: Latest event the actor had on screen; None skips the comparison.
        text: Reason, answer or account, as typed.
        report_check: A code of REPORT_CHECKS.
        assignees: Ids of the workers or organisations sent.
        transfer_to: Id of the organisation that takes over.
        merge_into: Id of the case that is followed instead.
        outcome: A code of OUTCOMES.
        verification: A code of VERIFICATIONS.
        deadline_at: Aware new deadline of an extension.
        supervision: A code of SUPERVISIONS.
        call_back: True where the reporter was reached, False where not.
        rating: Stars from 1 to 5.
    """

    action: str
    seen_version: str | None = None
    text: str | None = None
    report_check: str | None = None
    assignees: tuple[str, ...] = ()
    transfer_to: str | None = None
    merge_into: str | None = None
    outcome: str | None = None
    verification: str | None = None
    deadline_at: datetime | None = None
    supervision: str | None = None
    call_back: bool | None = None
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """An allowed move and what follows from it.

    Attributes:
        action: The move.
        before: State before.
        status: State after.
        text: The text as it is kept; None where none was given.
        clock: What becomes of the whole-case clock.
        step_begins: True where the clock of the step begins anew.
        asked: What waits for an approver afterwards.
        suspended_from: State to resume to, afterwards.
        verification: Answer to "is it done" that holds afterwards.
        moves_subscribers_to: Case that every reporter follows from now on, where it was merged.
    """

    action: str
    before: str
    status: str
    text: str | None
    clock: ClockEffect
    step_begins: bool
    asked: Asked | None
    suspended_from: str | None
    verification: str | None
    moves_subscribers_to: str | None
