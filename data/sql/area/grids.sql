-- The grids of a community that have an outline.
-- $community_id varchar: the community
-- -> area_id, geometry (GeoJSON text)
select area_id, geometry
from area_now
where community_id = $community_id and level = 'grid' and geometry is not null and removed_at is null
order by area_id;
