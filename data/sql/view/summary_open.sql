-- Unfinished cases counted by status, category and area, for sums by any of the three.
-- $community_id varchar: the community.
-- $now timestamptz: the time of the question.
-- -> status, category, area_id, n (unfinished cases), overdue (of them); in no order
select
    status,
    category,
    area_id,
    count(*) as n,
    count(*) filter (
        where
            deadline_at < $now
            and not (status = 'suspended' and coalesce(step_started_at <= deadline_at, false))
    ) as overdue
from case_now
where community_id = $community_id and status not in ('closed', 'rejected', 'cancelled')
group by status, category, area_id
