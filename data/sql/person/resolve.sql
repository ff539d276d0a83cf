-- Find each reference among the people by our id; ids of sources are hashed, see resolve_hashed.
-- $community_id varchar, $source varchar: where to look; the source does not matter here
-- incoming(reference): the references to resolve
-- -> reference, id
select incoming.reference, now.person_id as id
from incoming
join person_now as now on now.person_id = incoming.reference
where now.community_id = $community_id and now.removed_at is null and $source is not null;
