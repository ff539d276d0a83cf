-- The areas of a community as a tree, to find the zone above a grid, building or unit.
-- $community_id varchar: the community.
-- -> area_id, parent_id, level, name_zh, name_en; in the order they were registered
select area_id, parent_id, level, name_zh, name_en
from area_now
where community_id = $community_id and removed_at is null
order by area_id;
