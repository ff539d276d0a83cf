-- People of a register for a bulk export, by building; values come sealed, in chunks.
-- $community_id varchar: the community
-- $areas varchar[]: only in these areas, or null for the whole community
-- $most integer: at most so many
-- -> person_id, building, grid, residence, completeness
select
    person.person_id,
    place.name_zh as building,
    grid.name_zh as grid,
    person.residence,
    person.completeness
from person_now as person
left join place_now as place on place.place_id = person.place_id and place.community_id = person.community_id
left join area_now as grid on grid.area_id = person.area_id and grid.community_id = person.community_id
where
    person.community_id = $community_id
    and person.removed_at is null
    and ($areas is null or list_contains($areas, person.area_id))
order by place.name_zh, person.person_id
limit $most;
