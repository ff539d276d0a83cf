-- Take one key out of alarm_shelf_now, to be followed at once by its new state.
-- $key varchar: a shelf_id
delete from alarm_shelf_now where shelf_id = $key;
