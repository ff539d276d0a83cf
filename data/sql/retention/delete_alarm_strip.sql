-- Take pictures kept of alarms out of the current state; key and file are gone already.
-- $ids varchar[]: which strips
delete from alarm_strip_now where strip_id in (select unnest($ids));
