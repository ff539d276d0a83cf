-- Runs whose ten minutes are over while nobody has confirmed or refused them.
-- $now timestamptz: the moment, UTC
-- -> run_id, community_id
select run_id, community_id
from plan_run_now
where ended_at is null and confirmation = 'waiting' and confirm_by <= $now
order by confirm_by, run_id;
