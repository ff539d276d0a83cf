-- Places and devices within a box or said to lie in some areas, and what is said about them.
-- $community_id varchar: the community
-- $area_ids varchar[]: the areas
-- $west, $south, $east, $north double: the box, degrees, WGS-84
-- -> noun (place, device), id, lon, lat (degrees, WGS-84), area_id, area_live (false where it was
--    removed or is unknown), area_drawn (true where it is a grid with an outline); by id
with located as (
    select 'place' as noun, place_id as id, lon, lat, area_id
    from place_now
    where
        community_id = $community_id
        and removed_at is null
        and lon is not null
        and (
            (lon between $west and $east and lat between $south and $north)
            or list_contains($area_ids::varchar[], area_id)
        )
    union all
    select 'device' as noun, device_id as id, lon, lat, area_id
    from device_now
    where
        community_id = $community_id
        and removed_at is null
        and lon is not null
        and (
            (lon between $west and $east and lat between $south and $north)
            or list_contains($area_ids::varchar[], area_id)
        )
)

select
    located.noun,
    located.id,
    located.lon,
    located.lat,
    located.area_id,
    area.area_id is not null and area.removed_at is null as area_live,
    coalesce(area.level = 'grid' and area.geometry is not null, false) as area_drawn
from located
left join area_now as area
    on located.area_id = area.area_id and area.community_id = $community_id
order by located.id;
