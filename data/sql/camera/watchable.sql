-- Cameras in use that somebody may watch.
-- $community_id varchar: the community
-- $reach varchar[]: the areas the viewer covers, or null for all
-- -> device_id, name_zh, name_en, legal_class (null without a record), is_demo
select
    device.device_id, device.name_zh, device.name_en, camera.legal_class,
    coalesce(community.is_demo, false) as is_demo
from device_now as device
left join camera_now as camera
    on camera.device_id = device.device_id and camera.removed_at is null
left join community_now as community on community.community_id = device.community_id
where
    device.community_id = $community_id
    and device.kind = 'camera'
    and device.removed_at is null
    and ($reach::varchar[] is null or list_contains($reach::varchar[], device.area_id))
order by device.device_id;
