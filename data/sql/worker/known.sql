-- What the register already holds of the incoming rows of one source.
-- $community_id varchar, $source varchar: the register and its source
-- $source_ids varchar[]: the rows to look up
-- -> source_id, id, source_version, content_hash, organisation_id, on_duty, rostered (true where
--    somebody has put the worker on the roster)
select
    now.source_id,
    now.worker_id as id,
    now.source_version,
    now.content_hash,
    now.organisation_id,
    now.on_duty,
    now.worker_id in (
        select worker_id
        from assignment_now
        where community_id = $community_id and removed_at is null
    ) as rostered
from worker_now as now
join (select unnest($source_ids) as source_id) as incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
