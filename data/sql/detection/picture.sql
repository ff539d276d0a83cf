-- The sealed picture of one detection of an alarm.
-- $alarm_id varchar: the alarm
-- $detection_id varchar: the detection
-- -> device_id, sealed: one row or none
select device_id, sealed
from detection
where alarm_id = $alarm_id and detection_id = $detection_id and sealed is not null;
