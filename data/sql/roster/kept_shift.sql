-- Who keeps one shift.
-- $shift_id varchar: the shift
-- -> assignment_id, community_id, shift_id, worker_id, first_on, last_on, removed_at
select assignment_id, community_id, shift_id, worker_id, first_on, last_on, removed_at
from assignment_now
where shift_id = $shift_id and removed_at is null
order by assignment_id;
