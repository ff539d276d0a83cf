-- Detections older than pictures of cameras are kept; those of a case on hold stay.
-- $community_id varchar: the community
-- $before timestamptz: what happened before this is past its purpose, UTC
-- $now timestamptz: the moment, UTC
-- $most integer: ids to return, the oldest first
-- -> subjects bigint (all that are due), held bigint (kept by a legal hold), oldest_at (UTC), id (null where none)
with holding as (
    select subject_id
    from legal_hold_now
    where
        community_id = $community_id
        and list_contains(['asked', 'held'], state)
        and expires_at > $now
),

due as (
    select
        found.detection_id as id,
        found.recorded_at as since_at,
        coalesce(alarm.case_id in (select subject_id from holding), false) as held
    from detection as found
    left join alarm_now as alarm on alarm.alarm_id = found.alarm_id
    where found.community_id = $community_id and found.recorded_at < $before
),

totals as (
    select
        count(*) filter (where not held) as subjects,
        count(*) filter (where held) as held,
        min(since_at) filter (where not held) as oldest_at
    from due
),

batch as (
    select id
    from due
    where not held
    order by since_at, id
    limit $most
)

select totals.subjects, totals.held, totals.oldest_at, batch.id
from totals
left join batch on true;
