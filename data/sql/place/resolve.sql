-- Find each reference among the places by our id, or by its source's own id.
-- $community_id varchar, $source varchar: where to look
-- incoming(reference): the references to resolve
-- -> reference, id
with matches as (
    select incoming.reference, now.place_id as id
    from incoming
    join place_now as now on now.place_id = incoming.reference
    where now.community_id = $community_id and now.removed_at is null
    union all
    select incoming.reference, now.place_id as id
    from incoming
    join place_now as now on now.source_id = incoming.reference
    where now.community_id = $community_id and now.source = $source and now.removed_at is null
)
select reference, min(id) as id
from matches
group by reference;
