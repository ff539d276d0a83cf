-- One device or camera as the map's card shows it; its last event is its last sign of life.
-- $community_id varchar: the community. $id varchar: the device.
-- -> id, kind, name_zh, name_en, place_zh, place_en, lon, lat (degrees), accuracy_m,
--    role (WORKER_KINDS), source, state, open_cases (at its place), seen_at (ISO 8601, UTC);
--    no row where there is no such device
with open_count as (
    select count(*) as open_cases
    from case_now
    inner join device_now
        on case_now.place_id = device_now.place_id and device_now.device_id = $id
    where
        case_now.community_id = $community_id
        and case_now.status not in ('closed', 'rejected', 'cancelled')
)

select
    device.device_id as id,
    device.kind,
    device.name_zh,
    device.name_en,
    coalesce(place.name_zh, area.name_zh) as place_zh,
    case when place.name_zh is not null then place.name_en else area.name_en end as place_en,
    device.lon,
    device.lat,
    device.accuracy_m,
    coalesce(place.contact_role, leader.kind) as role,
    device.source,
    device.state,
    open_count.open_cases,
    strftime(timezone('UTC', device.seen_at), '%Y-%m-%dT%H:%M:%SZ') as seen_at
from device_now as device
cross join open_count
left join place_now as place
    on device.place_id = place.place_id and place.community_id = $community_id
left join area_now as area
    on device.area_id = area.area_id and area.community_id = $community_id
left join worker_now as leader
    on area.leader_worker_id = leader.worker_id and leader.community_id = $community_id
where device.community_id = $community_id and device.device_id = $id and device.removed_at is null
