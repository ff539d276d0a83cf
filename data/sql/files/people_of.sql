-- Some people's files as a list shows them; whoever is out of reach or erased is left out.
-- $community_id varchar: the community
-- $person_ids varchar[]: whose
-- $reach varchar[] or null: areas the viewer may see; null for all
-- -> person_id, household_id, place_id, area_id, residence, completeness, removed_at
select p.person_id, p.household_id, p.place_id, p.area_id, p.residence, p.completeness, p.removed_at
from person_now as p
where p.community_id = $community_id and list_contains($person_ids, p.person_id) and p.event_kind <> 'erased'
    and ($reach is null or list_contains($reach, p.area_id))
order by p.person_id;
