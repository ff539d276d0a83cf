-- Remove the log of pictures kept of alarms.
-- $ids varchar[]: which strips
delete from alarm_strip_event where strip_id in (select unnest($ids));
