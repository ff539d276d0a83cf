-- Take one key out of absence_now, to be followed at once by its new state.
-- $key varchar: an absence_id
delete from absence_now where absence_id = $key;
