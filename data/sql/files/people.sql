-- Residents by building and order of registration, one block; moved-out people come after asking.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- $areas varchar[] or null: only these areas
-- $place_id varchar or null: only this building
-- $incomplete boolean: only files with something missing
-- $gone boolean: people who moved out instead of residents
-- $offset, $limit integer: which block
-- -> person_id, household_id, place_id, area_id, residence, completeness, removed_at
select p.person_id, p.household_id, p.place_id, p.area_id, p.residence, p.completeness, p.removed_at
from person_now as p
where p.community_id = $community_id and p.event_kind <> 'erased' and (p.removed_at is not null) = $gone
    and ($reach is null or list_contains($reach, p.area_id))
    and ($areas is null or list_contains($areas, p.area_id))
    and ($place_id is null or p.place_id = $place_id)
    and (not $incomplete or coalesce(p.completeness, 0) < 1)
order by p.place_id, p.person_id
offset $offset limit $limit;
