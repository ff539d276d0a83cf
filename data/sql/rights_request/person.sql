-- The facts of one person's file, erased or not, with the names of building and grid.
-- $person_id varchar: whose
-- -> person_id, community_id, event_kind, household_id, residence, source, completeness, removed_at (UTC), building_zh, building_en, grid_zh, grid_en, community_zh, community_en, timezone
select
    person.person_id,
    person.community_id,
    person.event_kind,
    person.household_id,
    person.residence,
    person.source,
    person.completeness,
    person.removed_at,
    place.name_zh as building_zh,
    place.name_en as building_en,
    grid.name_zh as grid_zh,
    grid.name_en as grid_en,
    community.name_zh as community_zh,
    community.name_en as community_en,
    community.timezone
from person_now as person
left join place_now as place on place.place_id = person.place_id and place.community_id = person.community_id
left join area_now as grid on grid.area_id = person.area_id and grid.community_id = person.community_id
left join community_now as community on community.community_id = person.community_id
where person.person_id = $person_id;
