-- Take one key out of shift_now, to be followed at once by its new state.
-- $key varchar: a shift_id
delete from shift_now where shift_id = $key;
