-- One place as the map's card shows it, with its unfinished cases and the last event of any case.
-- $community_id varchar: the community. $id varchar: the place.
-- -> id, kind, name_zh, name_en, place_zh, place_en (the grid it lies in), lon, lat (degrees),
--    accuracy_m, role (WORKER_KINDS), source, open_cases, event_kind, event_status,
--    event_at (ISO 8601, UTC); no row where there is no such place
with related as (
    select event_kind, status, happened_at
    from case_now
    where community_id = $community_id and place_id = $id
),

open_count as (
    select count(*) as open_cases
    from related
    where status not in ('closed', 'rejected', 'cancelled')
),

latest as (
    select event_kind, status, happened_at
    from related
    order by happened_at desc
    limit 1
)

select
    place.place_id as id,
    place.kind,
    place.name_zh,
    place.name_en,
    area.name_zh as place_zh,
    area.name_en as place_en,
    place.lon,
    place.lat,
    place.accuracy_m,
    coalesce(place.contact_role, leader.kind) as role,
    place.source,
    open_count.open_cases,
    latest.event_kind,
    latest.status as event_status,
    strftime(timezone('UTC', latest.happened_at), '%Y-%m-%dT%H:%M:%SZ') as event_at
from place_now as place
cross join open_count
left join latest on true
left join area_now as area
    on place.area_id = area.area_id and area.community_id = $community_id
left join worker_now as leader
    on area.leader_worker_id = leader.worker_id and leader.community_id = $community_id
where place.community_id = $community_id and place.place_id = $id and place.removed_at is null
