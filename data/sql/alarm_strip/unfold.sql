-- Take one key out of alarm_strip_now, to be followed at once by its new state.
-- $key varchar: a strip_id
delete from alarm_strip_now where strip_id = $key;
