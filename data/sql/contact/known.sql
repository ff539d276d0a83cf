-- What the directory already holds of some rows of one source.
-- $community_id varchar, $source varchar: the directory and its source
-- $keys varchar[]: the source's own ids
-- -> source_id, id, content_hash
select source_id, contact_id as id, content_hash
from contact_now
where community_id = $community_id and source = $source and list_contains($keys::varchar[], source_id);
