-- Cameras of a community and whether each is online.
-- $community_id varchar: the community
-- -> device_id, source_id, online
select device_id, source_id, state = 'online' as online
from device_now
where community_id = $community_id and kind = 'camera' and removed_at is null;
