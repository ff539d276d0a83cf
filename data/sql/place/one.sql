-- One place in use, with its community.
-- $place_id varchar: the place
-- -> place_id, community_id, kind, name_zh, name_en, lon, lat
select place_id, community_id, kind, name_zh, name_en, lon, lat
from place_now
where place_id = $place_id and removed_at is null;
