-- The scenes in use of a community with the names of their cameras.
-- $community_id varchar: the community
-- -> scene_id, device_id, name, kind, name_zh, name_en (of the camera; null where it left)
select scene.scene_id, scene.device_id, scene.name, scene.kind, device.name_zh, device.name_en
from scene_now as scene
left join device_now as device
    on device.device_id = scene.device_id and device.removed_at is null
where scene.community_id = $community_id and scene.removed_at is null
order by device.name_zh nulls last, scene.device_id, scene.scene_id;
