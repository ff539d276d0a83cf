-- The records in use of some cameras.
-- $device_ids varchar[]: which
-- -> device_id, content_hash
select device_id, content_hash
from camera_now
where device_id in (select unnest($device_ids::varchar[])) and removed_at is null;
