-- Buildings with the facts of their files and how much is registered in each, one block.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- $areas varchar[] or null: only these areas
-- $place_id varchar or null: only this building
-- $text varchar or null: lower-case piece of the name
-- $offset, $limit integer: which block
-- -> place_id, name_zh, name_en, area_zh, area_en, built_year, floors_above, floors_below, lifts, units, structure, property_company, people, households, total (in the whole list)
with listed as (
    select place_id, community_id, area_id, name_zh, name_en, count(*) over () as total
    from place_now
    where community_id = $community_id and kind = 'building' and removed_at is null
        and ($reach is null or list_contains($reach, area_id))
        and ($areas is null or list_contains($areas, area_id))
        and ($place_id is null or place_id = $place_id)
        and ($text is null or contains(lower(coalesce(name_zh, '') || ' ' || coalesce(name_en, '')), $text))
    order by name_zh, place_id
    offset $offset limit $limit
),
people as (
    select place_id, count(*) as n
    from person_now
    where community_id = $community_id and removed_at is null
    group by place_id
),
homes as (
    select place_id, count(*) as n
    from household_now
    where community_id = $community_id and removed_at is null
    group by place_id
),
facts as (
    select
        place_id, built_year, floors_above, floors_below, lifts, units, structure, property_company
    from building_file_now
    where community_id = $community_id and removed_at is null
    qualify row_number() over (partition by place_id order by event_id desc) = 1
)
select
    l.place_id, l.name_zh, l.name_en, area.name_zh as area_zh, area.name_en as area_en, f.built_year, f.floors_above,
    f.floors_below, f.lifts, f.units, f.structure, f.property_company, coalesce(people.n, 0) as people,
    coalesce(homes.n, 0) as households, l.total
from listed as l
left join people on people.place_id = l.place_id
left join homes on homes.place_id = l.place_id
left join facts as f on f.place_id = l.place_id
left join area_now as area on area.area_id = l.area_id and area.community_id = l.community_id
order by l.name_zh, l.place_id;
