-- Every alarm that nobody has closed, the oldest alert first.
-- $community_id varchar: the community
-- -> every column of alarm_event
select
    event_id, event_kind, happened_at, recorded_at, actor, alarm_id, community_id, device_id,
    device_known, kind, urgency, place_id, area_id, first_at, last_at, signals, alert_at,
    acknowledged_at, acknowledged_by, cleared_at, closed_at, closed_by, verdict, case_id, source,
    version
from alarm_now
where community_id = $community_id and closed_at is null
order by alert_at, alarm_id;
