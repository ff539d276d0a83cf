-- Zones and grids of a community, for the desk's area filter, by name.
-- $community_id varchar: the community
-- -> area_id, parent_id, level (zone or grid), code, name_zh, name_en
select
    a.area_id,
    a.parent_id,
    a.level,
    a.code,
    a.name_zh,
    a.name_en
from area_now as a
where a.community_id = $community_id and a.level in ('zone', 'grid') and a.removed_at is null
order by a.level desc, a.code, a.name_zh, a.area_id;
