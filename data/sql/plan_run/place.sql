-- One place in use: where it lies.
-- $community_id, $place_id varchar: the place
-- -> place_id, area_id
select place_id, area_id
from place_now
where community_id = $community_id and place_id = $place_id and removed_at is null;
