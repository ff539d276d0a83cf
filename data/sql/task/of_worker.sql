-- Whether a case is or was handed to a worker, or the worker's organisation, and not given back:
-- one row or none.
-- $case_id varchar: the case
-- $worker_id varchar: the worker
-- $organisation_id varchar: the worker's organisation, or null
-- -> task_id
select task_id
from task_now
where
    case_id = $case_id
    and (
        (assignee_kind = 'worker' and assignee_id = $worker_id)
        or (assignee_kind = 'organisation' and assignee_id = $organisation_id)
    )
    and status not in ('returned', 'cancelled')
limit 1;
