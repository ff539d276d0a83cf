-- How many requests of each community wait for their answer, and how many of them are late.
-- $now timestamptz: the moment, UTC
-- -> community_id, n bigint, late bigint, next_due_at (UTC)
select
    community_id,
    count(*) as n,
    count(*) filter (where due_at <= $now) as late,
    min(due_at) as next_due_at
from rights_request_now
where closed_at is null
group by community_id
order by community_id;
