-- The reports that were merged into a case, also by way of others: their reporters follow it.
-- $case_id varchar: the case that is followed
-- -> case_id, category, reported_at, channel, source_id; first reported first
with recursive follower as (
    select f.case_id
    from case_now as f
    where f.merged_into = $case_id
    union
    select f.case_id
    from case_now as f
    join follower on f.merged_into = follower.case_id
    where f.merged_into is not null
)

select c.case_id, c.category, c.reported_at, c.channel, c.source_id
from case_now as c
join follower on c.case_id = follower.case_id
where c.merged_into is not null
order by c.reported_at, c.case_id;
