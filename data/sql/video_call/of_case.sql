-- The video calls about a case, the first first.
-- $case_id varchar: the case
-- -> call_id, callsign (null once the worker is gone), purpose, outcome, started_at, answered_at,
--    ended_at (UTC), answered_by
select c.call_id, w.callsign, c.purpose, c.outcome, c.started_at, c.answered_at, c.ended_at, c.answered_by
from video_call_now as c
left join worker_now as w on w.worker_id = c.worker_id
where c.case_id = $case_id
order by c.call_id;
