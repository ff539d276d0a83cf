-- One scene of a community as it stands, removed or not.
-- $community_id varchar: the community
-- $scene_id varchar: the scene
-- -> every column of scene_now but event_kind, happened_at and recorded_at
select
    event_id, actor, scene_id, community_id, device_id, name, kind, points, direction, open_minute,
    close_minute, seconds, sensitivity, removed_at
from scene_now
where community_id = $community_id and scene_id = $scene_id;
