-- Clocks still running: unfinished cases with a deadline that has not passed, none that stands.
-- $community_id varchar: the community.
-- $now timestamptz: the time of the question.
-- -> reported_at, deadline_at (ISO 8601, UTC), limit_kind; in no order
select
    strftime(timezone('UTC', reported_at), '%Y-%m-%dT%H:%M:%SZ') as reported_at,
    strftime(timezone('UTC', deadline_at), '%Y-%m-%dT%H:%M:%SZ') as deadline_at,
    limit_kind
from case_now
where
    community_id = $community_id
    and status not in ('closed', 'rejected', 'cancelled')
    and not (status = 'suspended' and coalesce(step_started_at <= deadline_at, false))
    and deadline_at >= $now
