-- One zone or grid as the map's card shows it, with the role that leads it.
-- $community_id varchar: the community. $id varchar: the area.
-- -> id, kind (the level), name_zh, name_en, place_zh, place_en (the area above), lon, lat
--    (degrees), role (WORKER_KINDS), source, open_cases, event_kind, event_status,
--    event_at (ISO 8601, UTC); no row where there is no such area
with related as (
    select event_kind, status, happened_at
    from case_now
    where community_id = $community_id and area_id = $id
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
    area.area_id as id,
    area.level as kind,
    area.name_zh,
    area.name_en,
    above.name_zh as place_zh,
    above.name_en as place_en,
    area.lon,
    area.lat,
    leader.kind as role,
    area.source,
    open_count.open_cases,
    latest.event_kind,
    latest.status as event_status,
    strftime(timezone('UTC', latest.happened_at), '%Y-%m-%dT%H:%M:%SZ') as event_at
from area_now as area
cross join open_count
left join latest on true
left join area_now as above
    on area.parent_id = above.area_id and above.community_id = $community_id
left join worker_now as leader
    on area.leader_worker_id = leader.worker_id and leader.community_id = $community_id
where area.community_id = $community_id and area.area_id = $id and area.removed_at is null
