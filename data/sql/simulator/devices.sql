-- The simulated devices of a community and their present state.
-- $community_id varchar, $source varchar: the community and the simulator's source.
-- -> source_id, state; by source_id
select source_id, state
from device_now
where community_id = $community_id and source = $source and removed_at is null
order by source_id
