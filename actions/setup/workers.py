"""Registers, renames and removes people at work, by callsign and never by name, a step each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.setup.errors import CallsignTaken
from actions.setup.step import MANUAL, SetupDesk, State, Step
from rules.setup_fields import ChoiceUnknown, choice_of, needed_name, reference_of
from rules.vocabulary import WORKER_KINDS


@dataclass(frozen=True, slots=True)
class WorkerDraft:
    """A worker as typed, unchecked.

    Attributes:
        worker_id: Whom to change, or None for a new one.
        version: The event the worker was read at; only where changed.
        values: Fields by name: callsign, kind, area_id (home grid), organisation_id.
    """

    values: dict[str, Any]
    worker_id: str | None = None
    version: str = ""


def save_worker(desk: SetupDesk, draft: WorkerDraft) -> str:
    """Register or change a worker; returns the id.

    Raises:
        RuleViolation: A field or the version cannot be taken; nothing was changed.
    """
    facts = {
        "callsign": needed_name("callsign", draft.values.get("callsign")),
        "kind": choice_of("kind", draft.values.get("kind"), WORKER_KINDS),
        "area_id": reference_of("area_id", draft.values.get("area_id")),
        "organisation_id": reference_of("organisation_id", draft.values.get("organisation_id")),
    }

    def work(step: Step) -> str:
        if draft.worker_id is None:
            state = _new(step)
        else:
            state = step.current("worker", draft.worker_id, draft.version)
        state |= facts
        check_worker(step, state)
        step.put("worker", state, "changed" if draft.worker_id else "registered")
        return str(state["worker_id"])

    return desk.take("changed" if draft.worker_id else "registered", work)


def remove_worker(desk: SetupDesk, worker_id: str, version: str) -> None:
    """Take a worker out of use; what he or she led has no leader then.

    Raises:
        NotThere, ChangedMeanwhile: Nothing was changed.
    """

    def work(step: Step) -> None:
        state = step.current("worker", worker_id, version)
        led = step.tx.rows("setup/led_by", community_id=step.community_id, worker_id=worker_id)
        for row in led:
            area = step.find("area", row["area_id"])
            if area is not None:
                step.put("area", {**area, "leader_worker_id": None}, "changed")
        step.put("worker", {**state, "on_duty": False, "removed_at": step.tx.now}, "removed")

    desk.take("removed", work)


def check_worker(step: Step, state: State) -> None:
    """Refuse a worker whose callsign is taken or whose home grid or organisation is gone.

    Raises:
        CallsignTaken, ChoiceUnknown: Show the sentence.
    """
    if state["removed_at"] is not None:
        return
    taken = step.tx.rows(
        "setup/callsign_taken",
        community_id=step.community_id,
        callsign=state["callsign"],
        worker_id=state["worker_id"],
    )
    if taken:
        raise CallsignTaken(callsign=state["callsign"])
    if state["area_id"] and step.live("area", state["area_id"]) is None:
        raise ChoiceUnknown("area_id")
    if state["organisation_id"] and step.live("organisation", state["organisation_id"]) is None:
        raise ChoiceUnknown("organisation_id")


def _new(step: Step) -> State:
    worker_id = step.new_id()
    return {
        "worker_id": worker_id,
        "on_duty": False,
        "source": MANUAL,
        "source_id": worker_id,
        "content_hash": MANUAL,
        "removed_at": None,
    }
