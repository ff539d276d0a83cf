-- Take one key out of task_now, to be followed at once by its new state.
-- $key varchar: a task_id
delete from task_now where task_id = $key;
