-- What the files already hold of the incoming rows of one source, erased and moved-out people included.
-- $community_id varchar, $source varchar: the register and its source
-- $keys varchar[]: keyed hashes of the source's ids
-- -> source_id, id, event_kind, source_version, content_hash, household_id, place_id, area_id, residence, completeness, removed_at
with incoming as (
    select unnest($keys) as source_id
)
select
    now.source_id, now.person_id as id, now.event_kind, now.source_version, now.content_hash, now.household_id,
    now.place_id, now.area_id, now.residence, now.completeness, now.removed_at
from person_now as now
join incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
