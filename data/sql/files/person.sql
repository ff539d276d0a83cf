-- One person's file: facts and where the person lives; the values lie sealed apart.
-- $person_id varchar: whose
-- -> person_id, community_id, timezone, household_id, place_id, place_zh, place_en, area_id, area_zh, area_en, residence, completeness, source, removed_at, recorded_at
select
    p.person_id, p.community_id, c.timezone, p.household_id, p.place_id, place.name_zh as place_zh,
    place.name_en as place_en, p.area_id, area.name_zh as area_zh, area.name_en as area_en, p.residence,
    p.completeness, p.source, p.removed_at, p.recorded_at
from person_now as p
join community_now as c on c.community_id = p.community_id
left join place_now as place on place.place_id = p.place_id and place.community_id = p.community_id
left join area_now as area on area.area_id = p.area_id and area.community_id = p.community_id
where p.person_id = $person_id and p.event_kind <> 'erased';
