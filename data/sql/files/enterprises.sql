-- Enterprises by name, one block.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- $areas varchar[] or null: only these areas
-- $place_id varchar or null: only this place
-- $text varchar or null: lower-case piece of the name, or the credit code
-- $incomplete boolean: only files with something missing
-- $offset, $limit integer: which block
-- -> enterprise_id, name_zh, industry, place_id, place_zh, place_en, area_zh, area_en, completeness, total (in the whole list)
select
    e.enterprise_id, e.name_zh, e.industry, e.place_id, place.name_zh as place_zh, place.name_en as place_en,
    area.name_zh as area_zh, area.name_en as area_en, e.completeness, count(*) over () as total
from enterprise_now as e
left join place_now as place on place.place_id = e.place_id and place.community_id = e.community_id
left join area_now as area on area.area_id = e.area_id and area.community_id = e.community_id
where e.community_id = $community_id and e.removed_at is null
    and ($reach is null or list_contains($reach, e.area_id))
    and ($areas is null or list_contains($areas, e.area_id))
    and ($place_id is null or e.place_id = $place_id)
    and ($text is null or contains(lower(coalesce(e.name_zh, '')), $text) or lower(e.credit_code) = $text)
    and (not $incomplete or coalesce(e.completeness, 0) < 1)
order by e.name_zh, e.enterprise_id
offset $offset limit $limit;
