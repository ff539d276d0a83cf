-- Take one key out of alarm_now, to be followed at once by its new state.
-- $key varchar: an alarm_id
delete from alarm_now where alarm_id = $key;
