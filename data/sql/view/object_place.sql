-- Buildings, key places and facilities with a position, as objects of the one map.
-- $community_id varchar: the community.
-- $key_place_kinds varchar[], $facility_kinds varchar[]: kinds of rules/vocabulary.py.
-- -> id, layer (building, key_place, facility), kind, name_zh, name_en,
--    lon, lat (degrees, WGS-84), state (null: places report none); by id
select
    place_id as id,
    case
        when kind = 'building' then 'building'
        when list_contains($key_place_kinds, kind) then 'key_place'
        else 'facility'
    end as layer,
    kind,
    name_zh,
    name_en,
    lon,
    lat,
    null as state
from place_now
where
    community_id = $community_id
    and removed_at is null
    and lon is not null
    and (
        kind = 'building'
        or list_contains($key_place_kinds, kind)
        or list_contains($facility_kinds, kind)
    )
order by place_id
