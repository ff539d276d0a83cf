-- The simulated workers of a community.
-- $community_id varchar, $source varchar: the community and the simulator's source.
-- -> source_id, on_duty; by source_id
select source_id, on_duty
from worker_now
where community_id = $community_id and source = $source and removed_at is null
order by source_id
