-- Places and devices without a position.
-- $community_id varchar: the community
-- $placed_kinds varchar[]: kinds of places that stand at a point
-- $most integer: how many at most
-- -> noun (place, device), id, kind, name_zh, name_en; by kind and name
with unplaced as (
    select 'place' as noun, place_id as id, kind, name_zh, name_en
    from place_now
    where
        community_id = $community_id
        and removed_at is null
        and lon is null
        and list_contains($placed_kinds, kind)
    union all
    select 'device' as noun, device_id as id, kind, name_zh, name_en
    from device_now
    where community_id = $community_id and removed_at is null and lon is null
)

select noun, id, kind, name_zh, name_en
from unplaced
order by kind, name_zh, id
limit $most;
