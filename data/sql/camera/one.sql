-- The record of one camera, in use or taken down.
-- $device_id varchar: the camera
-- -> every column of camera_now but event_kind and happened_at
select
    device_id, community_id, event_id, actor, recorded_at, kind, scheme, secret_id, gb_id, fov_deg,
    range_m, legal_class, site, sign_posted, owner, retention_days, filed_with_police, source,
    content_hash, removed_at, pre_event
from camera_now
where device_id = $device_id;
