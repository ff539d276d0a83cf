-- Take one key out of handover_now, to be followed at once by its new state.
-- $key varchar: a handover_id
delete from handover_now where handover_id = $key;
