-- The whole current state of some building files, for the next event of each.
-- $ids varchar[]: which
-- -> every column of building_file_now that an event carries on
select
    building_file_id, community_id, place_id, built_year, floors_above, floors_below, lifts, units, structure,
    property_company, source, source_id, source_version, content_hash, event_kind, removed_at
from building_file_now
where list_contains($ids, building_file_id)
order by building_file_id;
