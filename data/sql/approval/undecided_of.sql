-- Approvals of one kind about one thing that wait for the second person.
-- $kind varchar, $subject_id varchar: which
-- -> approval_id, due_at (UTC), mode
select approval_id, due_at, mode
from approval_now
where kind = $kind and subject_id = $subject_id and list_contains(['waiting', 'escalated'], state)
order by approval_id;
