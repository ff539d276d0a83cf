-- The basics of one community, as registered, with counts of what is in its registers.
-- $community_id varchar: the community.
-- -> community_id, name_zh, name_en, is_demo, timezone, households, residents (published figures,
--    null where none), buildings, zones, grids, estates (counts,
--    null where none is registered), lon, lat (degrees, WGS-84)
with area_count as (
    select
        nullif(count(*) filter (where level = 'zone'), 0) as zones,
        nullif(count(*) filter (where level = 'grid'), 0) as grids,
        nullif(count(*) filter (where level = 'estate'), 0) as estates
    from area_now
    where community_id = $community_id and removed_at is null
),

building_count as (
    select nullif(count(*), 0) as buildings
    from place_now
    where community_id = $community_id and removed_at is null and kind = 'building'
)

select
    community.community_id,
    community.name_zh,
    community.name_en,
    community.is_demo,
    community.timezone,
    community.households,
    community.residents,
    building_count.buildings,
    area_count.estates,
    area_count.zones,
    area_count.grids,
    community.lon,
    community.lat
from community_now as community
cross join area_count
cross join building_count
where community.community_id = $community_id
