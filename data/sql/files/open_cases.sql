-- Unfinished cases an officer may name as the reason for opening a value, nearest to the file first.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas of cases the viewer may see; null for all
-- $place_id varchar or null, $area_id varchar or null: where the file lies
-- $open_statuses varchar[]: OPEN_STATUSES
-- $limit integer: at most so many
-- -> case_id, category, locality, reported_at
select case_id, category, locality, reported_at
from case_now
where community_id = $community_id and list_contains($open_statuses, status)
    and ($reach is null or list_contains($reach, area_id))
order by coalesce(place_id = $place_id, false) desc, coalesce(area_id = $area_id, false) desc, reported_at desc, case_id
limit $limit;
