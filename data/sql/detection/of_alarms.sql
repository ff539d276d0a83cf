-- The newest detection of each scene in some alarms, how many there are of it, and which of them
-- has the newest picture.
-- $alarm_ids varchar[]: the alarms
-- -> detection_id, alarm_id, scene_id, scene_name (null where it is not on record), finding,
--    found_at (UTC), method, parameters (JSON), confidence, thing, thing_confidence, n (detections
--    of this scene in this alarm), pictured_id (detection with the newest picture), width, height
--    (of that picture, pixels; all three null without one); the newest first
with mine as (
    select
        detection_id, alarm_id, scene_id, finding, found_at, method, parameters, confidence, thing,
        thing_confidence, width, height, sealed is not null as pictured
    from detection
    where alarm_id in (select unnest($alarm_ids))
),

newest as (
    select
        detection_id, alarm_id, scene_id, finding, found_at, method, parameters, confidence, thing,
        thing_confidence, count(*) over (partition by alarm_id, scene_id) as n
    from mine
    qualify row_number() over (
        partition by alarm_id, scene_id
        order by found_at desc, detection_id
    ) = 1
),

shown as (
    select detection_id, alarm_id, scene_id, width, height
    from mine
    where pictured
    qualify row_number() over (
        partition by alarm_id, scene_id
        order by found_at desc, detection_id
    ) = 1
)

select
    newest.detection_id, newest.alarm_id, newest.scene_id, scene.name as scene_name,
    newest.finding, newest.found_at, newest.method, newest.parameters, newest.confidence,
    newest.thing, newest.thing_confidence, newest.n, shown.detection_id as pictured_id,
    shown.width, shown.height
from newest
left join shown on shown.alarm_id = newest.alarm_id and shown.scene_id = newest.scene_id
left join scene_now as scene on scene.scene_id = newest.scene_id
order by newest.found_at desc, newest.detection_id;
