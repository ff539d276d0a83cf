-- How many residents a list holds; the same conditions as files/people.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- $areas varchar[] or null: only these areas
-- $place_id varchar or null: only this building
-- $incomplete boolean: only files with something missing
-- $gone boolean: people who moved out instead of residents
-- -> n, completeness (mean, 0 to 1, null for none)
select count(*) as n, avg(coalesce(p.completeness, 0)) as completeness
from person_now as p
where p.community_id = $community_id and p.event_kind <> 'erased' and (p.removed_at is not null) = $gone
    and ($reach is null or list_contains($reach, p.area_id))
    and ($areas is null or list_contains($areas, p.area_id))
    and ($place_id is null or p.place_id = $place_id)
    and (not $incomplete or coalesce(p.completeness, 0) < 1);
