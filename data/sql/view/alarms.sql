-- The alarms of a community as the wall may show them: what, where to the building, since when.
-- $community_id varchar: the community
-- -> id, kind, urgency, device_id, device_zh, device_en (public names of the device), place_id,
--    place_zh, place_en, area_zh, area_en, first_at, last_at, signals, alert_at, acknowledged_at,
--    cleared_at (UTC), case_id, detections (how many the scenes of cameras told of it); what nobody
--    has closed and is not both cleared and acknowledged
with told as (
    select alarm_id, count(*) as n
    from detection
    where community_id = $community_id
    group by alarm_id
)

select
    a.alarm_id as id,
    a.kind,
    a.urgency,
    a.device_id,
    d.name_zh as device_zh,
    d.name_en as device_en,
    a.place_id,
    p.name_zh as place_zh,
    p.name_en as place_en,
    g.name_zh as area_zh,
    g.name_en as area_en,
    a.first_at,
    a.last_at,
    a.signals,
    a.alert_at,
    a.acknowledged_at,
    a.cleared_at,
    a.case_id,
    coalesce(told.n, 0) as detections
from alarm_now as a
left join told on told.alarm_id = a.alarm_id
left join device_now as d on a.device_id = d.device_id
left join place_now as p on a.place_id = p.place_id
left join area_now as g on a.area_id = g.area_id
where
    a.community_id = $community_id
    and a.closed_at is null
    and (a.acknowledged_at is null or a.cleared_at is null)
order by a.alarm_id;
