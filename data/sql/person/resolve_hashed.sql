-- Find each reference among the people by our id, or by the keyed hash of its source's own id.
-- $community_id varchar, $source varchar: where to look
-- $references varchar[], $hashes varchar[]: as the rows have them, and their keyed hashes in the same order
-- -> reference, id
with incoming as (
    select unnest($references) as reference, unnest($hashes) as hashed
),
matches as (
    select incoming.reference, now.person_id as id
    from incoming
    join person_now as now on now.person_id = incoming.reference
    where now.community_id = $community_id and now.removed_at is null
    union all
    select incoming.reference, now.person_id as id
    from incoming
    join person_now as now on now.source_id = incoming.hashed
    where now.community_id = $community_id and now.source = $source and now.removed_at is null
)
select reference, min(id) as id
from matches
group by reference;
