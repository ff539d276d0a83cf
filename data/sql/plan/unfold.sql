-- Take one key out of plan_now, to be followed at once by its new state.
-- $key varchar: a plan_id
delete from plan_now where plan_id = $key;
