-- The tasks of a run.
-- $run_id varchar: the run
-- -> plan_task_id, community_id, run_id, step_id, state, due_at, changed_at, changed_by, note_id
select plan_task_id, community_id, run_id, step_id, state, due_at, changed_at, changed_by, note_id
from plan_task_now
where run_id = $run_id
order by plan_task_id;
