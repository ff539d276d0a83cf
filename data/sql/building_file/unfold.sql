-- Take one key out of building_file_now, to be followed at once by its new state.
-- $key varchar: a building_file_id
delete from building_file_now where building_file_id = $key;
