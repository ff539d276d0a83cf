-- Unfinished cases by status.
-- $community_id varchar: the community.
-- -> status, n (cases); most first
select
    status,
    count(*) as n
from case_now
where community_id = $community_id and status not in ('closed', 'rejected', 'cancelled')
group by status
order by n desc, status asc
