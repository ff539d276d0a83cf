-- Absences of a community that are not over.
-- $community_id varchar: the community
-- $since timestamptz: those that ended before are left out
-- -> absence_id, version (event id), worker_id, callsign, start_at, end_at (UTC), stand_in_id,
--    stand_in (callsign); by begin
select
    absence.absence_id,
    absence.event_id as version,
    absence.worker_id,
    worker.callsign,
    absence.start_at,
    absence.end_at,
    case when other.removed_at is null then absence.stand_in_id end as stand_in_id,
    case when other.removed_at is null then other.callsign end as stand_in
from absence_now as absence
join worker_now as worker on absence.worker_id = worker.worker_id
left join worker_now as other on absence.stand_in_id = other.worker_id
where
    absence.community_id = $community_id
    and absence.removed_at is null
    and worker.removed_at is null
    and absence.end_at > $since
order by absence.start_at, absence.absence_id;
