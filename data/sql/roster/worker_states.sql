-- The whole state of some people at work.
-- $worker_ids varchar[]: the workers
-- -> every column of worker_event but event_id and recorded_at
select
    event_kind, happened_at, actor, worker_id, community_id, area_id, kind, callsign, on_duty,
    source, source_id, source_version, content_hash, removed_at, organisation_id
from worker_now
where list_contains($worker_ids::varchar[], worker_id) and removed_at is null
order by worker_id;
