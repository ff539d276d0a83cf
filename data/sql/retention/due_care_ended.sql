-- People whose care has ended and whose file still says what it was for.
-- $community_id varchar: the community
-- $before timestamptz: what happened before this is past its purpose, UTC
-- $now timestamptz: the moment, UTC
-- $fields varchar[]: fields that rest on the care
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
        person.person_id as id,
        max(care.removed_at) as since_at,
        person.person_id in (select subject_id from holding) as held
    from person_now as person
    join care_recipient_now as care on care.person_id = person.person_id
    where
        person.community_id = $community_id
        and person.event_kind <> 'erased'
        and person.person_id in (select subject_id from personal_field where list_contains($fields, field))
    group by person.person_id
    having count(*) filter (where care.removed_at is null) = 0 and max(care.removed_at) < $before
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
