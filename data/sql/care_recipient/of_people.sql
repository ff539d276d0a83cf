-- Care recipients linked to some people, with their whole state.
-- $person_ids varchar[]: whose
-- -> care_recipient_id, community_id, place_id, visit_every_days, source, source_id, source_version, content_hash, person_id
with incoming as (
    select unnest($person_ids) as person_id
)
select
    now.care_recipient_id, now.community_id, now.place_id, now.visit_every_days, now.source, now.source_id,
    now.source_version, now.content_hash, now.person_id
from care_recipient_now as now
join incoming on incoming.person_id = now.person_id
where now.removed_at is null
order by now.care_recipient_id;
