-- One task, whoever it was given to.
-- $task_id varchar: the task
-- -> every column of task_event but event_id and recorded_at
select
    event_kind, happened_at, actor, task_id, case_id, community_id, assignee_kind, assignee_id,
    status, sent_at, due_at, responded_at, finished_at, reasons, requested_by
from task_now
where task_id = $task_id;
