-- The grid a place lies in.
-- $place_id varchar: the place
-- -> area_id, community_id
select area_id, community_id from place_now where place_id = $place_id and removed_at is null;
