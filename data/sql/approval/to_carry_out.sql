-- Confirmed approvals whose deed the program does itself and has not done yet.
-- $kinds varchar[]: kinds the program carries out
-- -> every column of approval_now but those of its last event, oldest decision first
select
    approval_id, community_id, kind, mode, state, subject_kind, subject_id, purpose, detail, asked_by, asked_role,
    asked_at, due_at, decided_by, decided_role, decided_at, refusal, escalated_at, carried_out_at
from approval_now
where state = 'confirmed' and carried_out_at is null and list_contains($kinds, kind)
order by decided_at, approval_id;
