-- How many pictures an alarm has of a scene, and when the newest of them was found.
-- $alarm_id varchar: the alarm
-- $scene_id varchar: the scene
-- -> n, last_at (UTC; null without any): one row
select count(*) as n, max(found_at) as last_at
from detection
where alarm_id = $alarm_id and scene_id = $scene_id and sealed is not null;
