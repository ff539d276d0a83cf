-- The whole current state of some people, for the next event of each.
-- $ids varchar[]: whose
-- -> every column of person_now that an event carries on
select
    person_id, community_id, household_id, place_id, area_id, residence, completeness, source, source_id,
    source_version, content_hash, event_kind, removed_at
from person_now
where person_id in (select unnest($ids))
order by person_id;
