-- The six categories with most unfinished cases.
-- $community_id varchar: the community.
-- $now timestamptz: the time of the question.
-- -> category, n (unfinished cases), overdue (of them); most first
select
    category,
    count(*) as n,
    count(*) filter (where deadline_at < $now) as overdue
from case_now
where community_id = $community_id and status not in ('closed', 'rejected', 'cancelled')
group by category
order by n desc, category asc
limit 6
