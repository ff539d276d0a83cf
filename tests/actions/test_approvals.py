"""Asking, deciding, taking back and time: who may, once only, in the audit, and after a restart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from actions import deciding
from actions.access import NotAllowed, NotThere
from actions.approvals import ApprovalUnderWay, Wish, waiting_for
from actions.deciding import decide, let_time_pass, withdraw
from actions.intake.recording import record
from rules.approvals import (
    KINDS,
    ApprovalKindUnknown,
    ApprovalSettled,
    CodeUnknown,
    ReasonNeeded,
    SecondPersonNeeded,
    deciding_roles,
)
from rules.errors import RuleViolation
from rules.privacy import ACCOUNT_ROLES
from rules.records import WorkerRecord
from rules.viewer import Viewer
from tests.rights_stage import Stage, officer

REASON = "虚构的理由：演练"
ASKER = {
    "live_view": "duty_officer",
    "camera_retrieval": "duty_officer",
    "plan_activation": "duty_officer",
    "gate_policy": "admin",
    "export": "secretary",
    "legal_hold": "privacy",
    "erasure": "privacy",
    "subject_copy": "privacy",
    "register_deletion": "privacy",
}
# These stand on a request of a person and are proved with it, in the tests of requests.
OF_REQUESTS = ("erasure", "subject_copy")
DUTY, SECRETARY = officer("duty_officer"), officer("secretary", 2)


def wish(kind: str = "live_view", subject_id: str = "camera-1", **more: Any) -> Wish:
    values: dict[str, Any] = {
        "community_id": "demo",
        "subject_kind": "camera",
        "purpose": "incident",
        "reason": REASON,
    }
    return Wish(kind=kind, subject_id=subject_id, **{**values, **more})


def asked(register: Stage, kind: str = "live_view", viewer: Viewer | None = None) -> str:
    return register.approvals.ask(viewer or officer(ASKER[kind]), wish(kind))


def state(register: Stage, approval_id: str) -> str:
    row = register.store.rows("approval/one", approval_id=approval_id)[0]
    return str(row["state"])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_REQUESTS])
def test_every_kind_is_asked_by_one_and_confirmed_by_another(register: Stage, kind: str) -> None:
    approval_id = asked(register, kind)
    second = officer(deciding_roles(kind)[0], 9)
    assert waiting_for(register.store, second) == (1, 0)
    # The kinds that have a deed of their own are proved with it, in the tests of that deed.
    after = deciding._settle(register.approvals, second, second.actor, approval_id, "confirm")
    assert after["decided_by"] == second.actor
    assert state(register, approval_id) == "confirmed"
    assert waiting_for(register.store, second) == (0, 0)
    actions = [line[0] for line in register.sql("select action from audit_event order by seq")]
    assert actions[-2:] == ["approval.ask", "approval.confirm"]


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
@pytest.mark.parametrize("kind", ["live_view", "plan_activation", "camera_retrieval"])
def test_only_the_roles_of_the_matrix_decide(register: Stage, kind: str, role: str) -> None:
    approval_id = asked(register, kind)
    if role in deciding_roles(kind):
        decide(register.approvals, officer(role, 9), approval_id, True)
        assert state(register, approval_id) == "confirmed"
        return
    with pytest.raises(NotAllowed):
        decide(register.approvals, officer(role, 9), approval_id, True)
    assert state(register, approval_id) == "waiting"
    assert ("refused", f"account:{role}-9", "camera-1", "not_allowed") in register.audited(
        "approval.confirm"
    )


def test_nobody_is_his_own_second_person(register: Stage) -> None:
    secretary = officer("secretary")
    approval_id = register.approvals.ask(secretary, wish("plan_activation"))
    for confirm in (True, False):
        with pytest.raises(SecondPersonNeeded):
            decide(register.approvals, secretary, approval_id, confirm, "other")
    assert state(register, approval_id) == "waiting"
    assert waiting_for(register.store, secretary) == (0, 0)
    assert waiting_for(register.store, officer("secretary", 2)) == (1, 0)


def test_nor_through_a_second_account_of_the_same_person(register: Stage) -> None:
    worker = WorkerRecord(source_id="w1", kind="duty_officer", callsign="值班一", on_duty=True)
    record(register.store, "workers", "demo", "t", [worker]).result()
    worker_id = register.sql("select worker_id from worker_now")[0][0]
    for account in ("secretary-1", "secretary-2"):
        row = {
            "event_kind": "created",
            "happened_at": register.now,
            "actor": "cli",
            "account_id": account,
            "community_id": "demo",
            "login": account,
            "role": "secretary",
            "worker_id": worker_id,
        }
        register.store.write(lambda tx, row=row: tx.append("account", [row])).result()
    approval_id = register.approvals.ask(officer("secretary", 1), wish("plan_activation"))
    with pytest.raises(SecondPersonNeeded):
        decide(register.approvals, officer("secretary", 2), approval_id, True)
    decide(register.approvals, officer("secretary", 3), approval_id, True)


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("kiosk", "k1", "wall", frozenset({"demo"})),
        Viewer("key", "yp1", "duty_officer", frozenset({"demo"})),
        officer("privacy"),
        officer("duty_officer", 1, "other"),
    ],
)
def test_walls_keys_other_roles_and_other_communities_cannot_ask(
    register: Stage, viewer: Viewer
) -> None:
    with pytest.raises((NotAllowed, NotThere)):
        register.approvals.ask(viewer, wish())
    assert register.sql("select count(*) from approval_event") == [(0,)]
    assert [line[0] for line in register.audited("approval.ask")] == ["refused"]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": ""}, ReasonNeeded),
        ({"reason": "x" * 201}, ReasonNeeded),
        ({"reason": "ab\u202ecdef"}, ReasonNeeded),
        ({"purpose": "curiosity"}, CodeUnknown),
        ({"kind": "teleport"}, ApprovalKindUnknown),
        ({"community_id": "nowhere"}, NotThere),
    ],
)
def test_what_is_asked_wrongly_is_refused(
    register: Stage, more: dict[str, Any], refusal: type[RuleViolation]
) -> None:
    values = {"kind": "live_view", **more}
    with pytest.raises(refusal):
        register.approvals.ask(DUTY, wish(**values))
    assert register.sql("select count(*) from approval_event") == [(0,)]


def test_the_same_is_asked_only_once_at_a_time(register: Stage) -> None:
    approval_id = asked(register)
    with pytest.raises(ApprovalUnderWay):
        asked(register)
    decide(register.approvals, SECRETARY, approval_id, True)
    asked(register)


def test_many_at_once_ask_and_decide_once(register: Stage) -> None:
    def attempt(work: Any) -> bool:
        try:
            work()
        except RuleViolation:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, [lambda: asked(register)] * 8))
        assert won.count(True) == 1
        approval_id = register.approvals.listing(SECRETARY, "demo")[0]["approval_id"]
        ways = [
            lambda n=n: decide(register.approvals, officer("secretary", 10 + n), approval_id, True)
            for n in range(8)
        ]
        assert list(pool.map(attempt, ways)).count(True) == 1
    assert register.sql("select count(*) from approval_event") == [(2,)]


def test_a_settled_one_stays_as_it_is(register: Stage) -> None:
    approval_id = asked(register)
    decide(register.approvals, SECRETARY, approval_id, False, "not_needed")
    for confirm in (True, False):
        with pytest.raises(ApprovalSettled):
            decide(register.approvals, SECRETARY, approval_id, confirm, "other")
    row = register.store.rows("approval/one", approval_id=approval_id)[0]
    assert (row["state"], row["refusal"]) == ("refused", "not_needed")


@pytest.mark.parametrize("refusal", ["", "because", "' or 1=1 --"])
def test_a_refusal_needs_its_reason(register: Stage, refusal: str) -> None:
    approval_id = asked(register)
    with pytest.raises(CodeUnknown):
        decide(register.approvals, SECRETARY, approval_id, False, refusal)
    assert state(register, approval_id) == "waiting"


def test_another_community_answers_as_if_there_were_none(register: Stage) -> None:
    approval_id = asked(register)
    stranger = officer("secretary", 7, "other")
    with pytest.raises(NotThere):
        decide(register.approvals, stranger, approval_id, True)
    with pytest.raises(NotThere):
        decide(register.approvals, stranger, "no-such-id", True)
    assert register.approvals.listing(stranger, "demo") == []


def test_only_the_asker_takes_back_and_only_what_has_not_begun(register: Stage) -> None:
    waits = asked(register, "camera_retrieval")
    with pytest.raises(NotThere):
        withdraw(register.approvals, SECRETARY, waits)
    assert withdraw(register.approvals, DUTY, waits)["state"] == "withdrawn"
    with pytest.raises(ApprovalSettled):
        decide(register.approvals, SECRETARY, waits, True)
    begun = asked(register, "live_view")
    with pytest.raises(ApprovalSettled):
        withdraw(register.approvals, DUTY, begun)


@pytest.mark.parametrize("kind", ["live_view", "plan_activation"])
def test_what_nobody_confirmed_in_ten_minutes_is_escalated_and_can_still_be_confirmed(
    register: Stage, kind: str
) -> None:
    approval_id = asked(register, kind)
    register.later(minutes=9, seconds=59)
    assert let_time_pass(register.approvals) == []
    register.later(seconds=1)
    register.restart()  # what is due stands in the store, not in the process
    assert [row["state"] for row in let_time_pass(register.approvals)] == ["escalated"]
    assert let_time_pass(register.approvals) == []
    assert waiting_for(register.store, SECRETARY) == (1, 1)
    listed = register.approvals.listing(SECRETARY, "demo", undecided=True)
    assert [row["approval_id"] for row in listed] == [approval_id]
    register.later(hours=3)
    decide(register.approvals, SECRETARY, approval_id, True)
    row = register.store.rows("approval/one", approval_id=approval_id)[0]
    assert (row["state"], row["escalated_at"] is not None) == ("confirmed", True)
    assert [line[:2] for line in register.audited("approval.lapse")] == [("done", "system")]


def test_what_waits_lapses_and_cannot_be_confirmed_afterwards(register: Stage) -> None:
    approval_id = asked(register, "camera_retrieval")
    register.later(days=1)
    with pytest.raises(ApprovalSettled):  # also where the clock has not come by yet
        decide(register.approvals, SECRETARY, approval_id, True)
    assert [row["state"] for row in let_time_pass(register.approvals)] == ["expired"]
    asked(register, "camera_retrieval")  # and may be asked anew


def test_urgent_ones_come_first_and_settled_ones_apart(register: Stage) -> None:
    waits = asked(register, "camera_retrieval")
    late = asked(register, "live_view")
    settled = asked(register, "plan_activation")
    decide(register.approvals, SECRETARY, settled, False, "other")
    register.later(minutes=10)
    let_time_pass(register.approvals)
    listed = register.approvals.listing(SECRETARY, "demo")
    assert [row["approval_id"] for row in listed] == [late, waits, settled]
    assert [r["reason"] for r in listed] == [REASON] * 3
    assert [r["approval_id"] for r in register.approvals.listing(SECRETARY, "demo", False)] == [
        settled
    ]


def test_reasons_stand_in_no_log_in_clear(register: Stage) -> None:
    asked(register)
    register.close()
    raw = register.database.read_bytes()
    register.open()
    # The audit keeps the reason of what concerns nobody's file; the log of approvals never does.
    assert not register.sql("select 1 from approval_event where detail like '%虚构%'")
    assert register.sql("select count(*) from sealed_note where sealed like '%虚构%'") == [(0,)]
    assert (
        raw.count(REASON.encode())
        == register.sql(f"select count(*) from audit_event where reason = '{REASON}'")[0][0]
    )
