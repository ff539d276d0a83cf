-- Where some cameras in use stand.
-- $device_ids varchar[]: which
-- -> device_id, community_id, lon, lat (degrees, WGS-84; null where unknown)
select device_id, community_id, lon, lat
from device_now
where
    device_id in (select unnest($device_ids::varchar[]))
    and kind = 'camera'
    and removed_at is null
order by device_id;
