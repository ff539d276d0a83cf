-- Runs that have ended and still have rows about people: after a crash or an older backup.
-- -> run_id
select distinct n.run_id
from plan_run_person as n
join plan_run_now as r on n.run_id = r.run_id
where r.ended_at is not null;
