-- The areas of a community that have an outline.
-- $community_id varchar: the community
-- -> area_id, level, name_zh, name_en, geometry (GeoJSON text, WGS-84); by id
select area_id, level, name_zh, name_en, geometry
from area_now
where community_id = $community_id and removed_at is null and geometry is not null
order by area_id;
