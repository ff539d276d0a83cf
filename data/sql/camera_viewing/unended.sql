-- Viewings nobody has ended, with their whole state.
-- -> every column of camera_viewing_now that an event carries on
select
    viewing_id, community_id, device_id, mode, viewer, viewer_role, purpose, approval_id,
    started_at, ended_at, seconds, glances, outcome
from camera_viewing_now
where ended_at is null;
