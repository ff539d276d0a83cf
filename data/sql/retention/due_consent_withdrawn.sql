-- People whose consent was withdrawn while a value that rests on it is still there.
-- $community_id varchar: the community
-- $before timestamptz: what happened before this is past its purpose, UTC
-- $now timestamptz: the moment, UTC
-- $purposes varchar[], $fields varchar[]: which field rests on which purpose, side by side
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
        ended.person_id as id,
        min(ended.since_at) as since_at,
        ended.person_id in (select subject_id from holding) as held
    from (
        select person_id, purpose, max(recorded_at) as since_at
        from consent_now
        where community_id = $community_id
        group by person_id, purpose
        having count(*) filter (where withdrawn_on is null) = 0 and max(recorded_at) < $before
    ) as ended
    join (
        select unnest($purposes) as purpose, unnest($fields) as field
    ) as rests on rests.purpose = ended.purpose
    join personal_field as value
        on
            value.subject_id = ended.person_id
            and value.field = rests.field
            -- a grown child's new file does not rest on what its guardian withdrew
            and (ended.purpose <> 'minor_file' or value.updated_at <= ended.since_at)
    group by ended.person_id
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
