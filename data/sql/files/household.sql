-- One household's file: facts and where it lies; the door lies sealed apart.
-- $household_id varchar: which
-- -> household_id, community_id, timezone, place_id, place_zh, place_en, area_id, area_zh, area_en, completeness, source, removed_at, recorded_at
select
    h.household_id, h.community_id, c.timezone, h.place_id, place.name_zh as place_zh, place.name_en as place_en,
    h.area_id, area.name_zh as area_zh, area.name_en as area_en, h.completeness, h.source, h.removed_at, h.recorded_at
from household_now as h
join community_now as c on c.community_id = h.community_id
left join place_now as place on place.place_id = h.place_id and place.community_id = h.community_id
left join area_now as area on area.area_id = h.area_id and area.community_id = h.community_id
where h.household_id = $household_id and h.event_kind <> 'erased';
