-- What the register already holds of the incoming rows of one source.
-- $community_id varchar, $source varchar: the register and its source
-- $source_ids varchar[]: the rows to look up
-- -> source_id, id, source_version, content_hash
select now.source_id, now.building_file_id as id, now.source_version, now.content_hash
from building_file_now as now
join (select unnest($source_ids) as source_id) as incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
