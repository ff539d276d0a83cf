-- Outlines of the community, its zones and its grids, as GeoJSON geometry.
-- $community_id varchar: the community.
-- -> id, layer (boundary, zone, grid), kind (the level), name_zh, name_en,
--    geometry (GeoJSON text, WGS-84); by id
select
    area_id as id,
    case when level = 'community' then 'boundary' else level end as layer,
    level as kind,
    name_zh,
    name_en,
    geometry
from area_now
where
    community_id = $community_id
    and removed_at is null
    and geometry is not null
    and level in ('community', 'zone', 'grid')
order by area_id
