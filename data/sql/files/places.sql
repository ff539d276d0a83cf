-- Places a row may mean: by our id, by its source's own id, or by name without spaces and case.
-- $community_id varchar, $source varchar: where to look
-- $references varchar[], $folded varchar[]: as the rows have them, and folded for comparing names, in the same order
-- -> reference, id, area_id, rank (1 our id, 2 the source's id, 3 the name of a building, 4 of another place)
with incoming as (
    select unnest($references) as reference, unnest($folded) as folded
)
select incoming.reference, now.place_id as id, now.area_id, 1 as rank
from incoming
join place_now as now on now.place_id = incoming.reference
where now.community_id = $community_id and now.removed_at is null
union all
select incoming.reference, now.place_id as id, now.area_id, 2 as rank
from incoming
join place_now as now on now.source_id = incoming.reference
where now.community_id = $community_id and now.source = $source and now.removed_at is null
union all
select
    incoming.reference, now.place_id as id, now.area_id, case when now.kind = 'building' then 3 else 4 end as rank
from incoming
join place_now as now on lower(replace(now.name_zh, ' ', '')) = incoming.folded
where now.community_id = $community_id and now.removed_at is null
order by reference, rank, id;
