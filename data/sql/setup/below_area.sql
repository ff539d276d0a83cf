-- What hangs on an area: the areas directly below it and the workers whose home it is.
-- $community_id varchar: the community
-- $area_id varchar: the area
-- -> noun (area, worker), id; by id
select 'area' as noun, area_id as id
from area_now
where community_id = $community_id and parent_id = $area_id and removed_at is null
union all
select 'worker' as noun, worker_id as id
from worker_now
where community_id = $community_id and area_id = $area_id and removed_at is null
order by id;
