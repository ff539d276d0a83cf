-- Cases closed so long ago that nobody calls their reporters back any more.
-- $community_id varchar: the community
-- $before timestamptz: what happened before this is past its purpose, UTC
-- $now timestamptz: the moment, UTC
-- $finished varchar[]: statuses of closed cases
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
        cases.case_id as id,
        max(coalesce(cases.closed_at, cases.happened_at)) as since_at,
        cases.case_id in (select subject_id from holding) as held
    from case_now as cases
    join case_contact as numbers on numbers.case_id = cases.case_id
    where
        cases.community_id = $community_id
        and list_contains($finished, cases.status)
        and coalesce(cases.closed_at, cases.happened_at) < $before
    group by cases.case_id
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
