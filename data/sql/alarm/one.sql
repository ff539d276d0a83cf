-- One alarm with its whole state.
-- $alarm_id varchar: the alarm
-- -> every column of alarm_event
select
    event_id, event_kind, happened_at, recorded_at, actor, alarm_id, community_id, device_id,
    device_known, kind, urgency, place_id, area_id, first_at, last_at, signals, alert_at,
    acknowledged_at, acknowledged_by, cleared_at, closed_at, closed_by, verdict, case_id, source,
    version
from alarm_now
where alarm_id = $alarm_id;
