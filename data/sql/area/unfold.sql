-- Take one key out of area_now, to be followed at once by its new state.
-- $key varchar: a area_id
delete from area_now where area_id = $key;
