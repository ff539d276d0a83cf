-- The whole current state of some households, for the next event of each.
-- $ids varchar[]: which
-- -> every column of household_now that an event carries on
select
    household_id, community_id, place_id, area_id, completeness, source, source_id, source_version, content_hash,
    event_kind, removed_at
from household_now
where household_id in (select unnest($ids))
order by household_id;
