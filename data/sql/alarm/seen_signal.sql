-- The alarm that already counts a signal: the same moment of the same device and kind.
-- $community_id, $device_id, $kind varchar: whose signal
-- $at timestamptz: its moment, UTC
-- -> alarm_id: one row or none
select alarm_id
from alarm_event
where
    community_id = $community_id
    and device_id = $device_id
    and kind = $kind
    and happened_at = $at
    and event_kind in ('raised', 'repeated', 'graver')
limit 1;
