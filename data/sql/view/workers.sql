-- Workers of a community with the last position of those on duty; nobody is shown off duty.
-- $community_id varchar: the community.
-- -> id, kind, callsign, on_duty, lon, lat (degrees, WGS-84), located_at (ISO 8601, UTC); by callsign
select
    worker.worker_id as id,
    worker.kind,
    worker.callsign,
    worker.on_duty,
    case when worker.on_duty then position.lon end as lon,
    case when worker.on_duty then position.lat end as lat,
    case
        when worker.on_duty
            then strftime(timezone('UTC', position.located_at), '%Y-%m-%dT%H:%M:%SZ')
    end as located_at
from worker_now as worker
left join worker_position as position
    on worker.worker_id = position.worker_id and position.community_id = $community_id
where worker.community_id = $community_id and worker.removed_at is null
order by worker.callsign, worker.worker_id
