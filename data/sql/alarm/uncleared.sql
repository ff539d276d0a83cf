-- The alarm of a device and kind that is neither cleared nor closed: one row or none.
-- $community_id, $device_id, $kind varchar: the key of an idempotent raise
-- -> every column of alarm_event
select
    event_id, event_kind, happened_at, recorded_at, actor, alarm_id, community_id, device_id,
    device_known, kind, urgency, place_id, area_id, first_at, last_at, signals, alert_at,
    acknowledged_at, acknowledged_by, cleared_at, closed_at, closed_by, verdict, case_id, source,
    version
from alarm_now
where
    community_id = $community_id
    and device_id = $device_id
    and kind = $kind
    and cleared_at is null
    and closed_at is null
order by event_id desc
limit 1;
