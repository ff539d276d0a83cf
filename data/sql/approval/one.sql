-- One approval with everything an event carries on.
-- $approval_id varchar: which
-- -> every column of approval_now but those of its last event
select
    approval_id, community_id, kind, mode, state, subject_kind, subject_id, purpose, detail, asked_by, asked_role,
    asked_at, due_at, decided_by, decided_role, decided_at, refusal, escalated_at, carried_out_at
from approval_now
where approval_id = $approval_id;
