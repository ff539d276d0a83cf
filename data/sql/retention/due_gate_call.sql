-- Calls from gates that are older than anybody asks about.
-- $community_id varchar: the community
-- $before timestamptz: what happened before this is past its purpose, UTC
-- $now timestamptz: the moment, UTC
-- $most integer: ids to return, the oldest first
-- -> subjects bigint (all that are due), held bigint (kept by a legal hold), oldest_at (UTC), id (null where none)
with due as (
    select call_id as id, started_at as since_at, false as held
    from gate_call_now
    where
        community_id = $community_id
        and ended_at is not null
        and started_at < least($before, $now)
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
