-- Take one key out of plan_task_now, to be followed at once by its new state.
-- $key varchar: a plan_task_id
delete from plan_task_now where plan_task_id = $key;
