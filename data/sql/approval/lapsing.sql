-- Approvals nobody decided in time and that time has not settled yet.
-- $now timestamptz: the moment, UTC
-- -> every column of approval_now but those of its last event, oldest first
select
    approval_id, community_id, kind, mode, state, subject_kind, subject_id, purpose, detail, asked_by, asked_role,
    asked_at, due_at, decided_by, decided_role, decided_at, refusal, escalated_at, carried_out_at
from approval_now
where state = 'waiting' and due_at <= $now
order by due_at, approval_id;
