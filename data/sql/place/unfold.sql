-- Take one key out of place_now, to be followed at once by its new state.
-- $key varchar: a place_id
delete from place_now where place_id = $key;
