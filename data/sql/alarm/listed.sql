-- Alarms of a community as the desk and the API show them, with where they are.
-- $community_id varchar: the community
-- $alarm_id varchar: one alarm, or null for all
-- $reach varchar[]: areas the viewer covers, or null for all
-- $open boolean: true for those nobody has closed, false for closed ones, null for both
-- $before varchar: only rows whose alarm_id sorts before it; empty for the newest
-- $row_limit integer: at most so many
-- -> alarm_id, kind, urgency, device_id, device_known, device_zh, device_en, place_id, place_zh,
--    place_en, area_id, area_zh, area_en, first_at, last_at, signals, alert_at, acknowledged_at,
--    acknowledged_by, cleared_at, closed_at, closed_by, verdict, case_id, source, version (times
--    UTC); the newest first
select
    a.alarm_id,
    a.kind,
    a.urgency,
    a.device_id,
    a.device_known,
    d.name_zh as device_zh,
    d.name_en as device_en,
    a.place_id,
    p.name_zh as place_zh,
    p.name_en as place_en,
    a.area_id,
    g.name_zh as area_zh,
    g.name_en as area_en,
    a.first_at,
    a.last_at,
    a.signals,
    a.alert_at,
    a.acknowledged_at,
    a.acknowledged_by,
    a.cleared_at,
    a.closed_at,
    a.closed_by,
    a.verdict,
    a.case_id,
    a.source,
    a.version
from alarm_now as a
left join device_now as d on a.device_id = d.device_id
left join place_now as p on a.place_id = p.place_id
left join area_now as g on a.area_id = g.area_id
where
    a.community_id = $community_id
    and ($alarm_id is null or a.alarm_id = $alarm_id)
    and ($reach is null or list_contains($reach::varchar[], a.area_id))
    and ($open is null or $open = (a.closed_at is null))
    and ($before = '' or a.alarm_id < $before)
order by a.alarm_id desc
limit $row_limit;
