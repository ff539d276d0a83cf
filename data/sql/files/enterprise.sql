-- One enterprise's file: what the public register says and where it is; the contact lies sealed apart.
-- $enterprise_id varchar: which
-- -> enterprise_id, community_id, timezone, name_zh, credit_code, industry, place_id, place_zh, place_en, area_id, area_zh, area_en, completeness, source, removed_at, recorded_at
select
    e.enterprise_id, e.community_id, c.timezone, e.name_zh, e.credit_code, e.industry, e.place_id,
    place.name_zh as place_zh, place.name_en as place_en, e.area_id, area.name_zh as area_zh, area.name_en as area_en,
    e.completeness, e.source, e.removed_at, e.recorded_at
from enterprise_now as e
join community_now as c on c.community_id = e.community_id
left join place_now as place on place.place_id = e.place_id and place.community_id = e.community_id
left join area_now as area on area.area_id = e.area_id and area.community_id = e.community_id
where e.enterprise_id = $enterprise_id and e.event_kind <> 'erased';
