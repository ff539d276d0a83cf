-- The last position of every worker of a community.
-- $community_id varchar: the community
-- -> worker_id, lon, lat (degrees), accuracy_m, located_at
select worker_id, lon, lat, accuracy_m, located_at
from worker_position
where community_id = $community_id
order by worker_id;
