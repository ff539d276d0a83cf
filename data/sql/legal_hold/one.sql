-- One legal hold with everything an event carries on.
-- $hold_id varchar, $approval_id varchar: which, by either; the other is null
-- -> every column of legal_hold_now but those of its last event
select
    hold_id, community_id, subject_kind, subject_id, basis, state, asked_by, approval_id, approved_by, expires_at,
    ended_at
from legal_hold_now
where hold_id = $hold_id or approval_id = $approval_id;
