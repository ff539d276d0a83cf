-- One worker as the map's card shows it: callsign and, on duty, the last position with its time.
-- $community_id varchar: the community. $id varchar: the worker.
-- -> id, kind, callsign, on_duty, place_zh, place_en (grid or zone), lon, lat (degrees),
--    accuracy_m, source, located_at (ISO 8601, UTC); no row where there is no such worker
select
    worker.worker_id as id,
    worker.kind,
    worker.callsign,
    worker.on_duty,
    area.name_zh as place_zh,
    area.name_en as place_en,
    case when worker.on_duty then position.lon end as lon,
    case when worker.on_duty then position.lat end as lat,
    case when worker.on_duty then position.accuracy_m end as accuracy_m,
    worker.source,
    case
        when worker.on_duty
            then strftime(timezone('UTC', position.located_at), '%Y-%m-%dT%H:%M:%SZ')
    end as located_at
from worker_now as worker
left join worker_position as position
    on worker.worker_id = position.worker_id and position.community_id = $community_id
left join area_now as area
    on worker.area_id = area.area_id and area.community_id = $community_id
where worker.community_id = $community_id and worker.worker_id = $id and worker.removed_at is null
