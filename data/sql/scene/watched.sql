-- Every scene in use on a camera in use, with the time zone its hours are meant in.
-- -> scene_id, device_id, community_id, timezone, kind, points (JSON, fractions), direction,
--    open_minute, close_minute (of the local day; null for always), seconds, sensitivity (0 to 1)
select
    scene.scene_id, scene.device_id, scene.community_id, community.timezone, scene.kind,
    scene.points, scene.direction, scene.open_minute, scene.close_minute, scene.seconds,
    scene.sensitivity
from scene_now as scene
join device_now as device
    on
        device.device_id = scene.device_id
        and device.community_id = scene.community_id
        and device.kind = 'camera'
        and device.removed_at is null
join community_now as community on community.community_id = scene.community_id
where scene.removed_at is null
order by scene.device_id, scene.scene_id;
