-- Public names of the places and areas of a community, for whatever refers to them by id.
-- $community_id varchar: the community.
-- -> id (place_id or area_id), name_zh, name_en; in no order
select
    place_id as id,
    name_zh,
    name_en
from place_now
where community_id = $community_id and name_zh is not null
union all
select
    area_id as id,
    name_zh,
    name_en
from area_now
where community_id = $community_id
