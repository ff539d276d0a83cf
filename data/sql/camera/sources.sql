-- Cameras in use that have a record, and all of demo communities.
-- -> device_id, community_id, source_id (of the device), kind (null where a demo's camera has no
--    record), secret_id
select device.device_id, device.community_id, device.source_id, camera.kind, camera.secret_id
from device_now as device
left join camera_now as camera
    on camera.device_id = device.device_id and camera.removed_at is null
left join community_now as community on community.community_id = device.community_id
where
    device.kind = 'camera'
    and device.removed_at is null
    and (camera.device_id is not null or coalesce(community.is_demo, false))
order by device.device_id;
