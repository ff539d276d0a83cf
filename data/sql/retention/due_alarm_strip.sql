-- Pictures kept of alarms that are past their time, or whose alarm was a false one or a test.
-- $community_id varchar: the community
-- $before timestamptz: what happened before this is past its purpose, UTC
-- $now timestamptz: the moment, UTC
-- $most integer: ids to return, the oldest first
-- -> subjects bigint (all that are due), held bigint (kept by a legal hold on the alarm's case), oldest_at (UTC), id (null where none)
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
        strip.strip_id as id,
        strip.happened_at as since_at,
        coalesce(alarm.case_id in (select subject_id from holding), false) as held
    from alarm_strip_now as strip
    left join alarm_now as alarm on alarm.alarm_id = strip.alarm_id
    where
        strip.community_id = $community_id
        and (
            strip.happened_at < least($before, $now)
            or list_contains(['false', 'test'], alarm.verdict)
        )
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
