-- A worker in use.
-- $worker_id varchar: the worker
-- -> worker_id, community_id, area_id, kind, callsign, on_duty
select worker_id, community_id, area_id, kind, callsign, on_duty
from worker_now
where worker_id = $worker_id and removed_at is null;
