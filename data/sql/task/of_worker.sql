-- Whether a case is or was handed to a worker who did not give it back: one row or none.
-- $case_id varchar: the case
-- $worker_id varchar: the worker
-- -> task_id
select task_id
from task_now
where
    case_id = $case_id
    and assignee_kind = 'worker'
    and assignee_id = $worker_id
    and status not in ('returned', 'cancelled')
limit 1;
