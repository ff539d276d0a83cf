-- Places and devices with a position, and the area they are said to lie in.
-- $community_id varchar: the community
-- -> noun (place, device), id, lon, lat (degrees, WGS-84), area_id, area_live (false where it was
--    removed or is unknown), area_drawn (true where it is a grid with an outline); by id
with located as (
    select 'place' as noun, place_id as id, lon, lat, area_id
    from place_now
    where community_id = $community_id and removed_at is null and lon is not null
    union all
    select 'device' as noun, device_id as id, lon, lat, area_id
    from device_now
    where community_id = $community_id and removed_at is null and lon is not null
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
