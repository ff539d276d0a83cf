-- How often what happened with which result on each day; never whose records and why.
-- $community_id varchar: the community alone, nothing of the whole installation
-- $starts timestamptz[], $ends timestamptz[]: local days, which may have 23 or 25 hours
-- -> day bigint: place of the day in the lists, from 1; action, result, n
with day as (
    select
        unnest($starts::timestamptz[]) as starts_at,
        unnest($ends::timestamptz[]) as ends_at,
        unnest(range(1, len($starts::timestamptz[]) + 1)) as place
)
select day.place as day, line.action, line.result, count(*) as n
from day
join audit_event as line on line.happened_at >= day.starts_at and line.happened_at < day.ends_at
where line.community_id = $community_id
group by day.place, line.action, line.result
order by line.action, line.result, day.place;
