-- Names of the places people can live or work at, and of the areas they lie in.
-- $community_id varchar: the community
-- $kinds varchar[]: kinds of places
-- -> place_id, kind, name_zh, name_en, area_id, area_zh, area_en
select
    place.place_id, place.kind, place.name_zh, place.name_en, place.area_id, area.name_zh as area_zh,
    area.name_en as area_en
from place_now as place
left join area_now as area on area.area_id = place.area_id and area.community_id = place.community_id
where place.community_id = $community_id and list_contains($kinds, place.kind) and place.removed_at is null
order by place.name_zh, place.place_id;
