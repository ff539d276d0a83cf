-- The scenes in use of one camera, in the order they were first drawn.
-- $community_id varchar: the community
-- $device_id varchar: the camera
-- -> scene_id, version (event it stands since), name, kind, points (JSON, fractions), direction,
--    open_minute, close_minute (of the local day; null for always), seconds, sensitivity (0 to 1)
select
    scene_id, event_id as version, name, kind, points, direction, open_minute, close_minute,
    seconds, sensitivity
from scene_now
where community_id = $community_id and device_id = $device_id and removed_at is null
order by scene_id;
