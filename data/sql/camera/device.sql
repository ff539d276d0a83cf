-- A camera in use.
-- $device_id varchar: the device
-- -> device_id, community_id, area_id, name_zh, name_en
select device_id, community_id, area_id, name_zh, name_en
from device_now
where device_id = $device_id and kind = 'camera' and removed_at is null;
