-- Everything that happened to one case, oldest first.
-- $community_id varchar: the community. $case_id varchar: the case.
-- -> event_id, event_kind, happened_at, recorded_at (UTC), actor, status, category, urgency,
--    deadline_at, closed_at (UTC), outcome, action; by event_id
select
    event_id,
    event_kind,
    happened_at,
    recorded_at,
    actor,
    status,
    category,
    urgency,
    deadline_at,
    closed_at,
    outcome,
    action
from case_event
where community_id = $community_id and case_id = $case_id
order by event_id
