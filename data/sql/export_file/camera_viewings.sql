-- Lines of the call register of cameras for a bulk export, without reasons.
-- $community_id varchar: the community
-- $since timestamptz, $until timestamptz: begun from and before, UTC, or null
-- $most integer: at most so many
-- -> viewing_id, camera (name), device_id, legal_class (as it is now), mode, viewer, viewer_role,
--    purpose, started_at (UTC), ended_at (UTC), seconds, glances, outcome, approval_state
select
    viewing.viewing_id, device.name_zh as camera, viewing.device_id, camera.legal_class,
    viewing.mode, viewing.viewer, viewing.viewer_role, viewing.purpose, viewing.started_at,
    viewing.ended_at, viewing.seconds, viewing.glances, viewing.outcome,
    approval.state as approval_state
from camera_viewing_now as viewing
left join device_now as device on device.device_id = viewing.device_id
left join camera_now as camera on camera.device_id = viewing.device_id
left join approval_now as approval on approval.approval_id = viewing.approval_id
where
    viewing.community_id = $community_id
    and ($since::timestamptz is null or viewing.started_at >= $since)
    and ($until::timestamptz is null or viewing.started_at < $until)
order by viewing.started_at, viewing.viewing_id
limit $most;
