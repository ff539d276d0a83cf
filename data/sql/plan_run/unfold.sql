-- Take one key out of plan_run_now, to be followed at once by its new state.
-- $key varchar: a run_id
delete from plan_run_now where run_id = $key;
