-- Everybody who was sent to a case, first sent first.
-- $case_id varchar: the case
-- -> every column of task_event but event_id and recorded_at
select
    event_kind, happened_at, actor, task_id, case_id, community_id, assignee_kind, assignee_id,
    status, sent_at, due_at, responded_at, finished_at, reasons, requested_by
from task_now
where case_id = $case_id
order by sent_at, task_id;
