-- The state of one device after one of its events, or after its last: every column of device_event.
-- $community_id varchar: the community
-- $object_id varchar: the device
-- $event_id varchar: the event, or null for the last
-- -> the columns of device_event; no row where this community has no such device or event
from device_event
where
    community_id = $community_id
    and device_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
