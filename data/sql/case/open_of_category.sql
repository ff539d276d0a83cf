-- The unfinished cases of one category, to be offered in the place of a twin; newest first, bounded.
-- $community_id varchar: the community
-- $category varchar: the category
-- $open_statuses varchar[]: statuses that count as unfinished
-- $reach varchar[]: the areas the viewer may see, or null for all
-- $most integer: at most so many
-- -> case_id, community_id, category, status, reported_at, lon, lat, building_id, location_flag
select
    c.case_id,
    c.community_id,
    c.category,
    c.status,
    c.reported_at,
    c.lon,
    c.lat,
    p.place_id as building_id,
    c.location_flag
from case_now as c
left join place_now as p
    on c.place_id = p.place_id and c.community_id = p.community_id and p.kind = 'building'
where
    c.community_id = $community_id
    and c.category = $category
    and list_contains($open_statuses, c.status)
    and ($reach::varchar[] is null or list_contains($reach, c.area_id))
order by c.reported_at desc, c.case_id desc
limit $most;
