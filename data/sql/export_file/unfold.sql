-- Take one key out of export_file_now, to be followed at once by its new state.
-- $key varchar: a export_id
delete from export_file_now where export_id = $key;
