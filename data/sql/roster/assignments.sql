-- Who keeps which shift of a community; people and shifts in use only.
-- $community_id varchar: the community
-- -> assignment_id, shift_id, worker_id, first_on, last_on (dates); by id
select
    kept.assignment_id,
    kept.shift_id,
    kept.worker_id,
    kept.first_on,
    kept.last_on
from assignment_now as kept
join shift_now as shift on kept.shift_id = shift.shift_id
join worker_now as worker on kept.worker_id = worker.worker_id
where
    kept.community_id = $community_id
    and kept.removed_at is null
    and shift.removed_at is null
    and worker.removed_at is null
order by kept.assignment_id;
