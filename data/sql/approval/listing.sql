-- Approvals of a community, what waits first, then the newest.
-- $community_id varchar: the community
-- $kinds varchar[]: kinds the viewer may decide, or null for none of them
-- $actor varchar: the viewer; what he or she asked for is listed as well
-- $undecided boolean: only what waits, or null for everything
-- $most integer: at most so many
-- -> every column of approval_now but those of its last event
select
    approval_id, community_id, kind, mode, state, subject_kind, subject_id, purpose, detail, asked_by, asked_role,
    asked_at, due_at, decided_by, decided_role, decided_at, refusal, escalated_at, carried_out_at
from approval_now
where
    community_id = $community_id
    and (asked_by = $actor or list_contains($kinds, kind))
    and ($undecided is null or list_contains(['waiting', 'escalated'], state) = $undecided)
order by
    case state when 'escalated' then 0 when 'waiting' then 1 else 2 end,
    case when list_contains(['waiting', 'escalated'], state) then due_at end,
    approval_id desc
limit $most;
