-- The communities the simulator may touch: demos whose workers it registered, none else.
-- $source varchar: name of the simulator's source.
-- -> community_id; by community_id
select distinct community.community_id
from community_now as community
join worker_now as worker on worker.community_id = community.community_id
where community.is_demo and community.removed_at is null and worker.source = $source
order by community.community_id
