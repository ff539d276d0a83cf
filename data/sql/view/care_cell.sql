-- Care recipients counted by building, with the grid the building lies in; no person appears.
-- Cells below the privacy threshold are summed by rules/privacy.py before they leave the server.
-- $community_id varchar: the community.
-- -> place_id, name_zh, name_en, lon, lat (the building; degrees, WGS-84), grid_id, grid_zh,
--    grid_en, grid_lon, grid_lat (null where the building lies in no grid), recipients; by place_id
with recipient_count as (
    select place_id, count(*) as recipients
    from care_recipient_now
    where community_id = $community_id and removed_at is null
    group by place_id
)

select
    recipient_count.place_id,
    place.name_zh,
    place.name_en,
    place.lon,
    place.lat,
    grid.area_id as grid_id,
    grid.name_zh as grid_zh,
    grid.name_en as grid_en,
    grid.lon as grid_lon,
    grid.lat as grid_lat,
    recipient_count.recipients
from recipient_count
left join place_now as place
    on recipient_count.place_id = place.place_id and place.community_id = $community_id
left join area_now as grid
    on
        place.area_id = grid.area_id
        and grid.community_id = $community_id
        and grid.level = 'grid'
        and grid.removed_at is null
order by recipient_count.place_id
