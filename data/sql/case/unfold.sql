-- Take one key out of case_now, to be followed at once by its new state.
-- $key varchar: a case_id
delete from case_now where case_id = $key;
