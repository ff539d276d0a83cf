-- Everybody who was sent to a case, by name; first sent first.
-- $case_id varchar: the case
-- -> task_id, assignee_id, assignee_kind, name_zh, name_en, status, sent_at, responded_at,
--    finished_at (UTC, null while at work), reasons (JSON list of codes, or null)
select
    t.task_id,
    t.assignee_id,
    t.assignee_kind,
    coalesce(w.callsign, o.name_zh, t.assignee_id) as name_zh,
    coalesce(w.callsign, o.name_en, o.name_zh, t.assignee_id) as name_en,
    t.status,
    t.sent_at,
    t.responded_at,
    t.finished_at,
    t.reasons
from task_now as t
left join worker_now as w on t.assignee_id = w.worker_id
left join organisation_now as o on t.assignee_id = o.organisation_id
where t.case_id = $case_id
order by t.sent_at, t.task_id;
