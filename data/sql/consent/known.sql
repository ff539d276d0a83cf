-- What the register of consents already holds of the incoming rows of one source.
-- $community_id varchar, $source varchar: the register and its source
-- $keys varchar[]: keyed hashes of the source's ids
-- -> source_id, id, source_version, content_hash, person_id, purpose, withdrawn_on
with incoming as (
    select unnest($keys) as source_id
)
select
    now.source_id, now.consent_id as id, now.source_version, now.content_hash, now.person_id, now.purpose,
    now.withdrawn_on
from consent_now as now
join incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
