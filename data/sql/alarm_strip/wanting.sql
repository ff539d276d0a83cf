-- Alarms raised lately of which no pictures are kept, the oldest first.
-- $since timestamptz: raised after this, UTC
-- -> alarm_id, community_id, device_id, raised_at (UTC), lon, lat (degrees, WGS-84, of the device,
--    else of the place; null where neither is known)
select
    raised.alarm_id, raised.community_id, raised.device_id, raised.recorded_at as raised_at,
    coalesce(device.lon, place.lon) as lon,
    coalesce(device.lat, place.lat) as lat
from alarm_event as raised
left join device_now as device
    on device.device_id = raised.device_id and device.community_id = raised.community_id
left join place_now as place
    on place.place_id = raised.place_id and place.community_id = raised.community_id
where
    raised.event_kind = 'raised'
    and raised.recorded_at > $since
    and not exists (select 1 from alarm_strip_event as kept where kept.alarm_id = raised.alarm_id)
order by raised.alarm_id;
