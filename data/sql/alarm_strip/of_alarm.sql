-- What is kept of one alarm, by camera.
-- $alarm_id varchar: the alarm
-- -> strip_id, alarm_id, community_id, device_id, name_zh, name_en (of the camera), first_at,
--    last_at (UTC), pictures, moments (JSON list of Unix milliseconds), size_bytes
select
    strip.strip_id, strip.alarm_id, strip.community_id, strip.device_id, device.name_zh,
    device.name_en, strip.first_at, strip.last_at, strip.pictures, strip.moments, strip.size_bytes
from alarm_strip_now as strip
left join device_now as device on device.device_id = strip.device_id
where strip.alarm_id = $alarm_id
order by strip.strip_id;
