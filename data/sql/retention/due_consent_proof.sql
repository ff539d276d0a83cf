-- Consents that ended so long ago that nobody needs their proof any more.
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
        consent_id as id,
        withdrawn_on::timestamptz as since_at,
        person_id in (select subject_id from holding) as held
    from consent_now
    where community_id = $community_id and withdrawn_on < $before::date
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
