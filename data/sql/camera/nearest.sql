-- Cameras in use of a community, the nearest to a case first; those without a place last.
-- $case_id varchar: the case
-- $most integer: at most so many
-- -> device_id, name_zh, name_en
with here as (
    select community_id, lon, lat
    from case_now
    where case_id = $case_id
)

select device.device_id, device.name_zh, device.name_en
from device_now as device
join here on here.community_id = device.community_id
where device.kind = 'camera' and device.removed_at is null
order by
    pow((device.lon - here.lon) * cos(radians(here.lat)), 2) + pow(device.lat - here.lat, 2)
    nulls last,
    device.name_zh, device.device_id
limit $most;
