-- One version of a plan: one row or none.
-- $plan_id varchar: the plan
-- $version integer: the version
-- -> document (JSON)
select document
from plan_event
where plan_id = $plan_id and version = $version and event_kind <> 'removed'
order by event_id desc
limit 1;
