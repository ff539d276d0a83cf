-- Cameras in use that a community named for the seconds before an alarm, and whose sign is up.
-- -> device_id
select camera.device_id
from camera_now as camera
join device_now as device
    on device.device_id = camera.device_id and device.community_id = camera.community_id
where
    camera.removed_at is null
    and device.removed_at is null
    and device.kind = 'camera'
    and camera.kind <> 'phone'
    and camera.pre_event
    and camera.sign_posted
order by camera.device_id;
