-- Take one key out of assignment_now, to be followed at once by its new state.
-- $key varchar: an assignment_id
delete from assignment_now where assignment_id = $key;
