-- What the files already hold of the incoming rows of one source.
-- $community_id varchar, $source varchar: the register and its source
-- $keys varchar[]: keyed hashes of the source's ids
-- -> source_id, id, event_kind, source_version, content_hash, place_id, area_id, completeness, removed_at
with incoming as (
    select unnest($keys) as source_id
)
select
    now.source_id, now.household_id as id, now.event_kind, now.source_version, now.content_hash, now.place_id,
    now.area_id, now.completeness, now.removed_at
from household_now as now
join incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
