-- Cases reported and closed on each of the last seven local days, today included.
-- $community_id varchar: the community.
-- $timezone varchar: IANA zone of its days.
-- $now timestamptz: the time of the question. $from_at timestamptz: local midnight six days ago.
-- -> date (ISO), new, closed (cases); oldest first
with day as (
    select (timezone($timezone, $now::timestamptz)::date - age_days::integer) as local_date
    from range(0, 7) as ages (age_days)
),

reported as (
    select
        timezone($timezone, reported_at)::date as local_date,
        count(*) as n
    from case_now
    where community_id = $community_id and reported_at >= $from_at
    group by all
),

closed as (
    select
        timezone($timezone, closed_at)::date as local_date,
        count(*) as n
    from case_now
    where community_id = $community_id and status = 'closed' and closed_at >= $from_at
    group by all
)

select
    strftime(day.local_date, '%Y-%m-%d') as date,
    coalesce(reported.n, 0) as new,
    coalesce(closed.n, 0) as closed
from day
left join reported on day.local_date = reported.local_date
left join closed on day.local_date = closed.local_date
order by day.local_date
