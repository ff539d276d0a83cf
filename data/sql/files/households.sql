-- Households by building, with how many people live in each, one block.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- $areas varchar[] or null: only these areas
-- $place_id varchar or null: only this building
-- $incomplete boolean: only files with something missing
-- $offset, $limit integer: which block
-- -> household_id, place_id, place_zh, place_en, area_zh, area_en, completeness, members, total (in the whole list)
with listed as (
    select household_id, community_id, place_id, area_id, completeness, count(*) over () as total
    from household_now
    where community_id = $community_id and removed_at is null
        and ($reach is null or list_contains($reach, area_id))
        and ($areas is null or list_contains($areas, area_id))
        and ($place_id is null or place_id = $place_id)
        and (not $incomplete or coalesce(completeness, 0) < 1)
    order by place_id, household_id
    offset $offset limit $limit
),
members as (
    select household_id, count(*) as members
    from person_now
    where community_id = $community_id and removed_at is null
    group by household_id
)
select
    l.household_id, l.place_id, place.name_zh as place_zh, place.name_en as place_en, area.name_zh as area_zh,
    area.name_en as area_en, l.completeness, coalesce(m.members, 0) as members, l.total
from listed as l
left join members as m on m.household_id = l.household_id
left join place_now as place on place.place_id = l.place_id and place.community_id = l.community_id
left join area_now as area on area.area_id = l.area_id and area.community_id = l.community_id
order by l.place_id, l.household_id;
