-- Where the cameras stand, those taken down included: what was seen before still counts.
-- -> device_id, community_id, timezone (IANA)
select device.device_id, device.community_id, community.timezone
from device_now as device
join community_now as community on community.community_id = device.community_id
where device.kind = 'camera';
