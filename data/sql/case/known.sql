-- What the register already holds of the incoming cases of one source.
-- $community_id varchar, $source varchar: the register and its source
-- incoming(source_id): the rows to look up
-- -> source_id, id, source_version, content_hash, and the facts a new version keeps
select
    now.source_id,
    now.case_id as id,
    now.source_version,
    now.content_hash,
    now.status,
    now.closed_at,
    now.outcome,
    now.area_id
from case_now as now
join incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
