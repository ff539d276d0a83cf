-- The areas a worker leads.
-- $community_id varchar: the community
-- $worker_id varchar: the worker
-- -> area_id; by id
select area_id
from area_now
where community_id = $community_id and leader_worker_id = $worker_id and removed_at is null
order by area_id;
