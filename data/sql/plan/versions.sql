-- Every version of a plan, the newest first.
-- $plan_id varchar: the plan
-- -> version, event_kind, happened_at, actor
select version, event_kind, happened_at, actor
from plan_event
where plan_id = $plan_id
order by event_id desc;
