-- The people whose register says other than the roster: those who keep a shift, and stand-ins.
-- $community_id varchar: the community
-- $rostered varchar[]: workers the roster speaks of
-- $on_duty varchar[]: those of them on duty now
-- -> every column of worker_event but event_id and recorded_at; on_duty is as the register has it
select
    event_kind, happened_at, actor, worker_id, community_id, area_id, kind, callsign, on_duty,
    source, source_id, source_version, content_hash, removed_at, organisation_id
from worker_now
where
    community_id = $community_id
    and removed_at is null
    and list_contains($rostered::varchar[], worker_id)
    and on_duty <> list_contains($on_duty::varchar[], worker_id)
order by worker_id;
